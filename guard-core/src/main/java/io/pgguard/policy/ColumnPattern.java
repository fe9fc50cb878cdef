package io.pgguard.policy;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Names columns: {@code schema.relation.column}, each with {@code *} for anything and {@code {a,b}}
 * for alternatives. A name without quotes fits whatever its case, so that {@code *.*.email} also
 * protects a column {@code "Email"}; a name in double quotes fits exactly. Immutable and
 * thread-safe.
 */
public final class ColumnPattern {
  private final String text;
  private final List<List<Glob>> alternatives;
  private final @Nullable List<ColumnPattern> except;

  private ColumnPattern(
      String text, List<List<Glob>> alternatives, @Nullable List<ColumnPattern> except) {
    this.text = text;
    this.alternatives = alternatives;
    this.except = except;
  }

  /**
   * Reads a pattern.
   *
   * @throws IllegalArgumentException when it is none; the message says what to write
   */
  public static ColumnPattern of(String text) {
    return new ColumnPattern(text, PatternText.read(text, 3, "public.customers.ssn"), null);
  }

  /**
   * Every column that patterns do not name, but for PostgreSQL's own and those of temporary
   * relations.
   */
  static ColumnPattern others(List<ColumnPattern> patterns) {
    return new ColumnPattern(
        SensitiveClass.UNREVIEWED, PatternText.read("*.*.*", 3, "*.*.*"), List.copyOf(patterns));
  }

  private static boolean isSystem(String schema) {
    return schema.startsWith("pg_") || schema.equals("information_schema"); // pg_ is reserved
  }

  /** Whether it names this column. */
  public boolean matches(String schema, String relation, String column) {
    if (except != null) {
      return !isSystem(schema)
          && except.stream().noneMatch(pattern -> pattern.matches(schema, relation, column));
    }
    for (List<Glob> names : alternatives) {
      if (names.get(2).matches(column)
          && names.get(1).matches(relation)
          && names.get(0).matches(schema)) {
        return true;
      }
    }
    return false;
  }

  /** Whether it names this column, or where rows alone are named, some column of their relation. */
  public boolean matches(ColumnName name) {
    String column = name.column();
    return column == null
        ? matchesRelation(name.schema(), name.relation())
        : matches(name.schema(), name.relation(), column);
  }

  private boolean matchesRelation(String schema, String relation) {
    if (except != null) {
      return !isSystem(schema);
    }
    for (List<Glob> names : alternatives) {
      if (names.get(1).matches(relation) && names.get(0).matches(schema)) {
        return true;
      }
    }
    return false;
  }

  /** Whether it names a column of this name in some relation. */
  public boolean matchesSome(String column) {
    return alternatives.stream().anyMatch(names -> names.get(2).matches(column));
  }

  /** The pattern as it was written. */
  public String text() {
    return text;
  }

  @Override
  public String toString() {
    return text;
  }
}
