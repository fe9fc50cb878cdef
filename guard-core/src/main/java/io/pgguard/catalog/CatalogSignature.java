package io.pgguard.catalog;

/**
 * Tells by one query whether the catalog has changed.
 *
 * <p>It is the exclusive or of a 64-bit hash of each row that a snapshot is made from: of its key
 * and its xmin (the transaction that wrote the row version), or, for pg_class, whose rows TRUNCATE,
 * GRANT and VACUUM FULL also write anew, of the fields that matter. Statistics are updated in place
 * and do not show. Each catalog hashes with a seed of its own, so that equal keys in two catalogs
 * do not cancel out.
 *
 * <p>Limits: two states that differ are told apart except by a chance of 1 in 2^64, or where a row
 * was written again by a transaction with the same number, four billion later. Some work shows
 * though it changes little and costs a needless read: VACUUM FULL of a catalog, GRANT on a function
 * or a column, REFRESH MATERIALIZED VIEW (it makes a new TOAST table). Changes by transactions that
 * have not committed do not show. Temporary objects do not show, as in the snapshot.
 */
final class CatalogSignature {
  private CatalogSignature() {}

  private static final String SQL =
      """
      WITH spaces AS MATERIALIZED (
        SELECT n.oid, n.nspname FROM pg_catalog.pg_namespace n
         WHERE n.nspname !~ '^pg_(toast_)?temp_'),
      kept AS MATERIALIZED (
        SELECT c.oid, c.relname, c.relnamespace, c.relkind, c.relrowsecurity, c.reltoastrelid,
               c.reltype
          FROM pg_catalog.pg_class c WHERE c.relpersistence <> 't')
      SELECT pg_catalog.bit_xor(part.hash) FROM (
        SELECT pg_catalog.bit_xor(pg_catalog.hash_record_extended(ROW(s.oid, s.nspname), 1))
          FROM spaces s
        UNION ALL
        SELECT pg_catalog.bit_xor(pg_catalog.hash_record_extended(ROW(c.oid, c.relname,
                 c.relnamespace, c.relkind, c.relrowsecurity, c.reltoastrelid, c.reltype), 2))
          FROM kept c
        UNION ALL
        SELECT pg_catalog.bit_xor(
                 pg_catalog.hash_record_extended(ROW(a.attrelid, a.attnum, a.xmin), 3))
          FROM pg_catalog.pg_attribute a JOIN kept c ON c.oid = a.attrelid
         WHERE a.attnum > 0 AND c.relkind NOT IN ('i', 'I')
        UNION ALL
        SELECT pg_catalog.bit_xor(pg_catalog.hash_record_extended(ROW(p.oid, p.xmin), 4))
          FROM pg_catalog.pg_proc p JOIN spaces s ON s.oid = p.pronamespace
        UNION ALL
        SELECT pg_catalog.bit_xor(pg_catalog.hash_record_extended(ROW(t.oid, t.xmin), 5))
          FROM pg_catalog.pg_type t JOIN spaces s ON s.oid = t.typnamespace
        UNION ALL
        SELECT pg_catalog.bit_xor(pg_catalog.hash_record_extended(ROW(r.oid, r.xmin), 6))
          FROM pg_catalog.pg_rewrite r JOIN kept c ON c.oid = r.ev_class
        UNION ALL
        SELECT pg_catalog.bit_xor(pg_catalog.hash_record_extended(ROW(t.oid, t.xmin), 7))
          FROM pg_catalog.pg_trigger t JOIN kept c ON c.oid = t.tgrelid
         WHERE NOT t.tgisinternal
        UNION ALL
        SELECT pg_catalog.bit_xor(
                 pg_catalog.hash_record_extended(ROW(i.inhrelid, i.inhparent, i.xmin), 8))
          FROM pg_catalog.pg_inherits i JOIN kept c ON c.oid = i.inhrelid
        UNION ALL
        SELECT pg_catalog.bit_xor(pg_catalog.hash_record_extended(ROW(a.oid, a.xmin), 9))
          FROM pg_catalog.pg_attrdef a JOIN kept c ON c.oid = a.adrelid
        UNION ALL
        SELECT pg_catalog.bit_xor(pg_catalog.hash_record_extended(ROW(k.oid, k.xmin), 10))
          FROM pg_catalog.pg_constraint k LEFT JOIN kept c ON c.oid = k.conrelid
         WHERE k.contype IN ('c', 'f') AND (c.oid IS NOT NULL OR k.contypid <> 0)
        UNION ALL
        SELECT pg_catalog.bit_xor(pg_catalog.hash_record_extended(ROW(p.oid, p.xmin), 11))
          FROM pg_catalog.pg_policy p
        UNION ALL
        SELECT pg_catalog.bit_xor(pg_catalog.hash_record_extended(ROW(c.oid, c.xmin), 12))
          FROM pg_catalog.pg_cast c
        UNION ALL
        SELECT pg_catalog.bit_xor(pg_catalog.hash_record_extended(ROW(o.oid, o.xmin), 13))
          FROM pg_catalog.pg_operator o
        UNION ALL
        SELECT pg_catalog.bit_xor(
                 pg_catalog.hash_record_extended(ROW(e.oid, e.evtenabled), 14))
          FROM pg_catalog.pg_event_trigger e
        UNION ALL
        SELECT pg_catalog.bit_xor(pg_catalog.hash_record_extended(ROW(x.oid, x.extname), 15))
          FROM pg_catalog.pg_extension x
        UNION ALL
        SELECT pg_catalog.bit_xor(
                 pg_catalog.hash_record_extended(ROW(d.classid, d.objid, d.refobjid), 16))
          FROM pg_catalog.pg_depend d WHERE d.deptype = 'e'
        UNION ALL
        SELECT pg_catalog.hash_record_extended(
                 ROW(b.oid, b.datname, pg_catalog.current_setting('server_version_num')), 17)
          FROM pg_catalog.pg_database b WHERE b.datname = pg_catalog.current_database()
      ) AS part(hash)
      """;

  static long read(CatalogQueries queries) {
    long[] signature = new long[1];
    boolean[] read = new boolean[1];
    queries.forEachRow(
        SQL,
        row -> {
          signature[0] = Long.parseLong(row.required(0));
          read[0] = true;
        });
    if (!read[0]) {
      throw new CatalogUnavailableException("the server gave no signature of its catalog");
    }
    return signature[0];
  }
}
