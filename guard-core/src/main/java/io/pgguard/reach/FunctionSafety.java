package io.pgguard.reach;

import io.pgguard.catalog.Catalog;
import io.pgguard.catalog.Function;
import io.pgguard.wording.ReachWording;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/**
 * Whether functions may be called without the policy's word, judged by the server's own catalog and
 * by what they reach themselves. Thread-safe.
 *
 * <p>Safe are: what the policy allows by signature; immutable and stable functions of {@code
 * pg_catalog} and {@code information_schema} that somebody has judged, but for those that run text
 * or show what others hold; named volatile ones; immutable functions of extensions; and SQL
 * functions that are not volatile, run with the caller's rights, mention nothing protected and
 * reach only safe functions, as do aggregates.
 */
public final class FunctionSafety {
  private static final Set<String> SYSTEM = Set.of("pg_catalog", "information_schema");
  private static final int DEPTH = 40;

  /** What PostgreSQL itself puts behind the functions that make ranges (pg_proc.prosrc). */
  private static final Set<String> RANGES =
      Set.of(
          "range_constructor2",
          "range_constructor3",
          "multirange_constructor0",
          "multirange_constructor1",
          "multirange_constructor2");

  private final Catalog catalog;
  private final Reaches reaches;
  private final ProtectedRelations columns;
  private final Predicate<String> allowed;
  private final Predicate<String> extensions;
  private final ReadingSafety reading;
  private final ReadingSafety checking;
  private final Map<Integer, Safety> known = new ConcurrentHashMap<>();

  /**
   * @param columns what is protected
   * @param allowed whether the policy allows the function of a signature, as {@link
   *     Function#signature} writes it
   */
  public FunctionSafety(
      Catalog catalog, Reaches reaches, ProtectedRelations columns, Predicate<String> allowed) {
    this(catalog, reaches, columns, allowed, extension -> false);
  }

  /**
   * The same.
   *
   * @param extensions whether the policy lets an extension's functions be called that are judged
   *     harmless
   */
  public FunctionSafety(
      Catalog catalog,
      Reaches reaches,
      ProtectedRelations columns,
      Predicate<String> allowed,
      Predicate<String> extensions) {
    this.extensions = extensions;
    this.catalog = catalog;
    this.reaches = reaches;
    this.columns = columns;
    this.allowed = allowed;
    this.reading = new ReadingSafety(catalog, reaches, this, Set::of);
    this.checking = new ReadingSafety(catalog, reaches, this, columns::protectedNames);
  }

  /** Judges code that is attached to reading. */
  ReadingSafety reading() {
    return reading;
  }

  /**
   * Judges checks of domains that values which the agent chose may run into: whether they pass is
   * seen, so they mention nothing protected.
   */
  ReadingSafety checking() {
    return checking;
  }

  /** Judges functions by their OIDs; the first that is unsafe decides. */
  public Safety judgeAll(Collection<Integer> functionOids) {
    for (int oid : functionOids) {
      Safety safety = byOid(oid, new ArrayDeque<>());
      if (!safety.isSafe()) {
        return safety;
      }
    }
    return Safety.SAFE;
  }

  private Safety byOid(int functionOid, Deque<Integer> within) {
    Function function = catalog.function(functionOid).orElse(null);
    return function == null
        ? new Safety.Unsafe(ReachWording.NOT_KNOWN.words(functionOid))
        : judge(function, within);
  }

  /** Judges one function; {@code set_config} is unsafe here, since its arguments are not known. */
  public Safety judge(Function function) {
    return judge(function, new ArrayDeque<>());
  }

  /** Whether the policy allows a function by its signature. */
  boolean allows(Function function) {
    return allowed.test(function.signature());
  }

  static boolean isSystem(Function function) {
    return SYSTEM.contains(function.schema());
  }

  private Safety judge(Function function, Deque<Integer> within) {
    Safety before = known.get(function.oid());
    if (before != null) {
      return before;
    }
    if (within.contains(function.oid())) {
      return Safety.SAFE;
    }
    if (within.size() > DEPTH) {
      return new Safety.Unsafe(ReachWording.TOO_DEEP.words(function.signature()));
    }
    within.push(function.oid());
    Safety safety = decide(function, within);
    within.pop();
    if (within.isEmpty() || !safety.isSafe()) {
      known.put(function.oid(), safety);
    }
    return safety;
  }

