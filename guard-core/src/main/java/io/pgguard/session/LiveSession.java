package io.pgguard.session;

import io.pgguard.audit.AuditEvent;
import io.pgguard.audit.AuditUnavailableException;
import io.pgguard.figures.IdleLimit;
import io.pgguard.figures.TimeLimit;
import io.pgguard.identity.Principal;
import io.pgguard.judge.Perspective;
import io.pgguard.judge.StatementAnalysis;
import io.pgguard.memory.SessionEffects;
import io.pgguard.memory.SessionMemory;
import io.pgguard.memory.SessionSettings;
import io.pgguard.plan.Meaning;
import io.pgguard.plan.TextPlan;
import io.pgguard.policy.Policy;
import io.pgguard.recording.SessionRecorder;
import io.pgguard.result.ServerWords;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The session that edges talk to. Used by one thread at a time. */
final class LiveSession implements GuardSession {
  private static final Logger LOG = LoggerFactory.getLogger(LiveSession.class);

  private final String id = UUID.randomUUID().toString();
  private final SessionServices services;
  private final SessionRequest request;
  private final SessionMemory memory;
  private final Meanings meanings;
  private final Around around;
  private final Planning planning;
  private final OpenLook openLook;
  private final SessionResults results;
  private final Currency currency;
  private final SessionRecorder recorder;
  private final StatementJournal journal;
  private final ServerWords words;
  private final SessionEffects effects;
  private final Gate gate;
  private final AtOnce atOnce;
  private final UnderWay underWay;
  private final Granting granting;
  private final AskedRequests asked;
  private final TimeLimit timeLimit;
  private final IdleLimit idleLimit;
  private final Asker asker;
  private final Consumer<LiveSession> whenClosed;
  private final RevocableRuns revocable;
  private final PinnedSettings pinned = new PinnedSettings();

  private @Nullable String intent;
  private char transactionStatus = 'I';
  private String end = "the client left";
  private boolean closed;

