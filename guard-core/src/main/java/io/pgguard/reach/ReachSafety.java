package io.pgguard.reach;

import io.pgguard.catalog.Catalog;
import io.pgguard.catalog.EventTrigger;
import io.pgguard.catalog.Function;
import io.pgguard.wording.ReachWording;
import java.util.Map;
import java.util.Set;

/** Whether what a statement makes the server run may run without the policy's word. Thread-safe. */
public final class ReachSafety {
  private final Catalog catalog;
  private final FunctionSafety functions;
  private final Set<String> protectedNames;

  public ReachSafety(Catalog catalog, FunctionSafety functions, Set<String> protectedNames) {
    this.catalog = catalog;
    this.functions = functions;
    this.protectedNames = Set.copyOf(protectedNames);
  }

  /**
   * Judges all but triggers; the first that is unsafe decides. PostgreSQL's own functions that the
   * text itself calls are judged with their arguments, by {@link CallSafety}.
   */
  public Safety judge(Reach reach) {
    for (Map.Entry<Integer, String> code : reach.named().entrySet()) {
      Function function = catalog.function(code.getKey()).orElse(null);
      boolean own = function != null && function.builtIn() && calls(function, code.getValue());
      if (!own && functions.judgeAll(Set.of(code.getKey())) instanceof Safety.Unsafe unsafe) {
        return because(code.getValue(), unsafe);
      }
    }
    for (Map.Entry<Integer, String> code : reach.attached().entrySet()) {
      if (functions.judgeAttached(code.getKey()) instanceof Safety.Unsafe unsafe) {
        return because(code.getValue(), unsafe);
      }
    }
    for (Map.Entry<Integer, String> code : reach.reading().entrySet()) {
      if (!isFollowed(code.getKey())
          && functions.reading().judge(code.getKey()) instanceof Safety.Unsafe unsafe) {
        return because(code.getValue(), unsafe);
      }
    }
    for (Map.Entry<Integer, String> code : reach.checks().entrySet()) {
      if (functions.checking().judge(code.getKey()) instanceof Safety.Unsafe unsafe) {
        return because(code.getValue(), unsafe);
      }
    }
    return Safety.SAFE;
  }

  /** Sizes that a view's definition asks for are followed as those of the text are. */
  private boolean isFollowed(int functionOid) {
    return catalog.function(functionOid).filter(SizeFunctions::isOurs).isPresent();
  }

  private static boolean calls(Function function, String words) {
    return words.equals(function.name()) || words.endsWith("." + function.name());
  }

  private static Safety because(String words, Safety.Unsafe unsafe) {
    return new Safety.Unsafe(ReachWording.BECAUSE.words(words, unsafe.reason()));
  }

  /** Judges what DDL sets off: event triggers may do what they like but read what is protected. */
  public Safety judgeEventTriggers() {
    for (EventTrigger trigger : catalog.code().eventTriggers()) {
      Function function = catalog.function(trigger.function()).orElse(null);
      String source = function == null ? null : function.source();
      BodyReading body = source == null ? null : BodyReading.of(source);
      boolean vouched =
          function == null
              || function.builtIn()
              || function.extension() != null
              || functions.allows(function);
      String mentioned = body == null ? null : body.firstOf(protectedNames);
      if (!vouched && function != null && mentioned != null) {
        return new Safety.Unsafe(ReachWording.EVENT_TRIGGER.words(function.signature(), mentioned));
      }
    }
    return Safety.SAFE;
  }
}
