package io.pgguard.session;

import io.pgguard.audit.AuditEvent;
import io.pgguard.audit.AuditUnavailableException;
import io.pgguard.audit.StatementEvent.LineageDisagreement;
import io.pgguard.catalog.Catalog;
import io.pgguard.catalog.CatalogUnavailableException;
import io.pgguard.figures.IdleLimit;
import io.pgguard.figures.TimeLimit;
import io.pgguard.identity.Principal;
import io.pgguard.judge.Findings;
import io.pgguard.judge.Perspective;
import io.pgguard.judge.Protections;
import io.pgguard.judge.StatementAnalysis;
import io.pgguard.judge.Understanding;
import io.pgguard.lineage.Lineage;
import io.pgguard.mask.ResultColumn;
import io.pgguard.memory.SessionEffects;
import io.pgguard.memory.SessionMemory;
import io.pgguard.plan.BoundPlan;
import io.pgguard.plan.Foresight;
import io.pgguard.plan.TextPlan;
import io.pgguard.plan.Unreadable;
import io.pgguard.policy.Policy;
import io.pgguard.policy.Verdict;
import io.pgguard.reach.Channels;
import io.pgguard.recording.SessionRecorder;
import io.pgguard.result.CopyShaping;
import io.pgguard.result.DetectorScans;
import io.pgguard.result.ResultShaping;
import io.pgguard.result.ServerWords;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The session that edges talk to. Used by one thread at a time. */
final class LiveSession implements GuardSession {
  private static final Logger LOG = LoggerFactory.getLogger(LiveSession.class);

  private final String id = UUID.randomUUID().toString();
  private final SessionServices services;
  private final SessionRequest request;
  private final Database database;
  private final SessionMemory memory;
  private final Vantage vantage;
  private final SessionRecorder recorder;
  private final StatementJournal journal;
  private final ServerWords words;
  private final SessionEffects effects;
  private final Holding holding;
  private final TimeLimit timeLimit;
  private final IdleLimit idleLimit;
  private final PinnedSettings pinned = new PinnedSettings();

  private @Nullable String intent;
  private @Nullable Refusal lastRefusal;
  private Holding.@Nullable Withheld withheld;
  private char transactionStatus = 'I';
  private String end = "the client left";
  private boolean closed;

