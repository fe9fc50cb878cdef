package io.pgguard.plan;

import io.pgguard.catalog.Catalog;
import io.pgguard.catalog.Function;
import io.pgguard.judge.Perspective;
import io.pgguard.judge.StatementAnalysis;
import io.pgguard.lineage.Lineage;
import io.pgguard.lineage.NarrowChange;
import io.pgguard.policy.Decision;
import io.pgguard.reach.CalledFunction;
import io.pgguard.statement.StatementFacts;
import java.lang.ref.WeakReference;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which plans hold for a later snapshot of the catalog as they are. A plan follows from what its
 * names stand for, from what it reaches from there, and from what is protected of that; so it holds
 * where a change is confined to relations that it cannot name and does not reach. In doubt, and for
 * all but queries and changes of rows that run PostgreSQL's own code alone, it does not. Not
 * thread-safe.
 */
final class KeptPlans {
  /** How many earlier snapshots are remembered: a plan holds on to its own. */
  private static final int MOST = 4;

  /** In longer texts no names are looked for. */
  private static final int LONGEST = 1 << 13;

  private final Deque<Earlier> earlier = new ArrayDeque<>();

  /**
   * @param catalog held on to by nothing but plans
   * @param change from it to the newest snapshot
   */
  private record Earlier(WeakReference<Catalog> catalog, NarrowChange change) {}

  /**
   * Another snapshot has come.
   *
   * @param before the newest one until now; null where there was none
   * @param change from that to the other; null where it could reach anything
   */
  void changed(@Nullable Catalog before, @Nullable NarrowChange change) {
    if (before == null || change == null) {
      earlier.clear();
      return;
    }
    List<Earlier> known = new ArrayList<>(earlier);
    earlier.clear();
    earlier.add(new Earlier(new WeakReference<>(before), change));
    for (Earlier one : known.subList(0, Math.min(known.size(), MOST - 1))) {
      earlier.add(new Earlier(one.catalog(), one.change().then(change)));
    }
  }

  /** What has changed since a snapshot; null where that is not known or could reach anything. */
  @Nullable NarrowChange since(Catalog catalog) {
    for (Earlier one : earlier) {
      if (one.catalog().get() == catalog) {
        return one.change();
      }
    }
    return null;
  }

  /**
   * The plan by a later snapshot; null where it has to be made anew.
   *
   * @param plan by an earlier snapshot, seen the same beside it
   * @param change from that to the later one
   */
  static @Nullable TextPlan of(TextPlan plan, Perspective now, NarrowChange change) {
    if (!isFollowed(plan, now) || mayName(plan.text(), change)) {
      return null;
    }
    List<StatementAnalysis> parts = new ArrayList<>(plan.parts().size());
    for (StatementAnalysis part : plan.parts()) {
      if (!isPlain(part)
          || !now.protections().sameBeside(change, part.protections())
          || reaches(part, now.catalog(), change)) {
        return null;
      }
      parts.add(part.over(now));
    }
    return new TextPlan(plan.text(), now, parts, null);
  }

  /** Whether names in it stand for what the catalog says, and for nothing of the session's. */
  static boolean isFollowed(TextPlan plan) {
    return isFollowed(plan, plan.perspective()) && !isEscaped(plan.text());
  }

  private static boolean isFollowed(TextPlan plan, Perspective now) {
    return plan.unreadable() == null
        && plan.text().length() <= LONGEST
        && now.catalog().complete()
        && plan.perspective().catalog().complete()
        && now.unseen().isNothing()
        && now.objects().temporaryRelations().isEmpty()
        && now.objects().cursors().isEmpty()
        && now.objects().parameters().stream().allMatch(KeptPlans::isSystemType);
  }

  private static boolean isEscaped(String text) {
    return text.indexOf('\\') >= 0 || text.toLowerCase(Locale.ROOT).contains("u&");
  }

  /** Names may be written with escapes: then nobody looks what they are. */
  private static boolean mayName(String text, NarrowChange change) {
    return isEscaped(text)
        || change.names().stream().anyMatch(name -> name.indexOf('\'') >= 0)
        || change.mayBeNamedIn(text);
  }

  /** Whether it is a query or a change of rows of which all is known, and that is let run. */
  static boolean isPlain(StatementAnalysis part) {
    StatementFacts facts = part.facts();
    boolean plain =
        switch (facts.kind()) {
          case SELECT, INSERT, UPDATE, DELETE -> true;
          default -> false;
        };
    return plain
        && facts.made().isEmpty()
        && facts.dropped().isEmpty()
        && facts.carried().isEmpty()
        && part.decision() instanceof Decision.Allow
        && !part.watched()
        && part.reach().systemOnly()
        && part.lineage() instanceof Lineage.Known known
        && known.made() == null
        && !known.temporary()
        && known.calls().stream().allMatch(KeptPlans::isSystem);
  }

  private static boolean isSystemType(int oid) {
    return oid == 0 || Function.builtIn(oid);
  }

  private static boolean isSystem(CalledFunction call) {
    return call.constants().isEmpty() && call.meant().stream().allMatch(Function::builtIn);
  }

  /** Whether it reads or changes what has changed, or what is made of it or bound to it. */
  private static boolean reaches(StatementAnalysis part, Catalog now, NarrowChange change) {
    if (!(part.lineage() instanceof Lineage.Known known)) {
      return true;
    }
    return reach(known.reads(), change.touched(), now)
        || reach(part.reach().reads(), change.touched(), now)
        || reach(known.writesRelations(), change.touched(), now)
        || reach(part.reach().changes().keySet(), change.touched(), now)
        || !Collections.disjoint(known.writesRelations(), change.linked())
        || !Collections.disjoint(part.reach().changes().keySet(), change.linked());
  }

  private static boolean reach(Set<Integer> relations, Set<Integer> touched, Catalog now) {
    for (int oid : relations) {
      if (Function.builtIn(oid) // catalog relations tell of all others
          || touched.contains(oid)
          || now.relation(oid).isEmpty()) {
        return true;
      }
    }
    return false;
  }
}
