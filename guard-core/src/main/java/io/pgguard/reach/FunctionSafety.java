package io.pgguard.reach;

import io.pgguard.catalog.Cast;
import io.pgguard.catalog.Catalog;
import io.pgguard.catalog.Function;
import io.pgguard.catalog.Operator;
import io.pgguard.catalog.SearchPath;
import io.pgguard.catalog.TypeInfo;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Whether functions may be called without the policy's word, judged by the server's own catalog.
 * Any function that a name may mean counts, whatever its arguments. Thread-safe.
 *
 * <p>Safe are: what the policy allows by signature; immutable and stable functions of {@code
 * pg_catalog} and {@code information_schema} but for those that run text or show what others hold;
 * named volatile ones; immutable functions of extensions; and SQL functions that are not volatile,
 * run with the caller's rights, mention nothing protected and call only safe functions.
 */
public final class FunctionSafety {
  private static final Set<String> SYSTEM = Set.of("pg_catalog", "information_schema");
  private static final int DEPTH = 40;

  private final Catalog catalog;
  private final Set<String> protectedNames;
  private final Predicate<String> allowed;
  private final Map<Integer, Safety> known = new ConcurrentHashMap<>();
  private volatile @Nullable Map<String, Safety> unsafeTypes;

  /**
   * @param protectedNames unqualified names of the protected relations
   * @param allowed whether the policy allows the function of a signature, as {@link
   *     Function#signature} writes it
   */
  public FunctionSafety(Catalog catalog, Set<String> protectedNames, Predicate<String> allowed) {
    this.catalog = catalog;
    this.protectedNames = Set.copyOf(protectedNames);
    this.allowed = allowed;
  }

  /** Judges a function, operator or cast that a statement names. */
  public Safety judge(CalledFunction call, SearchPath path) {
    return switch (call.form()) {
      case FUNCTION -> function(call, path);
      case OPERATOR -> operator(call, path);
      case CAST -> cast(call);
    };
  }

  private Safety function(CalledFunction call, SearchPath path) {
    boolean found = false;
    for (Function function : catalog.functionsNamed(call.name())) {
      boolean meant =
          call.schema() == null
              ? path.schemas().contains(function.schema())
              : function.schema().equals(call.schema());
      if (!meant) {
        continue;
      }
      found = true;
      boolean setting =
          function.name().equals("set_config") && function.schema().equals("pg_catalog");
      Safety safety = setting ? SettingCalls.judge(call.constants(), catalog) : judge(function);
      if (!safety.isSafe()) {
        return safety;
      }
    }
    return found
        ? Safety.SAFE
        : new Safety.Unsafe(
            "no function "
                + call.text()
                + " is known on the search path; name its schema, or wait until Guard has read"
                + " the catalog again");
  }

  private Safety operator(CalledFunction call, SearchPath path) {
    if ("pg_catalog".equals(call.schema())) {
      return Safety.SAFE;
    }
    boolean found = false;
    for (Operator operator : catalog.operators()) {
      boolean meant =
          operator.name().equals(call.name())
              && (call.schema() == null
                  ? path.schemas().contains(operator.schema())
                  : operator.schema().equals(call.schema()));
      if (meant) {
        found = true;
        Safety safety = byOid(operator.functionOid());
        if (!safety.isSafe()) {
          return safety;
        }
      }
    }
    return found || call.schema() == null
        ? Safety.SAFE
        : new Safety.Unsafe("no operator " + call.text() + " is known");
  }

  private Safety cast(CalledFunction call) {
    for (Cast cast : catalog.casts()) {
      if (cast.functionOid() != 0
          && (isNamed(cast.sourceType(), call.name()) || isNamed(cast.targetType(), call.name()))) {
        Safety safety = byOid(cast.functionOid());
        if (!safety.isSafe()) {
          return safety;
        }
      }
    }
    return unsafeTypes().getOrDefault(call.name(), Safety.SAFE);
  }

  /** Types by name that run unsafe functions when a value becomes one; usually none. */
  private Map<String, Safety> unsafeTypes() {
    Map<String, Safety> found = unsafeTypes;
    if (found == null) {
      found = new HashMap<>();
      for (TypeInfo type : catalog.types()) {
        boolean checks = !SYSTEM.contains(type.schema()) && checks(type);
        Safety safety = checks ? judgeType(type.oid()) : Safety.SAFE;
        if (!safety.isSafe()) {
          found.put(type.name(), safety);
        }
      }
      unsafeTypes = found;
    }
    return found;
  }

  private static boolean checks(TypeInfo type) {
    return type.kind() == TypeInfo.Kind.DOMAIN
        || type.kind() == TypeInfo.Kind.COMPOSITE
        || type.isArray();
  }

  /**
   * Judges what runs when a value is stored as a type: the checks of a domain, those of what an
   * array or a row is made of, and casts that no text needs to name (PostgreSQL documentation,
   * "Value Storage"). Casts to PostgreSQL's own types are left out.
   */
  Safety judgeType(int typeOid) {
    return judgeType(typeOid, 0);
  }

