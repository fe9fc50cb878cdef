package io.pgguard.catalog;

/**
 * The texts that read what code the objects of a database bring with them. {@code pg_depend} tells
 * of everything that initdb did not make (PostgreSQL documentation, {@code pg_depend}); stored
 * trees tell of PostgreSQL's own functions, which are pinned and so not in it. Markers stand where
 * an owner's OID narrows a query: see {@link OwnedQuery}.
 */
final class CodeQueries {
  private CodeQueries() {}

  /**
   * Every stored piece of code outside the system, the relation that it belongs to, and a number: a
   * column's, or the OID of a trigger's own function.
   */
  private static final String PIECES =
      """
      pieces AS MATERIALIZED (
        SELECT 'pg_catalog.pg_rewrite'::pg_catalog.regclass AS classid, r.oid AS objid,
               r.ev_class AS relation,
               CASE WHEN r.ev_type = '1' AND r.rulename = '_RETURN' THEN 'v' ELSE 'r' END AS part,
               0 AS number
          FROM pg_catalog.pg_rewrite r WHERE r.oid >= %1$s AND {r.ev_class}
        UNION ALL
        SELECT 'pg_catalog.pg_attrdef'::pg_catalog.regclass, d.oid, d.adrelid,
               CASE a.attgenerated WHEN '' THEN 'd' WHEN 's' THEN 's' ELSE 'w' END, d.adnum
          FROM pg_catalog.pg_attrdef d
          JOIN pg_catalog.pg_attribute a ON a.attrelid = d.adrelid AND a.attnum = d.adnum
         WHERE {d.adrelid}
        UNION ALL
        SELECT 'pg_catalog.pg_constraint'::pg_catalog.regclass, k.oid, k.conrelid,
               CASE k.contype WHEN 'c' THEN 'c' WHEN 'f' THEN 'f' ELSE 'x' END, 0
          FROM pg_catalog.pg_constraint k
         WHERE k.conrelid <> 0 AND {k.conrelid}
        UNION ALL
        SELECT 'pg_catalog.pg_constraint'::pg_catalog.regclass, k.oid, k.confrelid, 'f', 0
          FROM pg_catalog.pg_constraint k
         WHERE %2$s
        UNION ALL
        SELECT 'pg_catalog.pg_policy'::pg_catalog.regclass, p.oid, p.polrelid, 'y', 0
          FROM pg_catalog.pg_policy p WHERE {p.polrelid}
        UNION ALL
        SELECT 'pg_catalog.pg_trigger'::pg_catalog.regclass, t.oid, t.tgrelid, 't',
               t.tgfoid::pg_catalog.int8
          FROM pg_catalog.pg_trigger t WHERE NOT t.tgisinternal AND {t.tgrelid}
        UNION ALL
        SELECT 'pg_catalog.pg_class'::pg_catalog.regclass, i.indexrelid, i.indrelid, 'i', 0
          FROM pg_catalog.pg_index i WHERE i.indexrelid >= %1$s AND {i.indrelid}
        UNION ALL
        SELECT 'pg_catalog.pg_class'::pg_catalog.regclass, t.partrelid, t.partrelid, 'k', 0
          FROM pg_catalog.pg_partitioned_table t WHERE {t.partrelid})
      """
          .formatted(FunctionQueries.FIRST_NORMAL_OID, RelationQueries.KEYS_TO);

  /**
   * The functions behind operators: the planner may turn one round or negate it, and asks its
   * estimators; an operator class brings all that it is made of.
   */
  private static final String BEHIND =
      """
      behind AS MATERIALIZED (
        SELECT o.oid AS operator, f.function
          FROM pg_catalog.pg_operator o
          LEFT JOIN pg_catalog.pg_operator c ON c.oid = o.oprcom
          LEFT JOIN pg_catalog.pg_operator n ON n.oid = o.oprnegate
         CROSS JOIN LATERAL (VALUES (o.oprcode::pg_catalog.oid), (c.oprcode::pg_catalog.oid),
               (n.oprcode::pg_catalog.oid), (o.oprrest::pg_catalog.oid),
               (o.oprjoin::pg_catalog.oid)) AS f(function)
         WHERE o.oid >= %1$s AND f.function <> 0),
      supports AS MATERIALIZED (
        SELECT p.amprocfamily AS family, p.amproclefttype AS type, p.amproc::pg_catalog.oid AS function
          FROM pg_catalog.pg_amproc p WHERE p.oid >= %1$s
        UNION
        SELECT a.amopfamily, a.amoplefttype, o.oprcode::pg_catalog.oid
          FROM pg_catalog.pg_amop a
          JOIN pg_catalog.pg_operator o ON o.oid = a.amopopr
         WHERE a.oid >= %1$s)
      """
          .formatted(FunctionQueries.FIRST_NORMAL_OID);

  /** What pieces depend on. */
  private static final String DEPENDENT =
      """
      dependent AS MATERIALIZED (
        SELECT d.classid, d.objid, d.objsubid, d.refclassid, d.refobjid, d.deptype
          FROM pieces p
          JOIN pg_catalog.pg_depend d ON d.classid = p.classid AND d.objid = p.objid
         WHERE d.objsubid = 0)
      """;

