package io.pgguard.reach;

import io.pgguard.catalog.Catalog;
import io.pgguard.catalog.Function;
import io.pgguard.catalog.SearchPath;
import io.pgguard.catalog.TypeInfo;
import io.pgguard.wording.ReachWording;
import java.util.List;

/**
 * Whether the functions that a statement calls by name may be called: any function that a name may
 * mean by the types of its arguments counts, and one that Guard does not know may not. What a
 * statement calls in other ways is judged by {@link ReachSafety}. Thread-safe.
 */
public final class CallSafety {
  private final Catalog catalog;
  private final FunctionSafety functions;

  public CallSafety(Catalog catalog, FunctionSafety functions) {
    this.catalog = catalog;
    this.functions = functions;
  }

  /** Judges a call of whose result nothing is known. */
  public Safety judge(CalledFunction call, SearchPath path) {
    return judge(call, path, false);
  }

  /**
   * Judges a call; operators and casts are left to the reach.
   *
   * @param followed whether it is known what becomes of the result: then sizes may be asked for
   */
  public Safety judge(CalledFunction call, SearchPath path, boolean followed) {
    return call.form() == CalledFunction.Form.FUNCTION
        ? function(call, path, followed)
        : Safety.SAFE;
  }

  private Safety function(CalledFunction call, SearchPath path, boolean followed) {
    List<Function> meant = call.meant(catalog.functionsNamed(call.name()), path);
    for (Function function : meant) {
      boolean setting =
          function.name().equals("set_config") && function.schema().equals("pg_catalog");
      Safety safety =
          followed && SizeFunctions.isOurs(function)
              ? Safety.SAFE
              : setting ? SettingCalls.judge(call.constants(), catalog) : functions.judge(function);
      if (!safety.isSafe()) {
        return safety;
      }
    }
    return !meant.isEmpty() || isSystemCast(call)
        ? Safety.SAFE
        : new Safety.Unsafe(ReachWording.NONE_ON_PATH.words(call.text()));
  }

  /** {@code f(x)} is a cast to the type f where there is no function f; the reach judges casts. */
  private boolean isSystemCast(CalledFunction call) {
    List<TypeInfo> types = catalog.typesNamed(call.name());
    return !types.isEmpty()
        && catalog.functionsNamed(call.name()).isEmpty()
        && types.stream().allMatch(type -> Function.builtIn(type.oid()))
        && (call.schema() == null || call.schema().equals("pg_catalog"));
  }
}
