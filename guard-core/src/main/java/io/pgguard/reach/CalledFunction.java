package io.pgguard.reach;

import io.pgguard.catalog.Function;
import io.pgguard.catalog.SearchPath;
import io.pgguard.internal.names.SmallSets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A function, operator or cast that a statement names. Immutable.
 *
 * @param form how it is named
 * @param schema the schema as written; null when the search path decides
 * @param name the function's name, the operator's symbol, or the type that is cast to
 * @param constants for settings functions: the text of each argument, null where it is not a
 *     constant; else empty
 * @param meant OIDs of the functions of which one is called, by the types of the arguments; empty
 *     where any of that name may be
 */
public record CalledFunction(
    Form form,
    @Nullable String schema,
    String name,
    List<Optional<String>> constants,
    Set<Integer> meant) {
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
    meant = SmallSets.copy(meant);
  }

  /** Written out, since many are looked up and what the compiler makes is slow at first. */
  @Override
  public int hashCode() {
    int written = 31 * (31 * name.hashCode() + form.ordinal()) + Objects.hashCode(schema);
    return 31 * (31 * written + constants.hashCode()) + meant.hashCode();
  }

  /** A function of which only the name is known. */
  public static CalledFunction function(@Nullable String schema, String name) {
    return new CalledFunction(Form.FUNCTION, schema, name, List.of(), Set.of());
  }

  /** An operator or a cast. */
  public static CalledFunction of(Form form, @Nullable String schema, String name) {
    return new CalledFunction(form, schema, name, List.of(), Set.of());
  }

  /** The same call made again, when its name may mean something else. */
  public CalledFunction anew() {
    return meant.isEmpty() ? this : new CalledFunction(form, schema, name, constants, Set.of());
  }

  /** Those of some functions that it may mean, of which each has its name. */
  public List<Function> meant(Collection<Function> named, SearchPath path) {
    List<Function> found = new ArrayList<>(2);
    for (Function function : named) {
      boolean means =
          !meant.isEmpty()
              ? meant.contains(function.oid())
              : schema == null
                  ? path.schemas().contains(function.schema())
                  : schema.equals(function.schema());
      if (means) {
        found.add(function);
      }
    }
    return found;
  }

  /** As it would be written, for people. */
  public String text() {
    return schema == null ? name : schema + "." + name;
  }
}
