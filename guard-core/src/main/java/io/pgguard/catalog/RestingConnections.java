package io.pgguard.catalog;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * Connections of Guard's own that nobody uses, kept for the next caller. Thread-safe; it waits for
 * a server only in the caller's thread.
 *
 * @param <C> what a connection is
 */
public final class RestingConnections<C> {
  private final int most;
  private final Kind<C> kind;
  private final Deque<C> resting = new ArrayDeque<>();
  private boolean closed;

  /**
   * @param most how many are kept
   */
  public RestingConnections(int most, Kind<C> kind) {
    this.most = most;
    this.kind = kind;
  }

  /**
   * How connections are looked at and closed.
   *
   * @param <C> what a connection is
   */
  public interface Kind<C> {
    /** Asks the server. */
    boolean answers(C connection);

    /** Whether it has not broken, without asking the server. */
    boolean isSound(C connection);

    /** Closes it, and tells nobody of what goes wrong in that. */
    void close(C connection);
  }

  /**
   * One that is alive; empty where there is none. Each is asked: a server that went and came back
   * within a moment has ended it.
   */
  public Optional<C> take() {
    while (true) {
      C kept;
      synchronized (resting) {
        kept = resting.poll();
      }
      if (kept == null) {
        return Optional.empty();
      }
      if (kind.answers(kept)) {
        return Optional.of(kept);
      }
      kind.close(kept);
    }
  }

  /** Keeps a connection for the next caller, unless it broke or there are enough. */
  public void giveBack(C connection) {
    boolean sound = kind.isSound(connection);
    synchronized (resting) {
      if (sound && !closed && resting.size() < most) {
        resting.push(connection);
        return;
      }
    }
    kind.close(connection);
  }

  /** Closes what rests, and what is given back from now on. */
  public void close() {
    Deque<C> open;
    synchronized (resting) {
      closed = true;
      open = new ArrayDeque<>(resting);
      resting.clear();
    }
    open.forEach(kind::close);
  }
}
