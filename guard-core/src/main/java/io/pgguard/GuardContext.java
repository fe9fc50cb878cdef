package io.pgguard;

import io.pgguard.identity.Principal;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Who asks and why, for the statements that a thread runs within a scope:
 *
 * <pre>{@code
 * try (var scope = GuardContext.intent("monthly revenue by city").open()) {
 *   ... // every statement in here is recorded with that intent
 * }
 * }</pre>
 *
 * <p>Who asks is one whole: a subject with its groups, or a token that proves both. A connection
 * that is opened within a scope that names one takes nothing of that from its properties, and is
 * used within scopes of the same principal alone. Agent and model say what asks for them, and may
 * stand in either place. On a connection that was opened otherwise a scope may say why, and must
 * agree with who the connection belongs to. Immutable; scopes are per thread and nest.
 */
public final class GuardContext {
  private static final ThreadLocal<@Nullable GuardContext> CURRENT = new ThreadLocal<>();

  /** Who asks; at most one of a subject and a token. */
  private record Who(
      @Nullable String subject, @Nullable Set<String> groups, @Nullable String token) {
    static final Who NOBODY = new Who(null, null, null);
  }

  private final Who who;
  private final @Nullable String agent;
  private final @Nullable String model;
  private final @Nullable String intent;

  private GuardContext(
      Who who, @Nullable String agent, @Nullable String model, @Nullable String intent) {
    this.who = who;
    this.agent = agent;
    this.model = model;
    this.intent = intent;
  }

  /** A context that says why. */
  public static GuardContext intent(String intent) {
    return new GuardContext(Who.NOBODY, null, null, intent);
  }

  /** A context that says who: somebody in no group. */
  public static GuardContext subject(String subject) {
    return new GuardContext(new Who(subject, null, null), null, null, null);
  }

  /**
   * A context that says who.
   *
   * @param groups all that the subject is in
   */
  public static GuardContext subject(String subject, Set<String> groups) {
    return new GuardContext(new Who(subject, Set.copyOf(groups), null), null, null, null);
  }

  /**
   * A context that proves who.
   *
   * @param token of a provider that the configuration names; never logged
   */
  public static GuardContext token(String token) {
    return new GuardContext(new Who(null, null, token), null, null, null);
  }

  /** The same, with an intent. */
  public GuardContext withIntent(String newIntent) {
    return new GuardContext(who, agent, model, newIntent);
  }

  /** The same, with an agent and the model behind it. */
  public GuardContext withAgent(String newAgent, String newModel) {
    return new GuardContext(who, newAgent, newModel, intent);
  }

  /** The context of this thread's innermost open scope. */
  public static Optional<GuardContext> current() {
    return Optional.ofNullable(CURRENT.get());
  }

  /** Puts this context in force for the calling thread until the scope is closed. */
  public Scope open() {
    return open(this);
  }

  private static Scope open(@Nullable GuardContext inner) {
    GuardContext outer = CURRENT.get();
    CURRENT.set(inner);
    return () -> CURRENT.set(outer);
  }

  /**
   * A task that runs in the context that is in force now, in whatever thread: in none where none
   * is, not even in one that the thread was left with.
   */
  public static Runnable wrap(Runnable task) {
    GuardContext context = CURRENT.get();
    return () -> {
      try (Scope scope = open(context)) {
        task.run();
      }
    };
  }

  /** The same of a task that brings something. */
  public static <T> Callable<T> wrap(Callable<T> task) {
    GuardContext context = CURRENT.get();
    return () -> {
      try (Scope scope = open(context)) {
        return task.call();
      }
    };
  }

  /** An executor that runs each task in the context of the thread that hands it over. */
  public static Executor wrap(Executor executor) {
    return task -> executor.execute(wrap(task));
  }

  /** Whether it says who asks. */
  public boolean namesWho() {
    return who.subject() != null || who.token() != null;
  }

  public Optional<String> subject() {
    return Optional.ofNullable(who.subject());
  }

  /** The groups of the subject; empty where it names none. */
  public Set<String> groups() {
    return who.groups() == null ? Set.of() : who.groups();
  }

  /** What proves who asks; a secret. */
  public Optional<String> token() {
    return Optional.ofNullable(who.token());
  }

  public Optional<String> agent() {
    return Optional.ofNullable(agent);
  }

  public Optional<String> model() {
    return Optional.ofNullable(model);
  }

  public Optional<String> intent() {
    return Optional.ofNullable(intent);
  }

  /** Whether what this context says of who asks, but for a token, is true of a principal. */
  public boolean agreesWith(Principal principal) {
    return (who.subject() == null || who.subject().equals(principal.subject()))
        && (who.groups() == null || who.groups().equals(principal.groups()))
        && (agent == null || agent.equals(principal.agent()))
        && (model == null || model.equals(principal.model()));
  }

  /** A scope; close it on the thread that opened it, in reverse order. */
  public interface Scope extends AutoCloseable {
    @Override
    void close();
  }
}
