package io.pgguard.session;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * An answer behind two waits, of which the second begins when the first is over: in the session's
 * thread, since what is between them touches the session.
 */
final class AwaitedTwice<T, R> implements Awaited<R> {
  private final Awaited<T> first;
  private final Function<T, Awaited<R>> use;
  private volatile @Nullable Awaited<R> second;

  AwaitedTwice(Awaited<T> first, Function<T, Awaited<R>> use) {
    this.first = first;
    this.use = use;
  }

  @Override
  public boolean isReady() {
    Awaited<R> begun = second;
    return begun != null && begun.isReady();
  }

  @Override
  public void whenReady(Runnable task) {
    Awaited<R> begun = second;
    (begun == null ? first : begun).whenReady(task);
  }

  @Override
  public boolean goesOn() {
    if (second == null && !first.goesOn()) {
      return false;
    }
    return second().goesOn();
  }

  private Awaited<R> second() {
    Awaited<R> begun = second;
    if (begun == null) {
      begun = use.apply(first.await());
      second = begun;
    }
    return begun;
  }

  @Override
  public void drop(String why) {
    Awaited<R> begun = second;
    if (begun == null) {
      first.drop(why);
    } else {
      begun.drop(why);
    }
  }

  @Override
  public R await() {
    return second().await();
  }
}
