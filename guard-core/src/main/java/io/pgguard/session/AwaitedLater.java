package io.pgguard.session;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * An answer behind a wait. The wait runs in the thread that awaits the answer, or in a worker where
 * somebody wants to be told; what follows it runs in the session's thread, since it touches the
 * session.
 */
final class AwaitedLater<T> implements Awaited<T> {
  /** Threads that wait for people; as many as there are statements held, which approvals bound. */
  private static final ExecutorService WAITERS =
      Executors.newCachedThreadPool(
          task -> {
            Thread thread = new Thread(task, "guard-waits");
            thread.setDaemon(true);
            return thread;
          });

  private final Runnable wait;
  private final Supplier<T> then;
  private @Nullable CompletableFuture<Void> waited;
  private @Nullable T answer;

  /**
   * @param wait returns when the answer can be made; touches nothing of the session
   * @param then makes the answer without waiting
   */
  AwaitedLater(Runnable wait, Supplier<T> then) {
    this.wait = wait;
    this.then = then;
  }

  @Override
  public synchronized boolean isReady() {
    return waited != null && waited.isDone();
  }

  @Override
  public void whenReady(Runnable task) {
    CompletableFuture<Void> end;
    synchronized (this) {
      if (waited == null) {
        waited = CompletableFuture.runAsync(wait, WAITERS);
      }
      end = waited;
    }
    end.whenComplete((nothing, failure) -> task.run()).exceptionally(failure -> null);
  }

  @Override
  public T await() {
    T known = answer;
    if (known == null) {
      CompletableFuture<Void> end;
      boolean mine = false;
      synchronized (this) {
        if (waited == null) {
          waited = new CompletableFuture<>();
          mine = true;
        }
        end = waited;
      }
      if (mine) {
        waitHere(end);
      }
      end.join();
      known = then.get();
      answer = known;
    }
    return known;
  }

  private void waitHere(CompletableFuture<Void> end) {
    try {
      wait.run();
      end.complete(null);
    } catch (RuntimeException e) {
      end.completeExceptionally(e);
    }
  }
}
