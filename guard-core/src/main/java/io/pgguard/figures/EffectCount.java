package io.pgguard.figures;

import io.pgguard.judge.ChangeScope;
import io.pgguard.judge.ChangeTarget;
import io.pgguard.judge.Counting;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Counts what one run of a statement does, in the session that runs it. It says what to ask, and is
 * told the answers; what it is not told counts as over. Used by one thread.
 */
public final class EffectCount {
  private static final String ALL_NOW = "SET CONSTRAINTS ALL IMMEDIATE";

  /**
   * Constraint triggers that may wait for the end of the transaction, as SET CONSTRAINTS has it.
   */
  private static final String DEFERRED =
      "SELECT pg_catalog.string_agg(pg_catalog.format('%I.%I', n.nspname, c.conname), ', '),"
          + " pg_catalog.string_agg(CASE WHEN c.condeferred THEN"
          + " pg_catalog.format('%I.%I', n.nspname, c.conname) END, ', ')"
          + " FROM pg_catalog.pg_constraint c"
          + " JOIN pg_catalog.pg_namespace n ON n.oid OPERATOR(pg_catalog.=) c.connamespace"
          + " WHERE c.contype = 't' AND c.condeferrable";

  private final Counting counting;
  private final boolean inTransaction;
  private final boolean byTag;
  private final List<Set<Integer>> counted = new ArrayList<>();

  /** For each question about rows that are left, how many of those it counts were touched. */
  private final List<Long> written = new ArrayList<>();

  private List<@Nullable Counters> before = List.of();
  private State state = State.RUNNING;
  private OptionalLong rows = OptionalLong.empty();
  private int settings;

  private enum State {
    RUNNING,
    DEFERRED,
    COUNTERS,
    SPARED
  }

  /**
   * @param inTransaction whether the transaction goes on after the statement: then what triggers
   *     wait for is put back
   */
  public EffectCount(Counting counting, boolean inTransaction) {
    this.counting = counting;
    this.inTransaction = inTransaction;
    this.byTag =
        counting.scope().form() == ChangeScope.Form.TAG
            && counting.targets().size() <= 1
            && counting.targets().stream().allMatch(ChangeTarget::byTag);
  }

  /** Whether all that it does is done when its first row comes. */
  public boolean atOnce() {
    return counting.scope().form() != ChangeScope.Form.COUNTERS_BY_ROW;
  }

  /** What to do next. */
  public sealed interface Next {
    /** Ask the server these, each of which brings one row at most. */
    record Ask(List<String> questions) implements Next {}

    /**
     * All is known.
     *
     * @param rows how many rows were changed; empty where nobody can tell
     * @param sparesNone whether no row of some target was left alone
     */
    record Counted(OptionalLong rows, boolean sparesNone) implements Next {}
  }

  /** What to ask before the statement is planned, and once more behind that. */
  public static String planning() {
    return Counters.question(null);
  }

  /** Whether nothing was changed between two answers to {@link #planning}. */
  public static boolean unchanged(List<@Nullable String> before, List<@Nullable String> after) {
    Counters then = Counters.of(before);
    Counters now = Counters.of(after);
    Counters since = then == null || now == null ? null : now.since(then);
    return since != null && since.rows() == 0;
  }

  /** What to ask before the statement runs. */
  public List<String> before() {
    if (byTag || state != State.RUNNING) {
      return List.of();
    }
    List<String> questions = new ArrayList<>();
    questions.add(Counters.question(counting.scope().relations()));
    if (counting.everyRow()) {
      for (ChangeTarget target : counting.targets()) {
        if (!target.relations().isEmpty()) {
          counted.add(target.relations());
          questions.add(Counters.question(target.relations()));
        }
      }
    }
    return questions;
  }

  /** The statement has run; its tag is null where its first row came before. */
  public Next done(@Nullable String tag, List<List<@Nullable String>> answers) {
    if (byTag && tag != null) {
      rows = number(tag);
      return rows.isEmpty() ? unknown() : spared(rows.getAsLong());
    }
    if (state == State.RUNNING) {
      before = counters(answers);
    }
    if (before.isEmpty()) {
      return unknown();
    }
    if (!counting.scope().mayDefer()) {
      return count(List.of(), List.of());
    }
    if (!inTransaction) {
      return count(List.of(ALL_NOW), List.of());
    }
    state = State.DEFERRED;
    return new Next.Ask(List.of(DEFERRED));
  }

