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
 * @param argumentTypes OIDs of its input argument types; a variadic one is last, as its array
 * @param returnType OID of its result type
 * @param returnsSet whether it returns a set
 * @param volatility what it may depend on and change
 * @param securityDefiner whether it runs with its owner's rights
 * @param language the name of its language
 * @param source its body, for functions that are not {@link #builtIn}, whatever their schema; the
 *     whole {@code pg_get_functiondef} text where the body is SQL-standard; null for the system's
 *     own, and where the snapshot is not {@link Catalog#complete() complete}
 * @param signature {@code schema.name(type, type)}, as a policy writes it: input types as {@code
 *     format_type} prints them with an empty search_path
 * @param outputs its OUT, INOUT and TABLE columns in order, numbered from 1; empty where it has
 *     none; an unnamed one has the empty name
 * @param settings its SET clauses as {@code name=value} ({@code proconfig})
 * @param extension the extension that owns it, or null
 * @param inputs how its inputs may be given
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
    String signature,
    List<Column> outputs,
    List<String> settings,
    @Nullable String extension,
    Inputs inputs) {

  public Function {
    Objects.requireNonNull(schema, "schema");
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(volatility, "volatility");
    Objects.requireNonNull(language, "language");
    Objects.requireNonNull(signature, "signature");
    Objects.requireNonNull(inputs, "inputs");
    argumentTypes = List.copyOf(argumentTypes);
    outputs = List.copyOf(outputs);
    settings = List.copyOf(settings);
  }

  /** A function without output columns or settings that belongs to no extension. */
  public Function(
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
    this(
        oid,
        schema,
        name,
        kind,
        argumentTypes,
        returnType,
        returnsSet,
        volatility,
        securityDefiner,
        language,
        source,
        signature,
        List.of(),
        List.of(),
        null,
        Inputs.PLAIN);
  }

  /** The same with another body. */
  Function withSource(String body) {
    return new Function(
        oid,
        schema,
        name,
        kind,
        argumentTypes,
        returnType,
        returnsSet,
        volatility,
        securityDefiner,
        language,
        body,
        signature,
        outputs,
        settings,
        extension,
        inputs);
  }

  /**
   * Whether it came with the server. A function that somebody put into {@code pg_catalog} did not.
   * OIDs from 16384 on are given after initdb (FirstNormalObjectId, transam.h).
   */
  public boolean builtIn() {
    return builtIn(oid);
  }

  /** Whether what has this OID came with the server. */
  public static boolean builtIn(int oid) {
    return oid > 0 && oid < 16384;
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
