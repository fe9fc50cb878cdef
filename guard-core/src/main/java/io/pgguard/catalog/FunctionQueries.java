package io.pgguard.catalog;

/**
 * The texts that read functions, types, casts and operators; those of functions and types have a
 * marker for the column that the owner's OID is in: see {@link OwnedQuery}.
 */
final class FunctionQueries {
  private FunctionQueries() {}

  /** Objects from this OID on were not made by initdb (FirstNormalObjectId, transam.h). */
  static final String FIRST_NORMAL_OID = "16384";

  static final String FUNCTIONS =
      """
      SELECT p.oid, n.nspname, p.proname, p.prokind, p.proargtypes::pg_catalog.text, p.prorettype,
             p.proretset, p.provolatile, p.prosecdef, l.lanname,
             CASE WHEN p.oid >= %s AND p.prosqlbody IS NULL THEN p.prosrc END,
             (SELECT pg_catalog.string_agg(
                       pg_catalog.format_type(a.type, NULL), ', ' ORDER BY a.position)
                FROM pg_catalog.unnest(p.proargtypes) WITH ORDINALITY AS a(type, position)),
             x.extname, p.prosqlbody IS NOT NULL, p.pronargdefaults, p.provariadic <> 0
        FROM pg_catalog.pg_proc p
        JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
        JOIN pg_catalog.pg_language l ON l.oid = p.prolang
        LEFT JOIN pg_catalog.pg_depend e
          ON e.classid = 'pg_catalog.pg_proc'::pg_catalog.regclass AND e.objid = p.oid
         AND e.deptype = 'e'
        LEFT JOIN pg_catalog.pg_extension x ON x.oid = e.refobjid
       WHERE n.nspname !~ '^pg_temp_' AND {p.oid}
      """
          .formatted(FIRST_NORMAL_OID);

  static final String OUTPUTS =
      """
      SELECT p.oid, a.name, a.type
        FROM pg_catalog.pg_proc p
       CROSS JOIN LATERAL ROWS FROM (
             pg_catalog.unnest(p.proallargtypes), pg_catalog.unnest(p.proargmodes),
             pg_catalog.unnest(p.proargnames)) WITH ORDINALITY AS a(type, mode, name, position)
       WHERE p.proallargtypes IS NOT NULL AND a.mode IN ('o', 'b', 't') AND {p.oid}
       ORDER BY p.oid, a.position
      """;

  /** The names of inputs, of those functions that have some. */
  static final String INPUT_NAMES =
      """
      SELECT p.oid, a.name
        FROM pg_catalog.pg_proc p
       CROSS JOIN LATERAL ROWS FROM (
             pg_catalog.unnest(p.proargnames), pg_catalog.unnest(p.proargmodes))
             WITH ORDINALITY AS a(name, mode, position)
       WHERE p.proargnames IS NOT NULL AND (a.mode IS NULL OR a.mode IN ('i', 'b', 'v'))
         AND {p.oid}
       ORDER BY p.oid, a.position
      """;

  static final String SETTINGS =
      """
      SELECT p.oid, s.setting
        FROM pg_catalog.pg_proc p
       CROSS JOIN LATERAL pg_catalog.unnest(p.proconfig) AS s(setting)
       WHERE {p.oid}
      """;

  /** Bodies that are stored as trees; NULL for one that printing would wait for. */
  static final String PRINTED_SOURCES =
      RelationQueries.LOCKED
          + """
          , blocked AS MATERIALIZED (
            SELECT DISTINCT d.objid AS oid
              FROM pg_catalog.pg_depend d
              JOIN locked l ON l.oid = d.refobjid
             WHERE d.classid = 'pg_catalog.pg_proc'::pg_catalog.regclass
               AND d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass)
          SELECT p.oid, CASE WHEN b.oid IS NULL THEN pg_catalog.pg_get_functiondef(p.oid) END
            FROM pg_catalog.pg_proc p
            LEFT JOIN blocked b ON b.oid = p.oid
           WHERE p.prosqlbody IS NOT NULL AND p.oid >= %s AND {p.oid}
          """
              .formatted(FIRST_NORMAL_OID);

  /** A true array is what its element type names as its array (PostgreSQL, typsubscript). */
  static final String TYPES =
      """
      SELECT t.oid, n.nspname, t.typname, t.typtype, t.typcategory,
             CASE WHEN e.typarray = t.oid THEN t.typelem END, t.typbasetype, t.typrelid
        FROM pg_catalog.pg_type t
        JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace
        LEFT JOIN pg_catalog.pg_type e ON e.oid = t.typelem
       WHERE n.nspname !~ '^pg_(toast_)?temp_' AND {t.oid}
      """;

  static final String DOMAIN_CALLS =
      """
      WITH own(owner, classid, objid, but) AS (
        SELECT k.contypid, 'pg_catalog.pg_constraint'::pg_catalog.regclass, k.oid, 0::pg_catalog.oid
          FROM pg_catalog.pg_constraint k WHERE k.contypid <> 0 AND {k.contypid})
      """
          + RelationQueries.CALLED;

  static final String CASTS =
      """
      SELECT c.castsource, c.casttarget, c.castfunc, c.castcontext
        FROM pg_catalog.pg_cast c
       WHERE c.oid >= %s
      """
          .formatted(FIRST_NORMAL_OID);

  static final String OPERATORS =
      """
      SELECT o.oid, n.nspname, o.oprname, o.oprleft, o.oprright, o.oprcode::pg_catalog.oid
        FROM pg_catalog.pg_operator o
        JOIN pg_catalog.pg_namespace n ON n.oid = o.oprnamespace
       WHERE o.oid >= %s
      """
          .formatted(FIRST_NORMAL_OID);
}
