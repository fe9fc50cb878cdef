package io.pgguard.catalog;

/**
 * The texts that read what ties rows to each other, and event triggers. Markers stand where an
 * owner's OID narrows a query: see {@link OwnedQuery}.
 */
final class ConstraintQueries {
  private ConstraintQueries() {}

  /** Foreign keys, once for the relation that they point to ({@code t}), once for their own. */
  static final String FOREIGN_KEYS =
      """
      SELECT k.confrelid, 't', k.confrelid, k.conrelid, k.confkey::pg_catalog.text,
             k.conkey::pg_catalog.text, k.confdeltype, k.confupdtype, k.oid
        FROM pg_catalog.pg_constraint k
        JOIN pg_catalog.pg_class c ON c.oid = k.conrelid AND c.relpersistence <> 't'
       WHERE %s
      UNION ALL
      SELECT k.conrelid, 'f', k.confrelid, k.conrelid, k.confkey::pg_catalog.text,
             k.conkey::pg_catalog.text, k.confdeltype, k.confupdtype, k.oid
        FROM pg_catalog.pg_constraint k
        JOIN pg_catalog.pg_class c ON c.oid = k.conrelid AND c.relpersistence <> 't'
       WHERE k.contype = 'f' AND {k.conrelid}
       ORDER BY 1, 2, 9
      """
          .formatted(RelationQueries.KEYS_TO);

  /** Columns of a relation that an object depends on, as pg_depend has them. */
  private static final String USED_COLUMNS =
      """
      SELECT d.refobjsubid AS number FROM pg_catalog.pg_depend d
       WHERE d.classid = 'pg_catalog.%s'::pg_catalog.regclass AND d.objid = %s
         AND d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass
         AND d.refobjid = r.oid AND d.refobjsubid > 0
      """;

  private static final String LIST =
      "(SELECT pg_catalog.string_agg(DISTINCT c.number::pg_catalog.text, ',') FROM (";

  /**
   * Unique, exclusion and partial indexes, checks, row policies and partition keys. Columns within
   * expressions and predicates are those that pg_depend knows; a partition key's expressions stand
   * there the other way round. Plain is what only {@code =} of default operator classes decides;
   * classes and collations are asked for one by one, since a join reads all of them for each index.
   */
  static final String COMPARING =
      """
      SELECT i.indrelid,
             CASE WHEN i.indisexclusion THEN 'x' WHEN i.indisunique THEN 'u' ELSE 'p' END,
      """
          + LIST
          + """
                SELECT k.number FROM pg_catalog.unnest(i.indkey::pg_catalog.int2[]) AS k(number)
                 WHERE k.number > 0
                UNION
      """
          + USED_COLUMNS.formatted("pg_class", "i.indexrelid")
          + """
                ) AS c(number)),
             i.indisunique AND i.indexprs IS NULL AND i.indpred IS NULL
               AND NOT EXISTS (
                 SELECT 1 FROM pg_catalog.unnest(i.indclass::pg_catalog.oid[]) AS u(oid)
                  WHERE (SELECT NOT c.opcdefault OR c.oid >= %1$s
                           FROM pg_catalog.pg_opclass c WHERE c.oid = u.oid))
               AND NOT EXISTS (
                 SELECT 1 FROM pg_catalog.unnest(i.indcollation::pg_catalog.oid[]) AS u(oid)
                  WHERE (SELECT NOT l.collisdeterministic
                           FROM pg_catalog.pg_collation l WHERE l.oid = u.oid))
        FROM pg_catalog.pg_index i
        JOIN pg_catalog.pg_class r ON r.oid = i.indrelid AND r.relpersistence <> 't'
       WHERE (i.indisunique OR i.indisexclusion OR i.indpred IS NOT NULL)
         AND i.indrelid >= %1$s AND {i.indrelid}
      UNION ALL
      SELECT k.conrelid, 'c', pg_catalog.array_to_string(k.conkey, ','), false
        FROM pg_catalog.pg_constraint k
        JOIN pg_catalog.pg_class r ON r.oid = k.conrelid AND r.relpersistence <> 't'
       WHERE k.contype = 'c' AND k.conrelid >= %1$s AND k.conkey IS NOT NULL
         AND {k.conrelid}
      UNION ALL
      SELECT p.polrelid, 'y',
      """
              .formatted(FunctionQueries.FIRST_NORMAL_OID)
          + LIST
          + USED_COLUMNS.formatted("pg_policy", "p.oid")
          + """
                ) AS c(number)), false
        FROM pg_catalog.pg_policy p
        JOIN pg_catalog.pg_class r ON r.oid = p.polrelid AND r.relpersistence <> 't'
       WHERE p.polcmd <> 'r' AND {p.polrelid}
      UNION ALL
      SELECT t.partrelid, 'k',
      """
          + LIST
          + """
                SELECT k.number FROM pg_catalog.unnest(t.partattrs::pg_catalog.int2[]) AS k(number)
                 WHERE k.number > 0
                UNION
                SELECT d.objsubid FROM pg_catalog.pg_depend d
                 WHERE d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass
                   AND d.objid = r.oid AND d.objsubid > 0
                   AND d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass
                   AND d.refobjid = r.oid AND d.refobjsubid = 0
                ) AS c(number)), false
        FROM pg_catalog.pg_partitioned_table t
        JOIN pg_catalog.pg_class r ON r.oid = t.partrelid AND r.relpersistence <> 't'
       WHERE {t.partrelid}
       ORDER BY 1, 2, 3, 4
      """;

  static final String EVENT_TRIGGERS =
      """
      SELECT e.evtfoid, e.evtevent, pg_catalog.array_to_string(e.evttags, ',')
        FROM pg_catalog.pg_event_trigger e
       WHERE e.evtenabled <> 'D'
      """;
}
