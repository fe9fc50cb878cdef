package io.pgguard.session;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * An answer that is there now or comes later: when a person has decided, or what was logged is on
 * disk. Belongs to the thread that uses the session; {@link #isReady} and {@link #whenReady} may be
 * used by any.
 *
 * <p>An edge with a thread for each client waits in {@link #await}. An edge on an event loop hands
 * {@link #whenReady} a task that goes on in the session's thread: there {@link #goesOn} tells
 * whether the answer is there, which {@link #await} then gives without waiting, or whether there is
 * more to wait for. Until it has the answer it hands the session no other statement, unless it has
 * dropped this one ({@link #drop}).
 */
public interface Awaited<T> {

  /** Whether {@link #await} returns without waiting. */
  boolean isReady();

  /**
   * Runs the task once {@link #goesOn} has something to do or {@link #await} returns without
   * waiting: at once where that is so already, else later in a thread of Guard's own. The task must
   * not wait.
   */
  void whenReady(Runnable task);

  /** Does in the session's thread what can be done without waiting; then as {@link #isReady}. */
  default boolean goesOn() {
    return isReady();
  }

  /** The answer; waits as long as that takes. Gives the same answer when called again. */
  T await();

  /**
   * The answer is not wanted any more: what it would have let run will not. Does nothing once
   * {@link #await} has given it.
   */
  default void drop(String why) {}

  /**
   * What is made of the answer later on, once it is there: in the session's thread, at once where
   * it is there already.
   */
  default <R> Awaited<R> thenAwait(Function<T, Awaited<R>> use) {
    return isReady() ? use.apply(await()) : new AwaitedTwice<>(this, use);
  }

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
      public boolean goesOn() {
        return first.goesOn();
      }

      @Override
      public void drop(String why) {
        if (made == null) {
          first.drop(why);
        }
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
