package io.pgguard.reach;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A function, operator or cast that a statement names. Immutable.
 *
 * @param form how it is named
 * @param schema the schema as written; null when the search path decides
 * @param name the function's name, the operator's symbol, or the type that is cast to
 * @param constants for settings functions: the text of each argument, null where it is not a
 *     constant; else empty
 */
public record CalledFunction(
    Form form, @Nullable String schema, String name, List<Optional<String>> constants) {
  /** How it is named. */
  public enum Form {
    FUNCTION,
    OPERATOR,
    CAST
  }

  public CalledFunction {
    Objects.requireNonNull(form, "form");
    Objects.requireNonNull(name, "name");
    constants = List.copyOf(constants);
  }

  /** A function of which only the name is known. */
  public static CalledFunction function(@Nullable String schema, String name) {
    return new CalledFunction(Form.FUNCTION, schema, name, List.of());
  }

  /** As it would be written, for people. */
  public String text() {
    return schema == null ? name : schema + "." + name;
  }
}
