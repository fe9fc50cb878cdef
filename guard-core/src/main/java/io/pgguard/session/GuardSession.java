package io.pgguard.session;

import io.pgguard.identity.Principal;
import io.pgguard.wording.SessionWording;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One principal on one database connection. Every text goes through {@link #plan} and {@link
 * #request} before it is sent, and everything that comes back goes through the {@link
 * StatementRun}s of the answer or through {@link #unasked}. Used by one thread at a time.
 */
public interface GuardSession extends AutoCloseable {

  /** The session's id: unique, and the same in the audit log and the recording. */
  String id();

  /** Who asks. */
  Principal principal();

  /**
   * Presents a fresh token, so that the session goes on once the one that it began with is over. It
   * must be of the same account, person, agent, service and groups. May wait for its issuer's keys.
   *
   * @param token never logged, nor told to anybody but its verifier
   * @return why it is not taken, in words that say nothing of the token; empty where it is
   */
  default Optional<Refusal> present(String token) {
    return Optional.of(Refusal.of(SessionWording.TOKEN_NOT_TAKEN.say()));
  }

  /**
   * Takes back what this session has asked people and waits for at this moment: its client gave up.
   * Whoever asks the same again makes a new request. What waits on without this session stays.
   * Called by any thread; may wait for the approvals' store.
   *
   * @param why in words for the log, and for who was to answer
   */
  void takeBack(String why);

  /** Why it asks, from now on: free text from the agent; null for not stated. */
  void intent(@Nullable String intent);

  /**
   * Has nothing of this session wait until {@link #mayWait} is called: what would have to (a text
   * never seen, the catalog, people) throws {@link WouldWaitException} before it has done anything,
   * and is to be asked again in a thread that may wait. Holds for {@link #plan(String)}, {@link
   * #asksBefore}, {@link #request}, for runs that change nothing but rows, and for what the server
   * says of those; an edge gives everything else to a thread that may wait. It is decided by what
   * is known at this call, so an edge calls it anew for each message.
   *
   * @return whether the session can do without waiting now; where not, nothing has changed
   */
  default boolean atOnce() {
    return false;
  }

  /** The session may wait again, as it may before {@link #atOnce} is called. */
  default void mayWait() {}

  /** Reads a text and rules on what can be known without values. Has no effect and logs nothing. */
  StatementPlan plan(String text);

  /**
   * The same for a text that is prepared.
   *
   * @param types OIDs of the types that the client declares for its parameters in order, 0 where it
   *     leaves one to the server; there may be fewer than parameters
   */
  default StatementPlan plan(String text, List<Integer> types) {
    return plan(text);
  }

  /**
   * The plans of texts that will be sent one behind the other, each judged by what its names mean
   * once those before it have run.
   */
  default List<StatementPlan> plan(List<String> texts) {
    return texts.stream().map(this::plan).toList();
  }

  /**
   * What the edge asks in the session itself before a text is planned, in its open transaction,
   * whose own changes of the catalog no other connection sees: each is one SQL statement; to be
   * sent one behind the other, in one flight. Where it is not empty, the answers go to {@link
   * #toldBefore}, and this is to be called again with the same text.
   */
  default List<String> asksBefore(String text) {
    return List.of();
  }

  /**
   * The answers to {@link #asksBefore}.
   *
   * @param answers the rows that each brought
   */
  default void toldBefore(List<List<Watch.Row>> answers) {}

  /** What was asked by {@link #asksBefore} was not answered: the transaction has failed. */
  default void untoldBefore() {}

  /**
   * The refusal of a plan that no value can save, logged; or empty when the decision waits for
   * {@link #request}. An edge calls it when a text is prepared, so that a refused text never
   * reaches the server's parser.
   */
  Optional<Refusal> refuse(StatementPlan plan);

  /**
   * Asks leave to run. The answer is in the audit log before it is given. Where people have to
   * approve, it comes when they have decided, or when the time is over that the configuration sets.
   *
   * @param values the parameters' values in order; empty for a simple query
   */
  Awaited<Ruling> request(StatementPlan plan, List<ParameterValue> values);

  /**
   * The same from an edge that asks what the runs and {@link #asksAtEnd} say, in the session
   * itself.
   */
  default Awaited<Ruling> requestAsking(StatementPlan plan, List<ParameterValue> values) {
    return request(plan, values);
  }

  /** A Sync, or a simple Query, which has its own, is about to be sent. */
  default void synced() {}

  /**
   * Whether {@link Watch#CATALOG} is to be asked before what was done since the last Sync may last:
   * before a Sync that ends an implicit transaction, and before a text that ends one.
   */
  default boolean asksAtEnd() {
    return false;
  }

  /**
   * The same before a text that commits what the open transaction did before: what its locks do not
   * hold still may have changed meanwhile.
   */
  default boolean asksAtEnd(StatementPlan plan) {
    return asksAtEnd();
  }

  /**
   * What it brought.
   *
   * @return why what was done may not last; empty where it may
   */
  default Optional<Refusal> toldAtEnd(Watch.Row answer) {
    return Optional.empty();
  }

  /**
   * The server described the result of a prepared text: origins that a plan may use before anything
   * runs.
   */
  boolean isCurrent(StatementPlan plan);

  /**
   * Decides on texts that will be sent one after the other as one, and asks for their approvals, so
   * that none of them runs before all may. Waits as {@link #request} does, and uses no approval up.
   *
   * @param plans the texts in order, from {@link #plan(List)}
   * @param parameters whether values come with any of them
   * @return empty when all may be sent; else the one to send alone: it will be refused, and that
   *     says why
   */
  default Optional<StatementPlan> hold(List<StatementPlan> plans, boolean parameters) {
    return Optional.empty();
  }

  /**
   * A Parse, Bind or Close message is about to give a name to something that no text made, or to
   * take it away. Prepared statements and cursors of SQL have their names in common with those of
   * the protocol, so what SQL made by this one is known no longer.
   *
   * @param statement whether it names a prepared statement; else a portal
   */
  default void nameTaken(boolean statement, String name) {}

  /** A notice that no statement asked for; what the client may see, or empty for nothing. */
  Optional<ServerMessage> unasked(ServerMessage notice);

  /**
   * An error or notice after the last statement has been completed, while its transaction ends:
   * deferred constraints and triggers speak then. What the client may see, or empty for nothing.
   */
  Optional<ServerMessage> ending(ServerMessage message);

  /** A notification (LISTEN); the payload that the client may see. */
  String notification(String channel, String payload);

  /**
   * The server reported a parameter's value.
   *
   * @return the value that the client may see
   * @throws SessionClosedException when the setting is one that Guard depends on and it has moved
   */
  String parameter(String name, String value);

  /**
   * The server reported an error, to whatever it belongs: what was done since the last {@link
   * #ready} may be undone.
   */
  default void failed() {}

  /**
   * The server is ready for the next text.
   *
   * @param transactionStatus {@code I} idle, {@code T} in a transaction, {@code E} in a failed one
   */
  void ready(char transactionStatus);

  /**
   * Whether the connection must end now, and why: its transaction has been idle for longer than the
   * policy lets it. An edge asks when it was woken ({@link SessionRequest#wake}).
   */
  default Optional<Refusal> overdue() {
    return Optional.empty();
  }

  /**
   * The last refusal of this session, so that an edge can tell it as more than a server's error.
   */
  default Optional<Refusal> lastRefusal() {
    return Optional.empty();
  }

  /** Ends the session and its recording. Idempotent. */
  @Override
  void close();
}
