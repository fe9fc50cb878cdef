package io.pgguard.corpus.random;

/** The types that the generator tells apart, so that most of what it writes runs. */
enum SqlType {
  INT("int"),
  NUMERIC("numeric"),
  TEXT("text"),
  BOOL("boolean"),
  DATE("date"),
  TIMESTAMPTZ("timestamptz"),
  JSONB("jsonb"),
  TEXT_ARRAY("text[]"),
  INT_ARRAY("int[]"),
  STATUS("order_status"),
  CONTACT("contact_info"),
  XML("xml"),
  OTHER("text");

  private final String sql;

  SqlType(String sql) {
    this.sql = sql;
  }

  /** The name to cast to. */
  String sql() {
    return sql;
  }

  /** Whether values can be grouped, compared and sorted. */
  boolean comparable() {
    return this != XML && this != OTHER;
  }

  /** The type that {@code format_type} (of a domain: of its base type) names. */
  static SqlType of(String name) {
    if (name.startsWith("numeric")) {
      return NUMERIC;
    }
    return switch (name.startsWith("character varying") ? "text" : name) {
      case "integer" -> INT;
      case "text" -> TEXT;
      case "boolean" -> BOOL;
      case "date" -> DATE;
      case "timestamp with time zone" -> TIMESTAMPTZ;
      case "jsonb" -> JSONB;
      case "text[]" -> TEXT_ARRAY;
      case "integer[]" -> INT_ARRAY;
      case "order_status" -> STATUS;
      case "contact_info" -> CONTACT;
      case "xml" -> XML;
      default -> OTHER;
    };
  }
}
