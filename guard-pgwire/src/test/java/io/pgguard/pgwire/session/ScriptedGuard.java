package io.pgguard.pgwire.session;

import io.pgguard.identity.Principal;
import io.pgguard.mask.ResultColumn;
import io.pgguard.session.Awaited;
import io.pgguard.session.GuardSession;
import io.pgguard.session.ParameterValue;
import io.pgguard.session.Refusal;
import io.pgguard.session.Ruling;
import io.pgguard.session.ServerMessage;
import io.pgguard.session.SessionClosedException;
import io.pgguard.session.StatementPlan;
import io.pgguard.session.StatementRun;
import io.pgguard.session.Trial;
import io.pgguard.session.Watch;
import io.pgguard.session.WouldWaitException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A guarded session that does as the test says and writes down what it was told. */
final class ScriptedGuard implements GuardSession {
  final List<String> events = new ArrayList<>();

  /** What is refused unless the server finds something wrong with it. */
  @Nullable Trial tried;

  Predicate<String> refuseText = text -> text.contains("forbidden");
  Predicate<String> refuseRun = text -> text.contains("denied");
  Predicate<ResultColumn> masked = column -> column.name().contains("ssn");
  Predicate<List<ResultColumn>> withheld =
      columns -> columns.stream().anyMatch(column -> column.name().contains("withheld"));
  Predicate<String> copyWithheld = text -> text.contains("withheld");
  boolean current = true;
  Predicate<String> watched = text -> false;
  Predicate<String> over = text -> false;
  List<String> before = List.of();
  List<String> after = List.of();

  /** What is asked before a watched statement is admitted. */
  List<String> first = List.of();

  /** What is asked around the planning of a watched statement; null for nothing. */
  @Nullable String planning;

  /** Whether what was asked so shows that something was changed. */
  Predicate<String> plannedAway = text -> false;

  /** What is asked before the next text is planned. */
  List<String> looks = List.of();

  /** What comes of a repeatable statement that was undone; a refusal where it is null. */
  @Nullable Awaited<Ruling> again;

  /** Of which statements the session is asked before they run. */
  Predicate<String> asks = text -> false;

  /** Which of them turn out to have been decided by what holds no more. */
  Predicate<String> changed = text -> false;

  /** Of which texts the session is asked before what they did may last, and whether it may. */
  Predicate<String> lasts = text -> false;

  boolean mayLast = true;
  boolean bounded = true;

  /** Whether a COMMIT is asked about. */
  boolean commits;

  private boolean asksAtEnd;

  /** When answers that grant something come. */
  UnaryOperator<Awaited<Ruling>> answers = answer -> answer;

  /** Decides what would have to wait, in a thread that must not; null where none is that. */
  @Nullable Random waits;

  private boolean mustNotWait;

  /** Of which texts rows were shaped. */
  final Set<String> shaped = new HashSet<>();

  /** Texts that were read and not refused. */
  final Set<String> passed = new HashSet<>();

  /** How often each text was granted and has not gone to the server since. */
  final Map<String, Integer> granted = new HashMap<>();

  /** All that was granted. */
  final List<ScriptedRun> runs = new ArrayList<>();

  boolean silent;
  int rowLimit = Integer.MAX_VALUE;

  record Plan(String text, int statements) implements StatementPlan {}

  @Override
  public String id() {
    return "test";
  }

  @Override
  public Principal principal() {
    throw new UnsupportedOperationException("not asked by the wire");
  }

  @Override
  public void takeBack(String why) {
    throw new AssertionError("nothing is asked here");
  }

  @Override
  public void intent(@Nullable String intent) {
    throw new UnsupportedOperationException("not asked by the wire");
  }

  @Override
  public boolean atOnce() {
    mustNotWait = waits != null && waits.nextInt(5) > 0;
    return mustNotWait;
  }

  @Override
  public void mayWait() {
    mustNotWait = false;
  }

  /** Something that may have to wait is about to be done. */
  void waitsHere() {
    if (mustNotWait && waits != null && waits.nextInt(4) == 0) {
      throw WouldWaitException.only();
    }
  }

  @Override
  public StatementPlan plan(String text) {
    waitsHere();
    int statements = 0;
    for (String piece : text.split(";")) {
      statements += piece.isBlank() ? 0 : 1;
    }
    return new Plan(text, statements);
  }