  /** What anything refers to: a function, a type or a relation, by its letter. */
  private static final String REFERRED_BY =
      """
      referred AS (
        SELECT d.classid, d.objid, d.objsubid, 'f' AS kind, d.refobjid AS oid
          FROM DEPEND d
         WHERE d.refclassid = 'pg_catalog.pg_proc'::pg_catalog.regclass AND d.deptype <> 'e'
        UNION ALL
        SELECT d.classid, d.objid, d.objsubid, 'f', b.function
          FROM DEPEND d
          JOIN behind b ON b.operator = d.refobjid
         WHERE d.refclassid = 'pg_catalog.pg_operator'::pg_catalog.regclass
        UNION ALL
        SELECT d.classid, d.objid, d.objsubid, 'f', s.function
          FROM DEPEND d
          JOIN pg_catalog.pg_opclass c ON c.oid = d.refobjid
          JOIN supports s ON s.family = c.opcfamily
         WHERE d.refclassid = 'pg_catalog.pg_opclass'::pg_catalog.regclass
        UNION ALL
        SELECT d.classid, d.objid, d.objsubid, 't', d.refobjid
          FROM DEPEND d
         WHERE d.refclassid = 'pg_catalog.pg_type'::pg_catalog.regclass AND d.deptype = 'n'
        UNION ALL
        SELECT d.classid, d.objid, d.objsubid, 'r', d.refobjid
          FROM DEPEND d
         WHERE d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.deptype = 'n')
      """;

  private static final String REFERRED = referred("pg_catalog.pg_depend");

  /**
   * @param depend has the dependencies
   */
  private static String referred(String depend) {
    return REFERRED_BY.replace("DEPEND", depend);
  }

  /** What pieces of relations' code refer to. */
  static final String ATTACHED =
      "WITH "
          + RelationQueries.AWAY
          + ", "
          + PIECES
          + ", "
          + BEHIND
          + ", "
          + DEPENDENT
          + ", "
          + referred("dependent")
          + """
          SELECT DISTINCT p.relation, p.part, CASE WHEN p.part <> 't' THEN p.number END,
                 r.kind, r.oid
            FROM referred r
            JOIN pieces p ON p.classid = r.classid AND p.objid = r.objid
           WHERE r.objsubid = 0 AND p.relation NOT IN (TABLE away)
             AND NOT (p.part = 'f' AND r.kind <> 'f')
             AND NOT (p.part IN ('v', 'x', 'i') AND r.kind = 'r')
             AND NOT (r.kind = 'r' AND r.oid = p.relation)
             AND NOT (p.part = 't' AND r.kind = 'f' AND r.oid::pg_catalog.int8 = p.number)
          """;

  /** What functions refer to: defaults of arguments, parts of aggregates, bodies that are trees. */
  static final String FUNCTIONS =
      "WITH "
          + RelationQueries.LASTING
          + ", "
          + BEHIND
          + ", "
          + REFERRED
          + """
          SELECT DISTINCT r.objid, r.kind, r.oid
            FROM referred r
            JOIN pg_catalog.pg_proc o ON o.oid = r.objid
           WHERE r.classid = 'pg_catalog.pg_proc'::pg_catalog.regclass AND {r.objid}
             AND o.pronamespace IN (TABLE spaces)
          """;

  /** The stored trees of the same pieces. */
  private static final String TREES =
      """
      trees AS (
        SELECT p.relation, p.part, p.number,
               pg_catalog.concat(r.ev_qual::pg_catalog.text, r.ev_action::pg_catalog.text) AS tree
          FROM pieces p JOIN pg_catalog.pg_rewrite r ON r.oid = p.objid
         WHERE p.part IN ('v', 'r')
        UNION ALL
        SELECT p.relation, p.part, p.number, d.adbin::pg_catalog.text
          FROM pieces p JOIN pg_catalog.pg_attrdef d ON d.oid = p.objid
         WHERE p.part IN ('d', 's', 'w')
        UNION ALL
        SELECT p.relation, p.part, p.number, k.conbin::pg_catalog.text
          FROM pieces p JOIN pg_catalog.pg_constraint k ON k.oid = p.objid
         WHERE p.part = 'c'
        UNION ALL
        SELECT p.relation, p.part, p.number,
               pg_catalog.concat(y.polqual::pg_catalog.text, y.polwithcheck::pg_catalog.text)
          FROM pieces p JOIN pg_catalog.pg_policy y ON y.oid = p.objid
         WHERE p.part = 'y'
        UNION ALL
        SELECT p.relation, p.part, 0, t.tgqual::pg_catalog.text
          FROM pieces p JOIN pg_catalog.pg_trigger t ON t.oid = p.objid
         WHERE p.part = 't'
        UNION ALL
        SELECT p.relation, p.part, p.number,
               pg_catalog.concat(i.indexprs::pg_catalog.text, i.indpred::pg_catalog.text)
          FROM pieces p JOIN pg_catalog.pg_index i ON i.indexrelid = p.objid
         WHERE p.part = 'i' AND (i.indexprs IS NOT NULL OR i.indpred IS NOT NULL)
        UNION ALL
        SELECT p.relation, p.part, p.number, t.partexprs::pg_catalog.text
          FROM pieces p JOIN pg_catalog.pg_partitioned_table t ON t.partrelid = p.objid
         WHERE p.part = 'k')
      """;

