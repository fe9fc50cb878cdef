package io.pgguard.catalog;

import java.util.List;
import java.util.Objects;

/**
 * A data type ({@code pg_type}). Immutable.
 *
 * @param oid its OID
 * @param schema the name of its schema
 * @param name its name
 * @param kind what it is
 * @param category the letter of its category ({@code typcategory}; PostgreSQL documentation, table
 *     "typcategory Codes"): {@code 'S'} for strings, {@code 'N'} for numbers, ...
 * @param elementType OID of the element type of a true array, else 0
 * @param baseType OID of the type that a domain stands on (it may be a domain too), else 0
 * @param relationOid OID of the relation whose row type a composite type is, else 0
 * @param calls OIDs of the functions outside the system that a domain's own checks call, also
 *     through operators: casting to it and writing to a column of it runs them
 */
public record TypeInfo(
    int oid,
    String schema,
    String name,
    Kind kind,
    char category,
    int elementType,
    int baseType,
    int relationOid,
    List<Integer> calls) {
  public TypeInfo {
    Objects.requireNonNull(schema, "schema");
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(kind, "kind");
    calls = List.copyOf(calls);
  }

  /** A type that calls nothing. */
  public TypeInfo(
      int oid,
      String schema,
      String name,
      Kind kind,
      char category,
      int elementType,
      int baseType,
      int relationOid) {
    this(oid, schema, name, kind, category, elementType, baseType, relationOid, List.of());
  }

  /** {@code pg_type.typtype}. */
  public enum Kind {
    BASE('b'),
    COMPOSITE('c'),
    DOMAIN('d'),
    ENUM('e'),
    PSEUDO('p'),
    RANGE('r'),
    MULTIRANGE('m');

    private final char code;

    Kind(char code) {
      this.code = code;
    }

    /**
     * The kind of a {@code pg_type.typtype} letter.
     *
     * @throws IllegalArgumentException for a letter that PostgreSQL 18 does not use
     */
    public static Kind of(char code) {
      for (Kind kind : values()) {
        if (kind.code == code) {
          return kind;
        }
      }
      throw new IllegalArgumentException("unknown typtype '" + code + "'");
    }
  }

  /** Whether it is an array of {@link #elementType}. */
  public boolean isArray() {
    return elementType != 0;
  }
}
