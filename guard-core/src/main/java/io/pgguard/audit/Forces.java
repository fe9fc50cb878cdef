package io.pgguard.audit;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes entries durable: one force serves all that wait for it, threads and tasks alike. After a
 * failed one no entry becomes durable any more. Thread-safe.
 */
final class Forces {
  private static final Logger LOG = LoggerFactory.getLogger(Forces.class);

  private final SegmentWriter writer;
  private final Executor background;
  private final Function<IOException, AuditUnavailableException> problem;
  private final Object lock = new Object();
  private volatile @Nullable AuditUnavailableException failure;
  private List<Waiting> waiting = new ArrayList<>();
  private boolean ended;

  /** Who is told once an entry is on disk, or never will be. */
  private record Waiting(long seq, Runnable task) {}

  /**
   * @param background one thread; what it was given last may be dropped once {@link #end} is to
   *     follow
   * @param problem says what went wrong
   */
  Forces(
      SegmentWriter writer,
      Executor background,
      Function<IOException, AuditUnavailableException> problem) {
    this.writer = writer;
    this.background = background;
    this.problem = problem;
  }

  /** Why nothing becomes durable any more; null while it may. */
  @Nullable AuditUnavailableException failure() {
    return failure;
  }

  /** After a failed force the system may have dropped what it held: nothing more may follow. */
  AuditUnavailableException fail(IOException e) {
    AuditUnavailableException failed = problem.apply(e);
    failure = failed;
    return failed;
  }

  /** An entry that is to be forced. */
  Forcing of(AuditLog.Appended entry) {
    return new OnItsWay(entry);
  }

  private final class OnItsWay implements Forcing {
    private final AuditLog.Appended appended;

    OnItsWay(AuditLog.Appended appended) {
      this.appended = appended;
    }

    @Override
    public AuditLog.Appended appended() {
      return appended;
    }

    @Override
    public boolean isOver() {
      return Forces.this.isOver(appended.seq());
    }

    @Override
    public void whenOver(Runnable task) {
      Forces.this.whenOver(appended.seq(), task);
    }

    @Override
    public void await() {
      force(appended.seq());
    }
  }

  /** Returns when entries up to a number are on disk. */
  void force(long seq) {
    try {
      AuditUnavailableException failed = failure;
      if (failed != null && writer.forced() < seq) {
        throw new AuditUnavailableException(String.valueOf(failed.getMessage()), failed);
      }
      writer.force(seq);
    } catch (IOException e) {
      throw fail(e);
    }
  }

  private boolean isOver(long seq) {
    return writer.forced() >= seq || failure != null;
  }

  private void whenOver(long seq, Runnable task) {
    synchronized (lock) {
      if (!ended && !isOver(seq)) {
        waiting.add(new Waiting(seq, task));
        if (waiting.size() == 1) {
          forceSoon();
        }
        return;
      }
    }
    task.run();
  }

  private void forceSoon() {
    try {
      background.execute(this::forceWaiting);
    } catch (RejectedExecutionException closing) {
      LOG.debug("the audit log is closing, which forces what is left", closing);
    }
  }

  private void forceWaiting() {
    try {
      force(writer.written());
    } catch (AuditUnavailableException e) {
      LOG.error("{}", e.getMessage()); // and each that waits is told
    } catch (RuntimeException | Error e) {
      LOG.error("the audit log failed and takes no more entries", e);
      fail(new IOException(e)); // nobody may be left waiting
    }
    tell(false);
  }

  /** Nothing is forced from now on: tells all that wait. */
  void end() {
    tell(true);
  }

  private void tell(boolean last) {
    List<Waiting> over = new ArrayList<>();
    synchronized (lock) {
      ended |= last;
      List<Waiting> left = new ArrayList<>();
      for (Waiting one : waiting) {
        (ended || isOver(one.seq()) ? over : left).add(one);
      }
      waiting = left;
      if (!left.isEmpty()) {
        forceSoon();
      }
    }
    for (Waiting one : over) {
      try {
        one.task().run();
      } catch (RuntimeException e) {
        LOG.error("who waits for the audit log could not be told", e);
      }
    }
  }
}
