package io.pgguard.reach;

import io.pgguard.catalog.Catalog;
import io.pgguard.catalog.Function;
import io.pgguard.wording.ReachWording;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Whether code that a relation's owner attached to reading it may run: row policies, definitions of
 * views, columns computed when read. It may read what it likes: which rows a row policy shows is
 * the owner's to say, and columns of views are masked by what they are made of. It may not change
 * anything, tell others, or run text that it puts together. Thread-safe.
 */
final class ReadingSafety {
  private final Catalog catalog;
  private final Reaches reaches;
  private final FunctionSafety functions;
  private final Supplier<Set<String>> barred;
  private final Map<Integer, Safety> known = new ConcurrentHashMap<>();

  /**
   * @param barred names of relations that it may not mention
   */
  ReadingSafety(
      Catalog catalog, Reaches reaches, FunctionSafety functions, Supplier<Set<String>> barred) {
    this.catalog = catalog;
    this.reaches = reaches;
    this.functions = functions;
    this.barred = barred;
  }

  /** Judges a function and what it calls, at any depth. */
  Safety judge(int functionOid) {
    return judge(functionOid, new ArrayDeque<>());
  }

  /**
   * The same while other functions are judged.
   *
   * @param within the functions whose judgement waits for this one
   */
  Safety judge(int functionOid, Deque<Integer> within) {
    Safety before = known.get(functionOid);
    if (before != null) {
      return before;
    }
    Deque<Integer> open = new ArrayDeque<>(Set.of(functionOid));
    Set<Integer> seen = new HashSet<>();
    Safety safety = Safety.SAFE;
    while (!open.isEmpty() && safety.isSafe()) {
      int oid = open.remove();
      if (seen.add(oid) && !functions.judgeAttached(oid, within).isSafe()) {
        safety = look(oid, open, within);
      }
    }
    if (within.isEmpty() || !safety.isSafe()) {
      known.put(functionOid, safety);
    }
    return safety;
  }

  /** A function that is not safe to call: whether it is safe to be there. */
  private Safety look(int oid, Deque<Integer> next, Deque<Integer> within) {
    Function function = catalog.function(oid).orElse(null);
    Reach body = function == null ? null : reaches.ofBody(function).orElse(null);
    if (function == null || body == null || function.builtIn()) {
      return functions.judgeAttached(oid, within);
    }
    String source = function.source();
    BodyReading read = source == null ? null : BodyReading.of(source);
    String mentioned = read == null ? null : read.firstOf(barred.get());
    if (mentioned != null) {
      return new Safety.Unsafe(
          ReachWording.FUNCTION.words(
              function.signature(), ReachWording.MENTIONS.words(mentioned)));
    }
    ReachWording loud = loud(function, read);
    if (loud != null) {
      return new Safety.Unsafe(ReachWording.FUNCTION.words(function.signature(), loud.words()));
    }
    next.addAll(body.named().keySet());
    next.addAll(reaches.refers(function).attached().keySet());
    return Safety.SAFE;
  }

  private static @Nullable ReachWording loud(Function function, @Nullable BodyReading body) {
    if (body == null) {
      return ReachWording.UNREADABLE;
    }
    boolean mayChange = function.volatility() == Function.Volatility.VOLATILE;
    if (body.mentions(BodyWords.TEXT)) {
      return ReachWording.RUNS_TEXT;
    } else if (body.mentions(BodyWords.LOUD)) {
      return ReachWording.LOUD;
    }
    return mayChange && body.mentions(BodyWords.CHANGES) ? ReachWording.CHANGES_DATA : null;
  }
}