  @Override
  public List<String> asksBefore(String text) {
    return looks;
  }

  @Override
  public void toldBefore(List<List<Watch.Row>> answers) {
    looks = List.of();
  }

  @Override
  public void untoldBefore() {
    looks = List.of();
  }

  @Override
  public Optional<Refusal> refuse(StatementPlan plan) {
    if (tried != null && plan.text().equals(tried.text())) {
      return Optional.of(doubted());
    }
    if (refuseText.test(plan.text())) {
      return Optional.of(refusal("text"));
    }
    passed.add(plan.text());
    return Optional.empty();
  }

  private Refusal doubted() {
    return new Refusal("42501", "refused: doubt", null, "ask", null, tried, false, null);
  }

  static Refusal refusal(String what) {
    return new Refusal("42501", "refused: " + what, null, "ask", null);
  }

  @Override
  public Awaited<Ruling> request(StatementPlan plan, List<ParameterValue> values) {
    waitsHere();
    if (tried != null && plan.text().equals(tried.text())) {
      return Awaited.now(new Ruling.Refused(doubted()));
    }
    if (refuseRun.test(plan.text()) || refuseText.test(plan.text())) {
      return Awaited.now(new Ruling.Refused(refusal("run")));
    }
    asksAtEnd |= lasts.test(plan.text());
    events.add("request " + plan.text() + (values.isEmpty() ? "" : " with " + values.size()));
    return answers.apply(Awaited.now(grant(plan.text())));
  }

  /** What was granted is not to run after all. */
  void dropped(Ruling.Granted answer) {
    answer
        .runs()
        .forEach(run -> granted.computeIfPresent(((ScriptedRun) run).text(), (t, n) -> n - 1));
  }

  /** Lets a text run once. */
  Ruling.Granted grant(String text) {
    List<StatementRun> each = new ArrayList<>();
    granted.merge(text, 1, Integer::sum);
    for (String piece : text.split(";")) {
      if (!piece.isBlank()) {
        if (!piece.strip().equals(text)) {
          granted.merge(piece.strip(), 1, Integer::sum);
        }
        ScriptedRun run = new ScriptedRun(this, piece.strip(), text.indexOf(piece.strip()));
        each.add(run);
        runs.add(run);
      }
    }
    return new Ruling.Granted(List.copyOf(each));
  }

  @Override
  public boolean asksAtEnd() {
    return asksAtEnd;
  }

  @Override
  public boolean asksAtEnd(StatementPlan plan) {
    return asksAtEnd || commits && plan.text().equals("COMMIT");
  }

  @Override
  public Optional<Refusal> toldAtEnd(Watch.Row answer) {
    commits = false;
    events.add("told " + answer.values().size() + " at the end");
    asksAtEnd = !mayLast;
    return mayLast ? Optional.empty() : Optional.of(Refusal.CHANGED);
  }

  @Override
  public void synced() {
    asksAtEnd = false;
  }

  @Override
  public boolean isCurrent(StatementPlan plan) {
    return current;
  }

  @Override
  public Optional<ServerMessage> unasked(ServerMessage notice) {
    return silent ? Optional.empty() : Optional.of(hide(notice));
  }

  @Override
  public Optional<ServerMessage> ending(ServerMessage message) {
    return unasked(message);
  }

  ServerMessage hide(ServerMessage message) {
    if (silent) {
      return ServerMessage.error("XX000", "hidden", null, null);
    }
    if (!message.field('M').contains("secret")) {
      return message;
    }
    Map<Character, String> fields = new java.util.HashMap<>(message.fields());
    fields.put('M', "hidden");
    return new ServerMessage(fields);
  }

  @Override
  public String notification(String channel, String payload) {
    return silent || payload.contains("secret") ? "hidden" : payload;
  }

  @Override
  public String parameter(String name, String value) {
    if (name.equals("client_encoding") && !value.equals("UTF8")) {
      throw new SessionClosedException("client_encoding has moved");
    }
    return silent ? "" : value;
  }

  @Override
  public void ready(char transactionStatus) {
    events.add("ready " + transactionStatus);
  }

  @Override
  public void close() {
    events.add("closed");
  }
}