  /** The answers to what was asked last. */
  public Next answered(List<List<@Nullable String>> answers) {
    return switch (state) {
      case DEFERRED -> {
        String waiting = value(answers.get(0), 0);
        String again = value(answers.get(0), 1);
        yield count(
            waiting == null ? List.of() : List.of("SET CONSTRAINTS " + waiting + " IMMEDIATE"),
            again == null ? List.of() : List.of("SET CONSTRAINTS " + again + " DEFERRED"));
      }
      case COUNTERS -> counted(answers);
      case SPARED -> new Next.Counted(rows, sparesNone(answers));
      case RUNNING -> throw new IllegalStateException("nothing was asked");
    };
  }

  /** Whether what was asked last sets off what had waited for the end of the transaction. */
  public boolean setsOffTriggers() {
    return settings > 0;
  }

  private Next count(List<String> first, List<String> last) {
    state = State.COUNTERS;
    settings = first.size();
    List<String> questions = new ArrayList<>(first);
    questions.add(Counters.question(counting.scope().relations()));
    counted.forEach(relations -> questions.add(Counters.question(relations)));
    questions.addAll(last);
    return new Next.Ask(questions);
  }

  private Next counted(List<List<@Nullable String>> answers) {
    List<@Nullable Counters> after =
        counters(answers.subList(settings, settings + 1 + counted.size()));
    settings = 0;
    List<Counters> done = new ArrayList<>();
    for (int i = 0; i < after.size() && i < before.size(); i++) {
      Counters now = after.get(i);
      Counters then = before.get(i);
      Counters since = now == null || then == null ? null : now.since(then);
      if (since == null) {
        return unknown();
      }
      done.add(since);
    }
    if (done.size() != 1 + counted.size()) {
      return unknown();
    }
    rows = OptionalLong.of(done.get(0).rows());
    return spared(done);
  }

  /** Asks whether rows are left that were not touched: more are there than were written. */
  private Next spared(List<Counters> done) {
    List<String> questions = new ArrayList<>();
    written.clear();
    int next = 1;
    for (ChangeTarget target : counting.everyRow() ? counting.targets() : List.<ChangeTarget>of()) {
      Counters own = target.relations().isEmpty() ? done.get(0) : done.get(next++);
      if (own.updated() + own.deleted() >= everyRowFrom()) {
        questions.add(left(target, own.inserted() + own.updated()));
      }
    }
    return ask(questions);
  }

  private Next spared(long changed) {
    List<String> questions = new ArrayList<>();
    written.clear();
    if (counting.everyRow() && changed >= everyRowFrom() && !counting.targets().isEmpty()) {
      ChangeTarget one = counting.targets().get(0);
      questions.add(left(one, one.removes() ? 0 : changed));
    }
    return ask(questions);
  }

  /** So many rows at least must be changed for a statement to be one that means them all. */
  private long everyRowFrom() {
    return counting.policy().limits().everyRowFrom();
  }

  private String left(ChangeTarget target, long touched) {
    written.add(touched);
    return "SELECT pg_catalog.count(*) FROM (SELECT 1 FROM "
        + target.sql()
        + " LIMIT "
        + (touched + 1)
        + ") AS guard_rows";
  }

  private Next ask(List<String> questions) {
    if (questions.isEmpty()) {
      return new Next.Counted(rows, false);
    }
    state = State.SPARED;
    return new Next.Ask(questions);
  }

  private boolean sparesNone(List<List<@Nullable String>> answers) {
    for (int i = 0; i < written.size(); i++) {
      String there = i < answers.size() ? value(answers.get(i), 0) : null;
      if (there == null || Long.parseLong(there) <= written.get(i)) {
        return true;
      }
    }
    return false;
  }

  /** Nobody can tell: the worst is taken for true. */
  private static Next unknown() {
    return new Next.Counted(OptionalLong.empty(), true);
  }

  private static List<@Nullable Counters> counters(List<List<@Nullable String>> answers) {
    List<@Nullable Counters> all = new ArrayList<>();
    for (List<@Nullable String> answer : answers) {
      all.add(Counters.of(answer));
    }
    return all;
  }

  private static @Nullable String value(List<@Nullable String> row, int index) {
    return index < row.size() ? row.get(index) : null;
  }

  /** The last number of a command tag. */
  private static OptionalLong number(String tag) {
    String last = tag.substring(tag.lastIndexOf(' ') + 1);
    boolean digits = !last.isEmpty() && last.length() < 19;
    for (int i = 0; i < last.length(); i++) {
      digits &= last.charAt(i) >= '0' && last.charAt(i) <= '9';
    }
    return digits ? OptionalLong.of(Long.parseLong(last)) : OptionalLong.empty();
  }
}