  LiveSession(
      SessionServices services, Database database, SessionRequest request, String searchPath) {
    this.services = services;
    this.database = database;
    this.request = request;
    this.memory = new SessionMemory(request.role(), searchPath);
    this.vantage = new Vantage(database, services.policy(), request.principal(), memory);
    this.effects = new SessionEffects(memory, database::catalog, database::changed);
    this.holding = new Holding(services);
    Policy policy = services.policy().current();
    this.timeLimit = new TimeLimit(request.cancel(), time(policy));
    this.idleLimit = new IdleLimit(request.wake());
    request.parameters().forEach(this::parameter);
    log(
        new AuditEvent.SessionOpened(
            id,
            now(),
            request.principal(),
            request.access().database(),
            request.role(),
            request.edge(),
            services.version(),
            policy.hash()));
    this.recorder = services.recorder().open(id, request.principal(), request.access().database());
    this.journal = new StatementJournal(services, id, recorder);
    this.words = new ServerWords(services.policy(), this::channels, recorder);
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public Principal principal() {
    return request.principal();
  }

  /** The database's address, to which approvals are bound. */
  String database() {
    return request.access().address();
  }

  @Override
  public void intent(@Nullable String newIntent) {
    this.intent = newIntent;
  }

  @Override
  public Optional<Refusal> lastRefusal() {
    return Optional.ofNullable(lastRefusal);
  }

  Instant now() {
    return services.clock().instant();
  }

  void log(AuditEvent event) {
    services.audit().append(event);
  }

  @Override
  public StatementPlan plan(String text) {
    try {
      Perspective perspective = perspective();
      TextPlan plan = database.plan(text, perspective);
      if (namesUnknown(plan) && database.lookAgain(perspective.catalog())) {
        plan = database.plan(text, perspective());
      }
      return new PlannedText(plan);
    } catch (CatalogUnavailableException e) {
      LOG.warn("session {}: no catalog", id, e);
      return new UnplannedText(
          text,
          Answers.unable("58000", "Guard cannot read the database's catalog: " + e.getMessage()));
    }
  }

  @Override
  public List<StatementPlan> plan(List<String> texts) {
    List<StatementPlan> plans = new ArrayList<>(texts.size());
    Foresight foresight = null;
    for (String text : texts) {
      if (foresight == null) {
        StatementPlan first = plan(text);
        plans.add(first);
        if (first instanceof PlannedText planned) {
          foresight = new Foresight(database::catalog, planned.plan().perspective());
          planned.plan().parts().forEach(foresight::after);
        }
      } else {
        TextPlan plan = database.plan(text, foresight.now());
        plan.parts().forEach(foresight::after);
        plans.add(onlyDoubted(plan) ? plan(text) : new PlannedText(plan));
      }
    }
    return plans;
  }

  private Perspective perspective() {
    return vantage.now(intent != null && !intent.isBlank());
  }

  private static boolean namesUnknown(TextPlan plan) {
    for (StatementAnalysis part : plan.parts()) {
      if (part.lineage() instanceof Lineage.Unknown
          && !Understanding.unknownRelations(part.facts(), plan.perspective()).isEmpty()) {
        return true;
      }
    }
    return false;
  }

  @Override
  public boolean isCurrent(StatementPlan plan) {
    return plan instanceof PlannedText planned
        && !planned.plan().aged()
        && planned.plan().perspective().same(perspective());
  }

  @Override
  public Optional<Refusal> refuse(StatementPlan plan) {
    if (plan instanceof UnplannedText unplanned) {
      lastRefusal = unplanned.refusal();
      return Optional.of(unplanned.refusal());
    }
    TextPlan text = ((PlannedText) plan).plan();
    Optional<Refusal> held = withheld(text);
    if (held.isPresent()) {
      return held;
    }
    if (!text.denied()) {
      return Optional.empty();
    }
    return Optional.of(refuse(text, List.of()));
  }

  @Override
  public Optional<StatementPlan> hold(List<StatementPlan> plans, boolean parameters) {
    List<TextPlan> held = new ArrayList<>();
    for (StatementPlan plan : plans) {
      if (plan.denied() && plan instanceof PlannedText planned) {
        TextPlan text = planned.plan();
        withheld = new Holding.Withheld(text, Answers.denied(text.parts()));
        return Optional.of(planned);
      }
      if (plan.awaitsApproval() && plan instanceof PlannedText planned) {
        held.add(planned.plan());
      }
    }
    if (held.isEmpty() || (held.size() == 1 && plans.get(0).awaitsApproval())) {
      return Optional.empty(); // nothing runs before it
    }
    idleLimit.busy();
    withheld =
        parameters
            ? new Holding.Withheld(held.get(0), Answers.valuesUnknown())
            : holding.holdAll(this, held, intent).orElse(null);
    return Optional.ofNullable(withheld).map(one -> new PlannedText(one.plan()));
  }

  /** Whether it is denied only for doubt that will be over when those before it have run. */
  private static boolean onlyDoubted(TextPlan text) {
    return text.denied()
        && text.unreadable() == null
        && !text.perspective().unseen().isNothing()
        && text.parts().stream()
            .flatMap(part -> part.decision().verdicts().stream())
            .filter(verdict -> verdict.outcome() == Verdict.Outcome.DENY)
            .allMatch(verdict -> Findings.OF_DOUBT.contains(verdict.rule()));
  }

  /** The refusal of a text that {@link #hold} withheld, once and logged. */
  private Optional<Refusal> withheld(TextPlan text) {
    Holding.Withheld held = withheld;
    if (held == null || !held.plan().text().equals(text.text())) {
      return Optional.empty();
    }
    withheld = null;
    if (held.plan().denied()) {
      return Optional.of(refuse(held.plan(), List.of()));
    }
    Refusal refusal;
    try {
      journal.refused(held.plan(), List.of(), intent, held.why());
      refusal = held.why();
    } catch (AuditUnavailableException e) {
      refusal = unlogged(e);
    }
    lastRefusal = refusal;
    return Optional.of(refusal);
  }

  private Refusal refuse(TextPlan text, List<ParameterValue> values) {
    Refusal refusal;
    try {
      refusal = denied(text, values);
    } catch (AuditUnavailableException e) {
      refusal = unlogged(e);
    }
    lastRefusal = refusal;
    return refusal;
  }

  private Refusal denied(TextPlan text, List<ParameterValue> values) {
    Unreadable unreadable = text.unreadable();
    Refusal refusal =
        unreadable == null ? Answers.denied(text.parts()) : Answers.unreadable(unreadable);
    journal.refused(text, values, intent, refusal);
    return refusal;
  }

  @Override
  public Ruling request(StatementPlan plan, List<ParameterValue> values) {
    lastRefusal = null;
    idleLimit.busy();
    StatementPlan current = isCurrent(plan) ? plan : plan(plan.text());
    if (current instanceof UnplannedText unplanned) {
      return refused(unplanned.refusal());
    }
    TextPlan unbound = ((PlannedText) current).plan();
    TextPlan text =
        BoundPlan.of(
            unbound,
            values.size(),
            ParameterText.literals(values, unbound.perspective().catalog()),
            database::plan);
    Optional<Refusal> before = withheld(text);
    if (before.isPresent()) {
      return refused(before.get());
    }
    try {
      if (text.denied()) {
        return refused(refuse(text, values));
      }
      if (!text.observed() && !text.approvals().isEmpty()) {
        Optional<Refusal> held = held(text, values);
        if (held.isPresent()) {
          return refused(held.get());
        }
      }
      return granted(text, values);
    } catch (AuditUnavailableException e) {
      return refused(unlogged(e));
    }
  }

  private Ruling refused(Refusal refusal) {
    lastRefusal = refusal;
    return new Ruling.Refused(refusal);
  }

  private Refusal unlogged(AuditUnavailableException e) {
    LOG.error("session {}: the audit log takes no entries", id, e);
    return Answers.unable("58030", "Guard cannot log this statement: " + e.getMessage());
  }

  private Optional<Refusal> held(TextPlan text, List<ParameterValue> values) {
    Optional<Refusal> refusal = holding.hold(this, text, values, intent, journal.count() + 1);
    refusal.ifPresent(why -> journal.refused(text, values, intent, why));
    return refusal;
  }

  private Ruling granted(TextPlan text, List<ParameterValue> values) {
    List<StatementRun> runs = new ArrayList<>(text.parts().size());
    for (StatementAnalysis part : text.parts()) {
      StatementJournal.Entry entry = journal.decided(text, part, values, intent);
      runs.add(new LiveRun(this, entry.number(), part, entry.recorder(), text.maxRows(part)));
    }
    if (!runs.isEmpty()) {
      timeLimit.started(time(text.perspective().policy()));
    }
    return new Ruling.Granted(runs);
  }

  private static @Nullable Duration time(Policy policy) {
    return policy.mode() == Policy.Mode.OBSERVE ? null : policy.limits().statementTime();
  }

  /**
   * What becomes of a result: judged by the catalog as it is now where the result names something
   * unknown.
   */
  ResultShaping shaping(StatementAnalysis analysis, long number, List<ResultColumn> columns) {
    Policy policy = services.policy().current();
    Catalog catalog = database.catalog();
    Protections protections = analysis.protections();
    if (namesUnknown(columns, catalog) && database.lookAgain(catalog)) {
      catalog = database.catalog();
      protections = database.protections(catalog, policy, request.principal());
    }
    return new ResultShaping(
        analysis,
        catalog,
        protections,
        services.maskKey(),
        DetectorScans.of(policy.detectors()),
        policy.mode() == Policy.Mode.OBSERVE,
        (column, detail) -> log(new LineageDisagreement(id, number, now(), column, detail)));
  }

  private static boolean namesUnknown(List<ResultColumn> columns, Catalog catalog) {
    for (int i = 0; i < columns.size(); i++) {
      ResultColumn column = columns.get(i);
      if (column.hasOrigin() && catalog.relation(column.relationOid()).isEmpty()) {
        return true;
      }
    }
    return false;
  }

  private Channels channels() {
    Catalog catalog = database.catalog();
    return database
        .protections(catalog, services.policy().current(), request.principal())
        .channels();
  }

  CopyShaping copyShaping(StatementAnalysis analysis, long number) {
    return new CopyShaping(analysis, shaping(analysis, number, List.of()));
  }

  /** Whether the server's words about a statement are withheld from the client. */
  boolean hides(StatementAnalysis analysis) {
    return words.hides(analysis, transactionStatus);
  }

  /** A statement has begun to answer; what comes later in its transaction may quote it. */
  void touched(StatementAnalysis analysis) {
    words.touched(analysis);
  }

  void completed(StatementAnalysis analysis, String commandTag) {
    touched(analysis);
    effects.completed(analysis, commandTag);
    timeLimit.settings(analysis.facts());
  }

  void failed(StatementAnalysis analysis) {
    LOG.debug("session {}: {} failed", id, analysis.facts().kind());
  }

  Optional<String> overran(String sqlState, long elapsedNanos) {
    return timeLimit.overran(sqlState, elapsedNanos);
  }

  @Override
  public Optional<ServerMessage> unasked(ServerMessage notice) {
    return Optional.of(new ServerMessage(words.unasked(notice.fields())));
  }

  @Override
  public Optional<ServerMessage> ending(ServerMessage message) {
    return Optional.of(new ServerMessage(words.ending(message.fields())));
  }

  @Override
  public String notification(String channel, String payload) {
    return words.notification(channel, payload);
  }

  @Override
  public String parameter(String name, String value) {
    pinned.check(name, value);
    if (name.equals("search_path")) {
      memory.pathReported(value);
    }
    return value;
  }

  @Override
  public void failed() {
    effects.failed();
  }

  @Override
  public void ready(char status) {
    timeLimit.ended();
    memory.ready();
    transactionStatus = status;
    if (status == 'I') {
      idleLimit.busy();
      words.transactionEnded();
      effects.transactionEnded();
    } else {
      Policy policy = services.policy().current();
      idleLimit.idle(policy.mode() == Policy.Mode.OBSERVE ? null : policy.limits().idleTime());
    }
  }

  @Override
  public Optional<Refusal> overdue() {
    if (closed || !idleLimit.isOver()) {
      return Optional.empty();
    }
    end = "its transaction was idle for longer than the policy allows";
    return Optional.of(Answers.idleTooLong(services.policy().current().limits()));
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    timeLimit.ended();
    idleLimit.busy();
    try {
      recorder.close();
    } finally {
      logEnd();
    }
  }

  /** The end has no effect that would wait for the log; whoever closes can do nothing about it. */
  private void logEnd() {
    try {
      log(new AuditEvent.SessionClosed(id, now(), end, journal.count()));
    } catch (AuditUnavailableException e) {
      LOG.error("session {}: its end cannot be logged", id, e);
    }
  }
}
