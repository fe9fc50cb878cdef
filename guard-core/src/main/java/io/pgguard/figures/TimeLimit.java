package io.pgguard.figures;

import io.pgguard.statement.SettingFacts;
import io.pgguard.statement.StatementFacts;
import io.pgguard.wording.LimitWording;
import io.pgguard.wording.SqlState;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Holds statements to the policy's time. The server's own statement_timeout does it, set when the
 * connection began; once the client has set that itself, or the policy has changed, Guard watches
 * the time and cancels. Used by the session's thread, with one shared timer.
 */
public final class TimeLimit {
  static final ScheduledExecutorService TIMER =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "guard-time-limit");
            thread.setDaemon(true);
            return thread;
          });

  private final Runnable cancel;
  private final @Nullable Duration atServer;
  private boolean watched;
  private @Nullable Duration limit;
  private @Nullable Future<?> timer;

  /**
   * @param cancel breaks off what the server runs
   * @param atServer what the server itself was told when the connection began, or null
   */
  public TimeLimit(Runnable cancel, @Nullable Duration atServer) {
    this.cancel = cancel;
    this.atServer = atServer;
  }

  public void started(@Nullable Duration statementTime) {
    limit = statementTime;
    if (statementTime != null && (watched || !statementTime.equals(atServer))) {
      ended();
      timer = TIMER.schedule(cancel, statementTime.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  public void ended() {
    if (timer != null) {
      timer.cancel(false);
      timer = null;
    }
  }

  /** The client changed the server's own limit. */
  public void settings(StatementFacts facts) {
    boolean own =
        facts
            .setting()
            .filter(s -> s.action() != SettingFacts.Action.SHOW && isTime(s.name()))
            .isPresent();
    watched |= own || facts.identifiers().contains("set_config");
  }

  /**
   * RESET ALL leads back to what the server was told; what is watched without need does no harm.
   */
  private static boolean isTime(String setting) {
    return setting.equals("statement_timeout") || setting.equals("all");
  }

  /** What to say of an error that the limit brought about, after that long a run. */
  public Optional<String> overran(String sqlState, long elapsedNanos) {
    return SqlState.QUERY_CANCELED.is(sqlState) && limit != null && elapsedNanos >= limit.toNanos()
        ? Optional.of(LimitWording.STATEMENT_TIME.say(limit.toMillis()).message())
        : Optional.empty();
  }
}
