package io.pgguard.catalog;

/**
 * The texts that read relations (PostgreSQL documentation, chapter "System Catalogs"). Each has a
 * marker for the column that the relation's OID is in: see {@link OwnedQuery}.
 */
final class RelationQueries {
  private RelationQueries() {}

  /** Relations of sessions, of which nothing is in a snapshot. */
  static final String AWAY =
      """
      away AS MATERIALIZED (
        SELECT c.oid FROM pg_catalog.pg_class c WHERE c.relpersistence = 't' AND {c.oid})
      """;

  /** Schemas but those of sessions. */
  static final String LASTING =
      """
      spaces AS MATERIALIZED (
        SELECT n.oid FROM pg_catalog.pg_namespace n WHERE n.nspname !~ '^pg_(toast_)?temp_')
      """;

  /** Every relation; indexes of TOAST tables, which nobody can name usefully, are left out. */
  static final String RELATIONS =
      """
      SELECT c.oid, n.nspname, c.relname, c.relkind, c.relrowsecurity, x.extname, c.reltoastrelid
        FROM pg_catalog.pg_class c
        JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
        LEFT JOIN pg_catalog.pg_depend e
          ON e.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND e.objid = c.oid
         AND e.objsubid = 0 AND e.deptype = 'e'
        LEFT JOIN pg_catalog.pg_extension x ON x.oid = e.refobjid
       WHERE c.relpersistence <> 't'
         AND NOT (c.relkind = 'i' AND n.nspname = 'pg_toast') AND {c.oid}
      """;

  static final String COLUMNS =
      """
      SELECT a.attrelid, a.attnum, a.attname, a.atttypid, a.attgenerated, a.atttypmod,
             a.attcollation = 0 OR k.collisdeterministic
        FROM pg_catalog.pg_attribute a
        JOIN pg_catalog.pg_class c ON c.oid = a.attrelid
        LEFT JOIN pg_catalog.pg_collation k ON k.oid = a.attcollation
       WHERE a.attnum > 0 AND NOT a.attisdropped
         AND c.relpersistence <> 't' AND c.relkind NOT IN ('i', 'I') AND {a.attrelid} AND {c.oid}
      """;

  static final String PARENTS =
      """
      SELECT i.inhrelid, i.inhparent
        FROM pg_catalog.pg_inherits i
       WHERE {i.inhrelid}
       ORDER BY i.inhrelid, i.inhseqno
      """;

  /**
   * What a view reads, from two sources that complete each other: its stored query tree, which also
   * names system catalogs (pg_depend records no dependency on those: they are pinned), and
   * pg_depend, which also knows of constants such as {@code 'customers'::regclass}. In a tree's
   * text a space within a value is escaped, so the pattern matches the field alone.
   */
  static final String READS =
      """
      SELECT r.ev_class, m.found[1]
        FROM pg_catalog.pg_rewrite r
        JOIN pg_catalog.pg_class c ON c.oid = r.ev_class
       CROSS JOIN LATERAL pg_catalog.regexp_matches(
             r.ev_action::pg_catalog.text, ':relid ([0-9]+)', 'g') AS m(found)
       WHERE c.relkind IN ('v', 'm') AND r.ev_type = '1' AND {r.ev_class}
      UNION
      SELECT r.ev_class, d.refobjid::pg_catalog.text
        FROM pg_catalog.pg_rewrite r
        JOIN pg_catalog.pg_class c ON c.oid = r.ev_class
        JOIN pg_catalog.pg_depend d
          ON d.classid = 'pg_catalog.pg_rewrite'::pg_catalog.regclass AND d.objid = r.oid
         AND d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass
       WHERE c.relkind IN ('v', 'm') AND r.ev_type = '1' AND {r.ev_class}
      """;

  static final String RULES =
      """
      SELECT DISTINCT r.ev_class
        FROM pg_catalog.pg_rewrite r
       WHERE NOT (r.ev_type = '1' AND r.rulename = '_RETURN') AND {r.ev_class}
      """;

