package io.pgguard;

import io.pgguard.identity.Principal;
import java.util.Optional;
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
 * <p>A connection that is opened within a scope takes its subject, agent and model; on a connection
 * that is open already a scope may only say why, since a session belongs to one principal.
 * Immutable; scopes are per thread and nest.
 */
public final class GuardContext {
  private static final ThreadLocal<@Nullable GuardContext> CURRENT = new ThreadLocal<>();

  private final @Nullable String subject;
  private final @Nullable String agent;
  private final @Nullable String model;
  private final @Nullable String intent;

  private GuardContext(
      @Nullable String subject,
      @Nullable String agent,
      @Nullable String model,
      @Nullable String intent) {
    this.subject = subject;
    this.agent = agent;
    this.model = model;
    this.intent = intent;
  }

  /** A context that says why. */
  public static GuardContext intent(String intent) {
    return new GuardContext(null, null, null, intent);
  }

  /** A context that says who. */
  public static GuardContext subject(String subject) {
    return new GuardContext(subject, null, null, null);
  }

  /** The same, with an intent. */
  public GuardContext withIntent(String newIntent) {
    return new GuardContext(subject, agent, model, newIntent);
  }

  /** The same, with an agent and the model behind it. */
  public GuardContext withAgent(String newAgent, String newModel) {
    return new GuardContext(subject, newAgent, newModel, intent);
  }

  /** The context of this thread's innermost open scope. */
  public static Optional<GuardContext> current() {
    return Optional.ofNullable(CURRENT.get());
  }

  /** Puts this context in force for the calling thread until the scope is closed. */
  public Scope open() {
    GuardContext outer = CURRENT.get();
    CURRENT.set(this);
    return () -> CURRENT.set(outer);
  }

  public Optional<String> subject() {
    return Optional.ofNullable(subject);
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

  /** Whether what this context says of who asks is true of a principal. */
  public boolean agreesWith(Principal principal) {
    return (subject == null || subject.equals(principal.subject()))
        && (agent == null || agent.equals(principal.agent()))
        && (model == null || model.equals(principal.model()));
  }

  /** A scope; close it on the thread that opened it, in reverse order. */
  public interface Scope extends AutoCloseable {
    @Override
    void close();
  }
}
