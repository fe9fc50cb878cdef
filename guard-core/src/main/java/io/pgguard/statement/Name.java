package io.pgguard.statement;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A name as a statement mentions it: folded, with the schema if the text gives one. Immutable.
 *
 * @param schema the schema as written, null when the text leaves it to search_path
 * @param name the last part
 */
public record Name(@Nullable String schema, String name) {
  public Name {
    Objects.requireNonNull(name);
  }

  /** Written out, since many are looked up and what the compiler makes is slow at first. */
  @Override
  public int hashCode() {
    return 31 * name.hashCode() + (schema == null ? 0 : schema.hashCode());
  }

  /** A name without a schema. */
  public static Name of(String name) {
    return new Name(null, name);
  }

  @Override
  public String toString() {
    return schema == null ? name : schema + "." + name;
  }
}