  /**
   * Foreign keys {@code k} that lead to a relation. No index finds them by that, but {@code
   * pg_depend} has one, and each depends on what it leads to.
   */
  static final String KEYS_TO =
      """
      k.contype = 'f' AND {k.confrelid}
         AND k.oid IN (
               SELECT e.objid FROM pg_catalog.pg_depend e
                WHERE e.classid = 'pg_catalog.pg_constraint'::pg_catalog.regclass
                  AND e.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass AND {e.refobjid})
      """;

  /** Foreign keys that change or remove the referring rows: CASCADE, SET NULL, SET DEFAULT. */
  static final String CASCADES =
      """
      SELECT k.confrelid, k.conrelid
        FROM pg_catalog.pg_constraint k
       WHERE (k.confdeltype IN ('c', 'n', 'd') OR k.confupdtype IN ('c', 'n', 'd'))
         AND %s
       ORDER BY k.confrelid, k.conrelid
      """
          .formatted(KEYS_TO);

  static final String TRIGGERS =
      """
      SELECT t.tgrelid, t.tgfoid, t.tgtype,
             (SELECT pg_catalog.string_agg(DISTINCT m.found[1], ',')
                FROM pg_catalog.regexp_matches(
                       t.tgqual::pg_catalog.text, ':varattno (-?[0-9]+)', 'g') AS m(found))
        FROM pg_catalog.pg_trigger t
       WHERE NOT t.tgisinternal AND t.tgenabled <> 'D' AND {t.tgrelid}
       ORDER BY t.tgrelid, t.tgname
      """;

  /**
   * The functions that are not pinned which what {@code own} lists calls, directly or through an
   * operator: rows of its owner and the function.
   */
  static final String CALLED =
      """
      SELECT o.owner, d.refobjid FROM own o
        JOIN pg_catalog.pg_depend d ON d.classid = o.classid AND d.objid = o.objid
       WHERE d.refclassid = 'pg_catalog.pg_proc'::pg_catalog.regclass AND d.deptype <> 'e'
         AND d.refobjid <> o.but
      UNION
      SELECT o.owner, f.oprcode::pg_catalog.oid FROM own o
        JOIN pg_catalog.pg_depend d ON d.classid = o.classid AND d.objid = o.objid
        JOIN pg_catalog.pg_operator f ON f.oid = d.refobjid
       WHERE d.refclassid = 'pg_catalog.pg_operator'::pg_catalog.regclass
         AND f.oprcode <> 0 AND f.oprcode <> o.but
      """;

  /** Functions that pg_depend ties to a relation or to what belongs to it. */
  static final String CALLS =
      """
      WITH own(owner, classid, objid, but) AS (
        SELECT r.ev_class, 'pg_catalog.pg_rewrite'::pg_catalog.regclass, r.oid, 0::pg_catalog.oid
          FROM pg_catalog.pg_rewrite r WHERE {r.ev_class}
        UNION ALL
        SELECT a.adrelid, 'pg_catalog.pg_attrdef'::pg_catalog.regclass, a.oid, 0
          FROM pg_catalog.pg_attrdef a WHERE {a.adrelid}
        UNION ALL
        SELECT k.conrelid, 'pg_catalog.pg_constraint'::pg_catalog.regclass, k.oid, 0
          FROM pg_catalog.pg_constraint k WHERE k.conrelid <> 0 AND {k.conrelid}
        UNION ALL
        SELECT p.polrelid, 'pg_catalog.pg_policy'::pg_catalog.regclass, p.oid, 0
          FROM pg_catalog.pg_policy p WHERE {p.polrelid}
        UNION ALL
        SELECT t.tgrelid, 'pg_catalog.pg_trigger'::pg_catalog.regclass, t.oid, t.tgfoid
          FROM pg_catalog.pg_trigger t WHERE {t.tgrelid}
        UNION ALL
        SELECT i.indrelid, 'pg_catalog.pg_class'::pg_catalog.regclass, i.indexrelid, 0
          FROM pg_catalog.pg_index i WHERE {i.indrelid}
        UNION ALL
        SELECT c.oid, 'pg_catalog.pg_class'::pg_catalog.regclass, c.oid, 0
          FROM pg_catalog.pg_class c WHERE c.relkind NOT IN ('i', 'I') AND {c.oid})
      """
          + CALLED;