  private Safety decide(Function function, Deque<Integer> within) {
    String name = function.name();
    if (allows(function)) {
      return Safety.SAFE;
    }
    boolean system = isSystem(function);
    ReachWording refused =
        system || function.extension() != null ? RefusedFunctions.reason(name) : null;
    if (refused != null) {
      return unsafe(function, refused);
    }
    if (system && function.extension() == null && !JudgedCatalog.has(function)) {
      return unsafe(function, ReachWording.NOT_JUDGED);
    }
    if (system && columns.sizesTell() && SizeFunctions.tells(name)) {
      return unsafe(function, ReachWording.TELLS_SIZES);
    }
    boolean isVolatile = function.volatility() == Function.Volatility.VOLATILE;
    if (system) {
      return !isVolatile || VolatileFunctions.HARMLESS.contains(name)
          ? Safety.SAFE
          : unsafe(function, ReachWording.VOLATILE_OF_SYSTEM);
    }
    if (function.securityDefiner()) {
      return unsafe(function, ReachWording.OWNERS_RIGHTS);
    }
    if (function.extension() != null) {
      return function.volatility() == Function.Volatility.IMMUTABLE
              || VolatileFunctions.OF_EXTENSIONS.contains(name)
              || ExtensionFunctions.estimates(function)
              || ExtensionFunctions.judgedHarmless(function)
                  && extensions.test(function.extension())
          ? Safety.SAFE
          : unsafe(function, ReachWording.OF_EXTENSION, function.extension());
    }
    if (isVolatile && function.kind() != Function.Kind.AGGREGATE) {
      return unsafe(function, ReachWording.VOLATILE);
    }
    Safety parts = inner(function, reaches.refers(function), Set.of(), within);
    if (!parts.isSafe() || function.kind() == Function.Kind.AGGREGATE || isRange(function)) {
      return parts;
    }
    if (!function.language().equals("sql") || function.kind() != Function.Kind.FUNCTION) {
      return unsafe(function, ReachWording.OTHER_LANGUAGE, function.language());
    }
    return body(function, within);
  }

  private static boolean isRange(Function function) {
    String source = function.source();
    return function.language().equals("internal") && source != null && RANGES.contains(source);
  }

  private Safety body(Function function, Deque<Integer> within) {
    String source = function.source();
    BodyReading body = source == null ? null : BodyReading.of(source);
    Reach reach = reaches.ofBody(function).orElse(null);
    if (body == null || reach == null) {
      return unsafe(function, ReachWording.BODY_UNREADABLE);
    }
    String mentioned = body.firstOf(columns.protectedNames());
    if (mentioned != null) {
      return unsafe(function, ReachWording.MENTIONS, mentioned);
    }
    return inner(function, reach, Set.of(), within);
  }

  /** Judges what a body reaches, but for the named functions of pg_catalog. */
  Safety ofBody(Function function, Set<String> but) {
    Reach reach = reaches.ofBody(function).orElse(null);
    return reach == null
        ? unsafe(function, ReachWording.BODY_UNREADABLE)
        : inner(function, reach, but, new ArrayDeque<>(List.of(function.oid())));
  }

  private Safety inner(Function function, Reach reach, Set<String> but, Deque<Integer> within) {
    Safety named = inner(function, reach.named(), but, within);
    Safety attached =
        named.isSafe() ? inner(function, reach.attached(), VolatileFunctions.USUAL, within) : named;
    for (Map.Entry<Integer, String> code : reach.reading().entrySet()) {
      if (attached.isSafe()
          && reading.judge(code.getKey(), within) instanceof Safety.Unsafe inner) {
        return unsafe(function, ReachWording.READING_RUNS, code.getValue(), inner.reason());
      }
    }
    for (Map.Entry<Integer, String> code : reach.checks().entrySet()) {
      if (attached.isSafe()
          && checking.judge(code.getKey(), within) instanceof Safety.Unsafe inner) {
        return unsafe(function, ReachWording.RUNS, code.getValue(), inner.reason());
      }
    }
    return attached;
  }

  private Safety inner(
      Function function, Map<Integer, String> reached, Set<String> but, Deque<Integer> within) {
    for (Map.Entry<Integer, String> entry : reached.entrySet()) {
      Function called = catalog.function(entry.getKey()).orElse(null);
      boolean excepted = called != null && isSystem(called) && but.contains(called.name());
      Safety safety = excepted ? Safety.SAFE : byOid(entry.getKey(), within);
      if (safety instanceof Safety.Unsafe inner) {
        return unsafe(function, ReachWording.RUNS, entry.getValue(), inner.reason());
      }
    }
    return Safety.SAFE;
  }

  /** Judges code that belongs to a relation or a type: what is usual there may run. */
  Safety judgeAttached(int functionOid) {
    return judgeAttached(functionOid, new ArrayDeque<>());
  }

  Safety judgeAttached(int functionOid, Deque<Integer> within) {
    Function function = catalog.function(functionOid).orElse(null);
    return function != null
            && isSystem(function)
            && VolatileFunctions.USUAL.contains(function.name())
        ? Safety.SAFE
        : byOid(functionOid, within);
  }

  private static Safety unsafe(Function function, ReachWording why, Object... values) {
    return new Safety.Unsafe(ReachWording.FUNCTION.words(function.signature(), why.words(values)));
  }
}
