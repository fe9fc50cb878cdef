package io.pgguard.pgwire.session;

import io.pgguard.session.Awaited;
import io.pgguard.session.Ruling;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What the client's first message that waits has asked of the guard, until the answer is there. */
final class Asked {
  private @Nullable Awaited<Ruling> answer;

  /** Whether it was there when the session last looked: what came since has to be told of. */
  private boolean there;

  /**
   * The ruling on the client's message; null while it has to wait. The same message must come again
   * then.
   */
  @Nullable Ruling ruling(Supplier<Awaited<Ruling>> ask) {
    Awaited<Ruling> pending = answer == null ? ask.get() : answer;
    if (!isThere(pending)) {
      answer = pending;
      return null;
    }
    answer = null;
    return pending.await();
  }

  private boolean isThere(Awaited<Ruling> pending) {
    there = pending.goesOn();
    return there;
  }

  /** Goes on as far as that can be done without waiting. */
  void goOn() {
    if (answer != null) {
      isThere(answer);
    }
  }

  /** Whether something was asked whose answer no message has taken yet. */
  boolean pending() {
    return answer != null;
  }

  /** The same, and it is not there. */
  boolean waits() {
    return answer != null && !isThere(answer);
  }

  /** What is waited for; null where nothing is, or nothing but the server's answers. */
  @Nullable Awaited<?> awaits() {
    return there ? null : answer;
  }

  /** The message that has asked is not judged by the answer: that is good for no other. */
  void drop(String why) {
    Awaited<Ruling> pending = answer;
    if (pending != null) {
      answer = null;
      pending.drop(why);
    }
  }
}