  /** PostgreSQL's own functions that a tree calls and that are not immutable. */
  private static final String OF_TREE =
      """
           CROSS JOIN LATERAL pg_catalog.regexp_matches(
                 t.tree, ':(?:funcid|opfuncid|aggfnoid|winfnoid) ([0-9]+)', 'g') AS m(found)
            JOIN pg_catalog.pg_proc f ON f.oid = m.found[1]::pg_catalog.oid
           WHERE f.oid < %1$s AND f.provolatile <> 'i'
          """
          .formatted(FunctionQueries.FIRST_NORMAL_OID);

  /** As {@link #ATTACHED}, for PostgreSQL's own functions. */
  static final String SYSTEM_ATTACHED =
      "WITH "
          + RelationQueries.AWAY
          + ", "
          + PIECES
          + ", "
          + TREES
          + "SELECT DISTINCT t.relation, t.part, t.number, 'f', f.oid FROM trees t "
          + OF_TREE
          + " AND t.relation NOT IN (TABLE away)";

  /** The settings that pieces read. */
  static final String SETTINGS =
      "WITH " + RelationQueries.AWAY + ", " + PIECES + ", " + TREES + SettingNames.OF_TREES;

  /** As {@link #FUNCTIONS}, for PostgreSQL's own functions. */
  static final String SYSTEM_FUNCTIONS =
      "WITH "
          + RelationQueries.LASTING
          + """
      SELECT DISTINCT t.oid, 'f', f.oid FROM (
        SELECT p.oid, pg_catalog.concat(
                        p.proargdefaults::pg_catalog.text, p.prosqlbody::pg_catalog.text) AS tree
          FROM pg_catalog.pg_proc p
         WHERE p.oid >= %1$s AND (p.proargdefaults IS NOT NULL OR p.prosqlbody IS NOT NULL)
           AND {p.oid} AND p.pronamespace IN (TABLE spaces)) AS t
      """
              .formatted(FunctionQueries.FIRST_NORMAL_OID)
          + OF_TREE;

  static final String OPERATORS = "WITH " + BEHIND + " SELECT b.operator, b.function FROM behind b";

  /**
   * What types that are not PostgreSQL's own bring, by letter: forms, order, inner types. Of
   * PostgreSQL's own functions a domain's default and checks tell only where they read settings.
   */
  static final String TYPES =
      "WITH "
          + RelationQueries.LASTING
          + ", "
          + BEHIND
          + ", "
          + REFERRED
          + """
          SELECT all_of.* FROM (
          SELECT t.oid, 'f', f.function
            FROM pg_catalog.pg_type t
           CROSS JOIN LATERAL (VALUES (t.typinput::pg_catalog.oid), (t.typoutput::pg_catalog.oid),
                 (t.typreceive::pg_catalog.oid), (t.typsend::pg_catalog.oid),
                 (t.typmodin::pg_catalog.oid), (t.typmodout::pg_catalog.oid),
                 (t.typsubscript::pg_catalog.oid)) AS f(function)
           WHERE t.oid >= %1$s AND f.function >= %1$s AND {t.oid}
          UNION
          SELECT r.objid, 'f', r.oid FROM referred r
           WHERE r.classid = 'pg_catalog.pg_type'::pg_catalog.regclass AND r.kind = 'f'
             AND {r.objid}
          UNION
          SELECT t.oid, 'f', m.found[1]::pg_catalog.oid
            FROM pg_catalog.pg_type t
            LEFT JOIN pg_catalog.pg_constraint k ON k.contypid = t.oid
           CROSS JOIN LATERAL pg_catalog.regexp_matches(
                 pg_catalog.concat(t.typdefaultbin::pg_catalog.text, k.conbin::pg_catalog.text),
                 ':funcid (2077|3294) ', 'g') AS m(found)
           WHERE t.typtype = 'd' AND t.oid >= %1$s AND {t.oid}
          UNION
          SELECT s.type, 'o', s.function FROM supports s WHERE {s.type}
          UNION
          SELECT t.type, 't', t.inner_type
            FROM pg_catalog.pg_range g
           CROSS JOIN LATERAL (VALUES (g.rngtypid, g.rngsubtype), (g.rngmultitypid, g.rngtypid))
                 AS t(type, inner_type)
           WHERE t.type >= %1$s AND {t.type}) AS all_of(type, kind, oid)
            JOIN pg_catalog.pg_type o ON o.oid = all_of.type
           WHERE o.typnamespace IN (TABLE spaces)
          """
              .formatted(FunctionQueries.FIRST_NORMAL_OID);
}
