package io.pgguard.statement;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The relation that a statement makes, as its tokens tell it. Immutable.
 *
 * @param name its name as written
 * @param temporary whether the text says so, by TEMP or by naming the temporary schema; a view over
 *     a temporary relation is temporary without a word
 * @param ifNotExists whether a relation that is there already stays as it is
 * @param dropsOnCommit whether the transaction's end removes it
 * @param columns the names of its columns where the text lists all of them, none computed from
 *     others; else null
 */
public record MadeRelation(
    Name name,
    boolean temporary,
    boolean ifNotExists,
    boolean dropsOnCommit,
    @Nullable List<String> columns) {
  public MadeRelation {
    Objects.requireNonNull(name, "name");
    columns = columns == null ? null : List.copyOf(columns);
  }

  /** Whether a schema is the session's temporary one (PostgreSQL documentation, search_path). */
  public static boolean isTemporary(@Nullable String schema) {
    return schema != null && schema.startsWith("pg_temp");
  }
}
