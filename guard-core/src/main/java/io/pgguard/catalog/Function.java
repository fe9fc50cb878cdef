package io.pgguard.catalog;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A function, procedure, aggregate or window function ({@code pg_proc}). Immutable.
 *
 * @param oid its OID
 * @param schema the name of its schema
 * @param name its name
 * @param kind what it is
 * @param argumentTypes OIDs of its input argument types, variadic last
 * @param returnType OID of its result type
 * @param returnsSet whether it returns a set
 * @param volatility what it may depend on and change
 * @param securityDefiner whether it runs with its owner's rights
 * @param language the name of its language
 * @param source its body, for functions outside {@code pg_catalog} and {@code information_schema};
 *     the whole {@code pg_get_functiondef} text where the body is SQL-standard; null for the
 *     system's own
 * @param signature {@code schema.name(type, type)}, as a policy writes it
 */
public record Function(
    int oid,
    String schema,
    String name,
    Kind kind,
    List<Integer> argumentTypes,
    int returnType,
    boolean returnsSet,
    Volatility volatility,
    boolean securityDefiner,
    String language,
    @Nullable String source,
    String signature) {

  public Function {
    Objects.requireNonNull(schema, "schema");
    Objects.requireNonNull(name, "name");
    argumentTypes = List.copyOf(argumentTypes);
  }

  /** {@code pg_proc.prokind}. */
  public enum Kind {
    FUNCTION,
    PROCEDURE,
    AGGREGATE,
    WINDOW
  }

  /** {@code pg_proc.provolatile}. */
  public enum Volatility {
    IMMUTABLE,
    STABLE,
    VOLATILE
  }
}
