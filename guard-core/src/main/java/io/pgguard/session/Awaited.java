package io.pgguard.session;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * An answer that is there now or comes later: when a person has decided, or a worker is through.
 * Belongs to the thread that uses the session; {@link #isReady} and {@link #whenReady} may be used
 * by any.
 *
 * <p>An edge with a thread for each client waits in {@link #await}. An edge on an event loop hands
 * {@link #whenReady} a task that goes back to the loop, and calls {@link #await} there: it does not
 * wait then. Until it has the answer it hands the session no other statement.
 */
public interface Awaited<T> {

  /** Whether {@link #await} returns without waiting. */
  boolean isReady();

  /**
   * Runs the task once {@link #await} returns without waiting: at once where that is so already,
   * else later in a thread of Guard's own. The task must not wait.
   */
  void whenReady(Runnable task);

  /** The answer; waits as long as that takes. Gives the same answer when called again. */
  T await();

  /** What is made of the answer, in the thread that awaits it. */
  default <R> Awaited<R> then(Function<T, R> use) {
    Awaited<T> first = this;
    return new Awaited<>() {
      private @Nullable R made;

      @Override
      public boolean isReady() {
        return first.isReady();
      }

      @Override
      public void whenReady(Runnable task) {
        first.whenReady(task);
      }

      @Override
      public R await() {
        R known = made;
        if (known == null) {
          known = use.apply(first.await());
          made = known;
        }
        return known;
      }
    };
  }

  /** An answer that is there. */
  static <T> Awaited<T> now(T answer) {
    return new Awaited<>() {
      @Override
      public boolean isReady() {
        return true;
      }

      @Override
      public void whenReady(Runnable task) {
        task.run();
      }

      @Override
      public T await() {
        return answer;
      }
    };
  }
}
