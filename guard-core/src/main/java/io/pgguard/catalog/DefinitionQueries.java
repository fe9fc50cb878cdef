package io.pgguard.catalog;

/**
 * The text that reads what the code of relations says, not what it refers to: two definitions that
 * refer to the same can mean something else. Markers stand where an owner's OID narrows a query:
 * see {@link OwnedQuery}.
 */
final class DefinitionQueries {
  private DefinitionQueries() {}

  /** A hash for each relation that has a row policy, a trigger, a default, a check or a rule. */
  static final String OF_RELATIONS =
      """
      SELECT o.relation, pg_catalog.md5(pg_catalog.string_agg(o.code, ' ' ORDER BY o.code))
        FROM (
          SELECT p.polrelid, pg_catalog.concat_ws('/', 'y', p.polname, p.polcmd, p.polpermissive,
                   p.polroles::pg_catalog.text, p.polqual::pg_catalog.text, '/',
                   p.polwithcheck::pg_catalog.text)
            FROM pg_catalog.pg_policy p WHERE {p.polrelid}
          UNION ALL
          SELECT c.oid, pg_catalog.concat_ws('/', 's', c.relrowsecurity, c.relforcerowsecurity)
            FROM pg_catalog.pg_class c WHERE c.relrowsecurity AND {c.oid}
          UNION ALL
          SELECT t.tgrelid, pg_catalog.concat_ws('/', 't', t.tgfoid::pg_catalog.int8, t.tgtype,
                   t.tgenabled, t.tgdeferrable, t.tginitdeferred, t.tgattr::pg_catalog.text,
                   t.tgqual::pg_catalog.text, '/', pg_catalog.encode(t.tgargs, 'hex'))
            FROM pg_catalog.pg_trigger t WHERE NOT t.tgisinternal AND {t.tgrelid}
          UNION ALL
          SELECT d.adrelid, pg_catalog.concat_ws('/', 'd', d.adnum, d.adbin::pg_catalog.text)
            FROM pg_catalog.pg_attrdef d WHERE {d.adrelid}
          UNION ALL
          SELECT k.conrelid, pg_catalog.concat_ws('/', 'c', k.conbin::pg_catalog.text)
            FROM pg_catalog.pg_constraint k WHERE k.contype = 'c' AND {k.conrelid}
          UNION ALL
          SELECT r.ev_class, pg_catalog.concat_ws('/', 'r', r.ev_type, r.is_instead,
                   r.ev_qual::pg_catalog.text, '/', r.ev_action::pg_catalog.text)
            FROM pg_catalog.pg_rewrite r WHERE r.rulename <> '_RETURN' AND {r.ev_class}
          ) AS o(relation, code)
        JOIN pg_catalog.pg_class c ON c.oid = o.relation AND c.relpersistence <> 't'
       WHERE o.relation >= %s
       GROUP BY o.relation
      """
          .formatted(FunctionQueries.FIRST_NORMAL_OID);
}