  private Safety judgeType(int typeOid, int depth) {
    TypeInfo type = typeOid == 0 ? null : catalog.type(typeOid).orElse(null);
    if (type == null || depth > DEPTH || SYSTEM.contains(type.schema())) {
      return Safety.SAFE;
    }
    List<Safety> all = new ArrayList<>();
    all.add(judgeAll(type.calls()));
    for (Cast cast : catalog.casts()) {
      if (cast.targetType() == typeOid && cast.unnamed() && cast.functionOid() != 0) {
        all.add(byOid(cast.functionOid()));
      }
    }
    all.add(judgeType(type.baseType(), depth + 1));
    all.add(judgeType(type.elementType(), depth + 1));
    if (type.relationOid() != 0) {
      catalog
          .relation(type.relationOid())
          .ifPresent(row -> row.columns().forEach(c -> all.add(judgeType(c.typeOid(), depth + 1))));
    }
    return all.stream().filter(safety -> !safety.isSafe()).findFirst().orElse(Safety.SAFE);
  }

  private boolean isNamed(int typeOid, String name) {
    TypeInfo type = catalog.type(typeOid).orElse(null);
    return type == null || type.name().equals(name);
  }

  private Safety byOid(int functionOid) {
    return catalog
        .function(functionOid)
        .map(this::judge)
        .orElse(new Safety.Unsafe("function " + functionOid + " is not known"));
  }

  /** Judges functions by their OIDs; the first that is unsafe decides. */
  public Safety judgeAll(Collection<Integer> functionOids) {
    for (int oid : functionOids) {
      Safety safety = byOid(oid);
      if (!safety.isSafe()) {
        return safety;
      }
    }
    return Safety.SAFE;
  }

  /** Judges one function; {@code set_config} is unsafe here, since its arguments are not known. */
  public Safety judge(Function function) {
    return judge(function, new ArrayDeque<>());
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
      return new Safety.Unsafe(function.signature() + " calls others too deeply");
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
    if (allowed.test(function.signature())) {
      return Safety.SAFE;
    }
    boolean system = SYSTEM.contains(function.schema());
    String refused = system || function.extension() != null ? RefusedFunctions.reason(name) : "";
    if (!refused.isEmpty()) {
      return unsafe(function, refused);
    }
    boolean isVolatile = function.volatility() == Function.Volatility.VOLATILE;
    if (system) {
      return !isVolatile || VolatileFunctions.HARMLESS.contains(name)
          ? Safety.SAFE
          : unsafe(function, "is volatile: it may change something or show the server's insides");
    }
    if (function.securityDefiner()) {
      return unsafe(function, "runs with its owner's rights (SECURITY DEFINER)");
    }
    if (function.extension() != null) {
      return function.volatility() == Function.Volatility.IMMUTABLE
              || VolatileFunctions.OF_EXTENSIONS.contains(name)
          ? Safety.SAFE
          : unsafe(function, "of extension " + function.extension() + " is not immutable");
    }
    if (isVolatile) {
      return unsafe(function, "is volatile");
    }
    if (!function.language().equals("sql") || function.kind() != Function.Kind.FUNCTION) {
      return unsafe(function, "is written in " + function.language() + ": Guard cannot see inside");
    }
    return body(function, within);
  }

  private Safety body(Function function, Deque<Integer> within) {
    String source = function.source();
    BodyReading body = source == null ? null : BodyReading.of(source);
    if (body == null) {
      return unsafe(function, "has a body that Guard cannot read");
    }
    String mentioned = body.firstOf(protectedNames);
    if (mentioned != null) {
      return unsafe(function, "mentions the protected relation " + mentioned);
    }
    return calls(function, body, Set.of(), within);
  }

  /** Judges what a body calls, but for the named functions of pg_catalog. */
  Safety calls(Function function, BodyReading body, Set<String> but) {
    return calls(function, body, but, new ArrayDeque<>(List.of(function.oid())));
  }

  private Safety calls(
      Function function, BodyReading body, Set<String> but, Deque<Integer> within) {
    Set<String> names = new HashSet<>(body.called());
    names.addAll(body.selected());
    for (String name : names) {
      for (Function called : catalog.functionsNamed(name)) {
        boolean excepted = but.contains(name) && called.schema().equals("pg_catalog");
        boolean seen = body.called().contains(name) || !SYSTEM.contains(called.schema());
        Safety safety = excepted || !seen ? Safety.SAFE : judge(called, within);
        if (safety instanceof Safety.Unsafe inner) {
          return unsafe(function, "calls " + name + ": " + inner.reason());
        }
      }
    }
    for (Operator operator : catalog.operators()) {
      if (body.operators().contains(operator.name()) && operator.functionOid() != 0) {
        Function computing = catalog.function(operator.functionOid()).orElse(null);
        Safety safety = computing == null ? Safety.SAFE : judge(computing, within);
        if (safety instanceof Safety.Unsafe inner) {
          return unsafe(function, "uses " + operator.name() + ": " + inner.reason());
        }
      }
    }
    return Safety.SAFE;
  }

  private static Safety unsafe(Function function, String why) {
    return new Safety.Unsafe("function " + function.signature() + " " + why);
  }
}
