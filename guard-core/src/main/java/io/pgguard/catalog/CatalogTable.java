package io.pgguard.catalog;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The tables of the server's catalog that a snapshot is made from: which of their rows count, by
 * what key, and what has to be read anew where one is written or goes. Whoever reads one more table
 * adds it here, or its changes do not show.
 *
 * <p>Rows that came with the server are looked at only where said: those who may change them are
 * the operators whom Guard trusts. Of temporary relations nothing counts.
 */
enum CatalogTable {
  /** Names of schemas: what is in one that gets another name is printed otherwise. */
  SPACES(Owner.SPACE, "n.oid", "n.oid", "pg_catalog.pg_namespace n", "n.oid IN (TABLE spaces)"),
  RELATIONS(
      Owner.RELATION,
      "c.oid",
      "c.oid",
      "pg_catalog.pg_class c",
      "c.relpersistence <> 't' AND NOT (c.relkind = 'i' AND c.relnamespace = 99)",
      RelationFacet.ITSELF),
  /** A column that is dropped stays as a row, so none goes without its relation. */
  COLUMNS(
      Owner.RELATION,
      null,
      "a.attrelid",
      "pg_catalog.pg_attribute a",
      "a.attrelid >= 16384 AND a.attnum > 0",
      RelationFacet.COLUMNS),
  DEFAULTS(
      Owner.RELATION,
      "a.oid",
      "a.adrelid",
      "pg_catalog.pg_attrdef a",
      "a.adrelid NOT IN (TABLE away)",
      RelationFacet.CALLS,
      RelationFacet.EXPRESSIONS),
  RULES(
      Owner.RELATION,
      "r.oid",
      "r.ev_class",
      "pg_catalog.pg_rewrite r",
      "r.ev_class NOT IN (TABLE away)",
      RelationFacet.READS,
      RelationFacet.RULES,
      RelationFacet.CALLS,
      RelationFacet.DEFINITION),
  TRIGGERS(
      Owner.RELATION,
      "t.oid",
      "t.tgrelid",
      "pg_catalog.pg_trigger t",
      "NOT t.tgisinternal AND t.tgrelid NOT IN (TABLE away)",
      RelationFacet.TRIGGERS,
      RelationFacet.CALLS),
  PARENTS(
      Owner.RELATION,
      "i.inhrelid::pg_catalog.int8 << 32 | i.inhparent::pg_catalog.int8",
      "i.inhrelid",
      "pg_catalog.pg_inherits i",
      "i.inhrelid NOT IN (TABLE away)",
      RelationFacet.PARENTS),
  INDEXES(
      Owner.RELATION,
      "i.indexrelid",
      "i.indrelid",
      "pg_catalog.pg_index i",
      "i.indrelid >= 16384 AND i.indrelid NOT IN (TABLE away)"),
  INDEXED_EXPRESSIONS(
      Owner.RELATION,
      "i.indexrelid",
      "i.indrelid",
      "pg_catalog.pg_index i",
      "(i.indexprs IS NOT NULL OR i.indpred IS NOT NULL) AND i.indrelid >= 16384"
          + " AND i.indrelid NOT IN (TABLE away)",
      RelationFacet.CALLS),
  CONSTRAINTS(
      Owner.RELATION,
      "k.oid",
      "k.conrelid",
      "pg_catalog.pg_constraint k",
      "k.conrelid >= 16384 AND k.contype NOT IN ('n', 'p', 'u')"
          + " AND k.conrelid NOT IN (TABLE away)",
      RelationFacet.CALLS),
  REFERENCES(
      Owner.RELATION,
      "k.oid",
      "k.confrelid",
      "pg_catalog.pg_constraint k",
      "k.confrelid >= 16384 AND k.confrelid NOT IN (TABLE away)",
      RelationFacet.CASCADES),
  POLICIES(
      Owner.RELATION,
      "p.oid",
      "p.polrelid",
      "pg_catalog.pg_policy p",
      "p.polrelid NOT IN (TABLE away)",
      RelationFacet.CALLS),
  RELATIONS_OF_EXTENSIONS(
      Owner.RELATION,
      "d.objid",
      "d.objid",
      "pg_catalog.pg_depend d",
      "d.refclassid = 'pg_catalog.pg_extension'::pg_catalog.regclass AND d.deptype = 'e'"
          + " AND d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.objsubid = 0",
      RelationFacet.ITSELF),
  FUNCTIONS(
      Owner.FUNCTION,
      "p.oid",
      "p.oid",
      "pg_catalog.pg_proc p",
      "p.oid >= 16384 AND p.pronamespace IN (TABLE spaces)"),
  FUNCTIONS_OF_EXTENSIONS(
      Owner.FUNCTION,
      "d.objid",
      "d.objid",
      "pg_catalog.pg_depend d",
      "d.refclassid = 'pg_catalog.pg_extension'::pg_catalog.regclass AND d.deptype = 'e'"
          + " AND d.classid = 'pg_catalog.pg_proc'::pg_catalog.regclass"),
  TYPES(
      Owner.TYPE,
      "t.oid",
      "t.oid",
      "pg_catalog.pg_type t",
      "t.oid >= 16384 AND t.typnamespace IN (TABLE spaces)"),
  DOMAIN_CHECKS(
      Owner.TYPE, "k.oid", "k.contypid", "pg_catalog.pg_constraint k", "k.contypid >= 16384"),
  CASTS(Owner.CASTS, "c.oid", "c.oid", "pg_catalog.pg_cast c", "c.oid >= 16384"),
  OPERATORS(Owner.OPERATORS, "o.oid", "o.oid", "pg_catalog.pg_operator o", "o.oid >= 16384"),
  /** What operator classes are made of decides which functions types bring. */
  OPERATOR_CLASSES(Owner.OPERATORS, "c.oid", "c.oid", "pg_catalog.pg_opclass c", "c.oid >= 16384"),
  CLASS_FUNCTIONS(Owner.OPERATORS, "p.oid", "p.oid", "pg_catalog.pg_amproc p", "p.oid >= 16384"),
  CLASS_OPERATORS(Owner.OPERATORS, "a.oid", "a.oid", "pg_catalog.pg_amop a", "a.oid >= 16384"),
  EVENT_TRIGGERS(Owner.SERVER, "e.oid", "e.oid", "pg_catalog.pg_event_trigger e", "true");