  /**
   * Relations that printing a definition would wait for: printing locks what it prints, and waits
   * behind whoever else holds or awaits an exclusive lock.
   */
  static final String LOCKED =
      """
      WITH locked AS MATERIALIZED (
        SELECT DISTINCT l.relation AS oid
          FROM pg_catalog.pg_locks l
          JOIN pg_catalog.pg_database b ON b.oid = l.database
         WHERE l.locktype = 'relation' AND l.mode = 'AccessExclusiveLock'
           AND l.pid <> pg_catalog.pg_backend_pid()
           AND b.datname = pg_catalog.current_database())
      """;

  /** Definitions of views; NULL for one that printing would wait for. */
  static final String DEFINITIONS =
      LOCKED
          + """
          , blocked AS MATERIALIZED (
            SELECT DISTINCT r.ev_class AS oid
              FROM pg_catalog.pg_rewrite r
              JOIN pg_catalog.pg_depend d
                ON d.classid = 'pg_catalog.pg_rewrite'::pg_catalog.regclass AND d.objid = r.oid
               AND d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass
              JOIN locked l ON l.oid = d.refobjid)
          SELECT c.oid, CASE WHEN b.oid IS NULL THEN pg_catalog.pg_get_viewdef(c.oid) END
            FROM pg_catalog.pg_class c
            LEFT JOIN blocked b ON b.oid = c.oid
           WHERE c.relkind IN ('v', 'm') AND c.relpersistence <> 't' AND {c.oid}
          """;

  /** Defaults that are not constants, and generation expressions; NULL as above. */
  static final String EXPRESSIONS =
      LOCKED
          + """
          SELECT a.adrelid, a.adnum,
                 CASE WHEN l.oid IS NULL THEN pg_catalog.pg_get_expr(a.adbin, a.adrelid) END
            FROM pg_catalog.pg_attrdef a
            JOIN pg_catalog.pg_class c ON c.oid = a.adrelid
            LEFT JOIN locked l ON l.oid = a.adrelid
           WHERE c.relpersistence <> 't' AND a.adbin::pg_catalog.text NOT LIKE '{CONST %'
             AND {a.adrelid}
          """;

  /** Names of schemas that last. */
  static final String SPACES =
      """
      SELECT n.oid, n.nspname FROM pg_catalog.pg_namespace n
       WHERE n.nspname !~ '^pg_(toast_)?temp_' AND {n.oid}
      """;

  /**
   * Whose printed texts may have the name of what is in {@code TABLE} and has these OIDs: true and
   * the OID of a relation (its definition, defaults and generated columns), or false and that of a
   * function with a stored body.
   */
  static final String PRINTERS =
      """
      SELECT true, r.ev_class FROM pg_catalog.pg_depend d
        JOIN pg_catalog.pg_rewrite r ON r.oid = d.objid
       WHERE d.classid = 'pg_catalog.pg_rewrite'::pg_catalog.regclass
         AND d.refclassid = 'TABLE'::pg_catalog.regclass AND {d.refobjid}
      UNION
      SELECT true, a.adrelid FROM pg_catalog.pg_depend d
        JOIN pg_catalog.pg_attrdef a ON a.oid = d.objid
       WHERE d.classid = 'pg_catalog.pg_attrdef'::pg_catalog.regclass
         AND d.refclassid = 'TABLE'::pg_catalog.regclass AND {d.refobjid}
      UNION
      SELECT false, d.objid FROM pg_catalog.pg_depend d
       WHERE d.classid = 'pg_catalog.pg_proc'::pg_catalog.regclass
         AND d.refclassid = 'TABLE'::pg_catalog.regclass AND {d.refobjid}
      """;
}
