package io.pgguard.proxy.server;

import io.netty.channel.EventLoop;
import io.pgguard.session.Awaited;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a session waits for beside its server: people, or the disk. No thread waits; the answer
 * brings the next turn. Used by the session's loop.
 */
final class Awaiting {
  private final EventLoop loop;
  private final Turn turn;
  private final Runnable goOn;
  private @Nullable Awaited<?> awaited;
  private boolean answeredMeanwhile;

  /**
   * @param goOn has the session go on; while no worker has it
   */
  Awaiting(EventLoop loop, Turn turn, Runnable goOn) {
    this.loop = loop;
    this.turn = turn;
    this.goOn = goOn;
  }

  /** Whether there is nothing of that kind. */
  boolean none() {
    return awaited == null;
  }

  /** What it waits for now. */
  void on(Optional<Awaited<?>> now) {
    Awaited<?> answer = now.orElse(null);
    if (answer != null && answer != awaited) {
      answer.whenReady(() -> loop.execute(() -> answered(answer)));
    }
    awaited = answer;
  }

  /** An answer is there, or the next part of it can be asked for. */
  private void answered(Awaited<?> answer) {
    if (answer == awaited) {
      awaited = null;
    }
    if (turn.taken()) {
      answeredMeanwhile = true;
    } else {
      goOn.run();
    }
  }

  /** A turn is over: goes on where an answer came meanwhile. */
  void turnOver() {
    if (answeredMeanwhile) {
      answeredMeanwhile = false;
      goOn.run();
    }
  }
}