  /** What a row belongs to, and so what is read anew. */
  enum Owner {
    /** One relation. */
    RELATION,
    /** One function. */
    FUNCTION,
    /** One type. */
    TYPE,
    /** A schema. */
    SPACE,
    /** All casts together. */
    CASTS,
    /** All operators together. */
    OPERATORS,
    /** What holds for the whole database. */
    SERVER
  }

  private final Owner owner;
  private final String key;
  private final String ownerOid;
  private final String from;
  private final String where;
  private final boolean counted;
  private final Set<RelationFacet> facets;

  CatalogTable(
      Owner owner,
      @Nullable String key,
      String ownerOid,
      String from,
      String where,
      RelationFacet... facets) {
    this.owner = owner;
    this.key = key == null ? ownerOid : key;
    this.counted = key != null;
    this.ownerOid = ownerOid;
    this.from = from;
    this.where = where;
    this.facets = Set.of(facets);
  }

  /** What its rows belong to. */
  Owner owner() {
    return owner;
  }

  /** What of a relation is read from it. */
  Set<RelationFacet> facets() {
    return facets;
  }

  /** Whether rows go without any other sign, so that they have to be counted. */
  boolean counted() {
    return counted;
  }

  /** The keys of all rows that count, each with the OID of its owner. */
  String rows() {
    return select("(" + key + ")::pg_catalog.int8, " + ownerOid);
  }

  /** The keys of all rows that count. */
  String keys() {
    return select("(" + key + ")::pg_catalog.int8");
  }

  /**
   * One row: the table's number, how many rows count, and key and owner of those that were written
   * by the oldest transaction of a snapshot or a later one.
   */
  String changes() {
    String list = "(" + key + ")::pg_catalog.text || ' ' || " + ownerOid + "::pg_catalog.text, ','";
    return counted
        ? select(
            ordinal()
                + ", pg_catalog.count(*), pg_catalog.string_agg("
                + list
                + ") FILTER (WHERE "
                + written()
                + ")")
        : select(ordinal() + ", 0, pg_catalog.string_agg(DISTINCT " + list + ")")
            + " AND "
            + written();
  }

  private String written() {
    return "pg_catalog.age(" + from.substring(from.indexOf(' ') + 1) + ".xmin) <= (TABLE oldest)";
  }

  /** The OID of a row's owner. */
  String ownerOid() {
    return ownerOid;
  }

  /**
   * One row: a number, how many of some rows count, and how many of them were written since.
   *
   * @param which narrows them, with AND in front; or nothing
   */
  String figures(int number, String which) {
    return select(
            number + ", pg_catalog.count(*), pg_catalog.count(*) FILTER (WHERE " + written() + ")")
        + which;
  }

  private String select(String what) {
    return "SELECT " + what + " FROM " + from + " WHERE " + where;
  }

  /** What the conditions of {@link #rows} and {@link #changes} refer to. */
  static final String SETS = "WITH " + sets("");

  /**
   * The same where only some relations matter.
   *
   * @param which narrows {@code c.oid}, with AND in front; or nothing
   */
  static String sets(String which) {
    return """
        away AS MATERIALIZED (
          SELECT c.oid FROM pg_catalog.pg_class c WHERE c.relpersistence = 't'WHICH),
        spaces AS MATERIALIZED (
          SELECT n.oid FROM pg_catalog.pg_namespace n WHERE n.nspname !~ '^pg_(toast_)?temp_')
        """
        .replace("WHICH", which);
  }
}