  LiveSession(
      SessionServices services,
      Database database,
      SessionRequest request,
      String searchPath,
      Consumer<LiveSession> whenClosed) {
    this.whenClosed = whenClosed;
    this.services = services;
    this.request = request;
    this.asker = new Asker(id, request, services.denied(), this::now, this::log);
    this.memory = new SessionMemory(request.role(), searchPath);
    this.meanings = new Meanings(request.role());
    SeenCatalog catalogs = new SeenCatalog(database, memory);
    this.around = new Around(request.surroundings(services.environment()), services.clock());
    Vantage vantage =
        new Vantage(catalogs, services.policy()::current, request.principal(), around, memory);
    this.planning = new Planning(id, catalogs, vantage);
    this.openLook = new OpenLook(catalogs, memory, planning, id);
    this.underWay = new UnderWay(services.policy(), catalogs, request.principal(), around, memory);
    this.results = new SessionResults(services, catalogs, request.principal(), id, underWay);
    this.currency = new Currency(catalogs, results, id);
    this.effects = new SessionEffects(memory, catalogs::catalog, database::changed);
    this.atOnce = new AtOnce(services, catalogs, memory, effects);
    Policy policy = services.policy().current();
    this.timeLimit = new TimeLimit(request.cancel(), time(policy));
    this.idleLimit = new IdleLimit(request.wake());
    this.revocable = new RevocableRuns(services.approvals(), request.cancel());
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
    this.asked = new AskedRequests(services.approvals(), id);
    Holding holding = new Holding(services, asked);
    GuessCounting guesses =
        new GuessCounting(services.guesses(), request.principal().subject(), database(), id);
    this.gate =
        new Gate(this, holding, new HoldingTogether(services, holding, asked), guesses, journal);
    EffectApprovals approvals = new EffectApprovals(services, holding, asked);
    this.granting = new Granting(this, gate, journal, holding, approvals);
    this.words = new ServerWords(services.policy(), results::channels, recorder);
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public Principal principal() {
    return asker.principal();
  }

  /** Who asks, and whether that still holds. */
  Asker asker() {
    return asker;
  }

  @Override
  public Optional<Refusal> present(String token) {
    return asker.present(token);
  }

  /** Who is revoked is told at once, whatever the session does. Called by any thread. */
  void lookWhetherRevoked() {
    if (asker.revoked()) {
      request.cancel().run();
      request.wake().run();
    }
  }

  /** The database's address, to which approvals are bound. */
  String database() {
    return request.access().address();
  }

  @Override
  public void intent(@Nullable String newIntent) {
    this.intent = newIntent;
  }

  /** Remembers a refusal as the last. */
  Refusal refused(Refusal refusal) {
    return gate.refused(refusal);
  }

  @Override
  public void takeBack(String why) {
    asked.takeBack(principal(), why);
  }

  @Override
  public Optional<Refusal> lastRefusal() {
    return gate.lastRefusal();
  }

  Instant now() {
    return services.clock().instant();
  }

  void log(AuditEvent event) {
    services.audit().append(event);
  }

  @Override
  public boolean atOnce() {
    return atOnce.begin();
  }

  @Override
  public void mayWait() {
    atOnce.end();
  }

  @Override
  public StatementPlan plan(String text) {
    return plan(text, List.of());
  }

  @Override
  public StatementPlan plan(String text, List<Integer> types) {
    currency.asked();
    return planning.plan(text, types, intent);
  }

  @Override
  public List<StatementPlan> plan(List<String> texts) {
    return planning.plan(texts, intent);
  }

  @Override
  public List<String> asksBefore(String text) {
    return transactionStatus == 'T' ? openLook.before(text, intent) : List.of();
  }

  @Override
  public void toldBefore(List<List<Watch.Row>> answers) {
    openLook.answered(answers);
  }

  @Override
  public void untoldBefore() {
    openLook.lost();
  }

  @Override
  public boolean isCurrent(StatementPlan plan) {
    return planning.isCurrent(plan, intent);
  }

  /** Why the session asks; null where that is not stated. */
  @Nullable String intent() {
    return intent;
  }

  /** Whether a transaction is open. */
  boolean inTransaction() {
    return transactionStatus != 'I';
  }

  /** How long it waits for people now. */
  Duration patience() {
    return services.patience().now(inTransaction() || currency.openInPipeline());
  }

  @Override
  public Optional<Refusal> refuse(StatementPlan plan) {
    return gate.refuse(plan, intent);
  }

  @Override
  public Optional<StatementPlan> hold(List<StatementPlan> plans, boolean parameters) {
    return gate.hold(plans, parameters, intent);
  }

  /**
   * A text as it is refused now, where what holds around it has changed since it was let pass; null
   * where it still passes.
   */
  @Nullable TextPlan stoppedSince(TextPlan text) {
    Perspective before = text.perspective();
    if (text.observed()
        || around.now(before.policy(), intent).equals(before.circumstances())
        || !(planning.plan(text.text(), before.objects().parameters(), intent)
            instanceof PlannedText now)) {
      return null;
    }
    return now.plan().denied() ? now.plan() : null;
  }

  /** What a text means to this session now. */
  Meaning meaning(TextPlan text) {
    return meanings.of(text, memory.settings().text());
  }

  /** The same with settings as they will be once texts before it have run. */
  Meaning meaning(TextPlan text, SessionSettings settings) {
    return meanings.of(text, settings.text());
  }

  /** The session's settings. */
  SessionSettings settings() {
    return memory.settings();
  }

  /** Whether a text that has waited still means what it meant. */
  boolean stillMeans(TextPlan text, Meaning meaning) {
    return currency.look()
        && plan(text.text(), new PlannedText(text).types()) instanceof PlannedText now
        && meaning(now.plan()).equals(meaning);
  }

  /** A text runs now: its time begins. */
  void goesOn(TextPlan text) {
    timeLimit.started(time(text.perspective().policy()));
  }

  /** The session waits for people: its transaction does not lie idle by its own fault. */
  void waits() {
    idleLimit.busy();
  }

  @Override
  public Awaited<Ruling> request(StatementPlan plan, List<ParameterValue> values) {
    return request(plan, values, false);
  }

  @Override
  public Awaited<Ruling> requestAsking(StatementPlan plan, List<ParameterValue> values) {
    return request(plan, values, true);
  }

  private Awaited<Ruling> request(StatementPlan plan, List<ParameterValue> values, boolean asking) {
    gate.asked();
    idleLimit.busy();
    currency.asked();
    boolean outside = transactionStatus == 'I';
    Optional<Refusal> unknown = currency.lookBeforeEffects(plan, asking, outside);
    if (unknown.isPresent()) {
      return Awaited.now(new Ruling.Refused(gate.refused(unknown.get())));
    }
    List<Integer> types = types(plan, values);
    StatementPlan current =
        isCurrent(plan) && types.equals(types(plan, List.of())) ? plan : plan(plan.text(), types);
    if (current instanceof UnplannedText unplanned) {
      return Awaited.now(new Ruling.Refused(gate.refused(unplanned.refusal())));
    }
    TextPlan text = ((PlannedText) current).plan();
    atOnce.check(text);
    boolean asksBeforeTheEnd = asking && outside; // whatever its transaction is when it runs
    MaskedWrite masked = text.denied() ? null : MaskedWrite.of(text, values);
    MaskedWrite.Instead instead = masked == null ? null : masked.instead();
    if (instead != null
        && !gate.withholds(text)
        && planning.plan(instead.text(), instead.of(types), intent) instanceof PlannedText kept
        && !kept.denied()) {
      return keeping(instead, kept, instead.of(values), asksBeforeTheEnd);
    }
    return gate.stop(text, values, intent, masked, List.of())
        .thenAwait(
            stopped ->
                stopped.isPresent()
                    ? Awaited.now(new Ruling.Refused(stopped.get()))
                    : granting.granted(text, values, asksBeforeTheEnd));
  }

  /** The same of the text that runs in place of one that would store masks. */
  private Awaited<Ruling> keeping(
      MaskedWrite.Instead instead,
      PlannedText kept,
      List<ParameterValue> values,
      boolean asksBeforeTheEnd) {
    TextPlan text = kept.plan();
    atOnce.check(text);
    Ruling.Instead sent = new Ruling.Instead(kept, instead.parameters());
    return gate.stop(text, values, intent, null, instead.notices())
        .thenAwait(
            stopped ->
                stopped.isPresent()
                    ? Awaited.now(new Ruling.Refused(stopped.get()))
                    : granting.granted(text, values, asksBeforeTheEnd, instead.verdict(), sent));
  }

  /** What the client declares of the parameters, when it is prepared or when it is run. */
  private static List<Integer> types(StatementPlan plan, List<ParameterValue> values) {
    List<Integer> declared = plan instanceof PlannedText planned ? planned.types() : List.of();
    boolean same = values.size() == declared.size();
    boolean any = false;
    for (int i = 0; i < values.size(); i++) {
      int type = values.get(i).typeOid();
      any |= type != 0;
      same &= i < declared.size() && declared.get(i) == type;
    }
    return any && !same ? values.stream().map(ParameterValue::typeOid).toList() : declared;
  }

  @Override
  public void synced() {
    currency.synced();
  }

  @Override
  public boolean asksAtEnd() {
    return currency.asksAtEnd();
  }

  @Override
  public boolean asksAtEnd(StatementPlan plan) {
    return currency.asksAtEnd() || currency.asksAtEnd(plan);
  }

  @Override
  public Optional<Refusal> toldAtEnd(Watch.Row answer) {
    return currency.toldAtEnd(answer);
  }

  private static @Nullable Duration time(Policy policy) {
    return policy.mode() == Policy.Mode.OBSERVE ? null : policy.limits().statementTime();
  }

  /** What holds for statements that bring their rows. */
  UnderWay underWay() {
    return underWay;
  }

  /** What becomes of what the server sends. */
  SessionResults results() {
    return results;
  }

  /** Whether what was decided still holds. */
  Currency currency() {
    return currency;
  }

  /** What the client sees of the server's words about a statement. */
  ServerMessage seen(StatementAnalysis analysis, ServerMessage message) {
    Map<Character, String> fields = words.about(analysis, transactionStatus, message.fields());
    return fields.equals(message.fields()) ? message : new ServerMessage(fields);
  }

  /** A statement has begun to answer; what comes later in its transaction may quote it. */
  void touched(StatementAnalysis analysis) {
    words.touched(analysis);
  }

  /** A statement has brought some of its rows, and may bring more. */
  void suspended(StatementAnalysis analysis) {
    touched(analysis);
    effects.codeRan(analysis);
  }

  void completed(StatementAnalysis analysis, String commandTag) {
    touched(analysis);
    effects.completed(analysis, commandTag);
    underWay.completed(analysis.facts());
    timeLimit.settings(analysis.facts());
  }

  void failed(StatementAnalysis analysis) {
    LOG.debug("session {}: {} failed", id, analysis.facts().kind());
  }

  Optional<String> overran(String sqlState, long elapsedNanos) {
    return revocable.brokeOff(sqlState).or(() -> timeLimit.overran(sqlState, elapsedNanos));
  }

  /** An approval was used for what is about to run. */
  void runsOn(String approval) {
    revocable.begins(approval);
  }

  @Override
  public void nameTaken(boolean statement, String name) {
    memory.nameTaken(statement, name);
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
    memory.settings().reported(name, value);
    return value;
  }

  @Override
  public void failed() {
    effects.failed();
    underWay.failed();
  }

  @Override
  public void ready(char status) {
    timeLimit.ended();
    revocable.ended();
    memory.ready();
    currency.ready(status);
    transactionStatus = status;
    underWay.ready(status);
    if (status == 'I') {
      idleLimit.busy();
      words.transactionEnded();
      if (effects.outside()) {
        planning.learn(intent);
      }
    } else {
      Policy policy = services.policy().current();
      idleLimit.idle(policy.mode() == Policy.Mode.OBSERVE ? null : policy.limits().idleTime());
    }
  }

  @Override
  public Optional<Refusal> overdue() {
    if (!closed && asker.revoked()) {
      end = "who asked was revoked";
      return Optional.ofNullable(asker.over());
    }
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
    whenClosed.accept(this);
    timeLimit.ended();
    revocable.ended();
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
