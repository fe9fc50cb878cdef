package io.pgguard.audit;

import io.pgguard.audit.AuditEvent.LogRecovered;
import io.pgguard.audit.AuditEvent.SessionLost;
import io.pgguard.audit.AuditSettings.Durability;
import io.pgguard.internal.storage.FileProblem;
import io.pgguard.internal.storage.PrivateDirectory;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An audit log in segment files of one directory; docs/audit.md tells their format. Thread-safe:
 * events are encoded by their own threads, lines are chained and written under one lock, and
 * appenders that wait for the disk share one force.
 */
public final class FileAuditLog implements AuditLog {
  private static final Logger LOG = LoggerFactory.getLogger(FileAuditLog.class);
  private static final long SETTLE_MILLIS = 50;
  private static final int KEPT_BUFFER = 256 * 1024;
  private static final ThreadLocal<JsonLine> BUFFER =
      ThreadLocal.withInitial(() -> new JsonLine(4096));

  private final Path directory;
  private final AuditSettings settings;
  private final DirectoryLock directoryLock;
  private final SegmentWriter writer;
  private final ReentrantLock writing = new ReentrantLock();
  private final AtomicBoolean settling = new AtomicBoolean();
  private final ScheduledThreadPoolExecutor background;
  private final Forces forces;
  private int sinceCheckpoint;
  private boolean closed;

  private FileAuditLog(
      Path directory, AuditSettings settings, DirectoryLock directoryLock, SegmentWriter writer) {
    this.directory = directory;
    this.settings = settings;
    this.directoryLock = directoryLock;
    this.writer = writer;
    sinceCheckpoint = settings.checkpointEvery();
    background =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread thread = new Thread(task, "guard-audit");
              thread.setDaemon(true);
              return thread;
            });
    background.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    forces =
        new Forces(
            writer,
            background,
            e ->
                unavailable(
                    "could not be forced to disk and takes no entry until it is opened anew", e));
  }

  /**
   * Opens the log, or begins one where the directory holds none. A last line that a crash left
   * unfinished is cut off, kept in a file of its own, and told of in the log, as are the sessions
   * that were open when the process before ended.
   *
   * @throws AuditUnavailableException when another process has it open, when it is damaged anywhere
   *     but at its very end, or when it cannot be read or written
   */
  public static FileAuditLog open(Path directory, AuditSettings settings) {
    DirectoryLock lock = null;
    try {
      PrivateDirectory.create(directory);
      lock = DirectoryLock.take(directory);
      LogOpening opening = LogOpening.read(directory, settings.verifyWhole());
      SegmentWriter writer = new SegmentWriter(directory, settings, opening);
      FileAuditLog log = new FileAuditLog(directory, settings, lock, writer);
      lock = null;
      log.tell(opening);
      return log;
    } catch (IOException e) {
      throw new AuditUnavailableException(
          "The audit log in "
              + directory
              + " cannot be opened: "
              + FileProblem.of(directory, e)
              + ". Give Guard a directory that it may read and write.",
          e);
    } finally {
      release(lock);
    }
  }

  private void tell(LogOpening opening) {
    LogRecovered recovered = opening.recovered();
    try {
      if (recovered != null) {
        append(recovered, Announces.EFFECT);
      }
      opening
          .open()
          .forEach(
              (session, seq) ->
                  append(new SessionLost(session, Instant.now(), seq), Announces.NOTHING));
    } catch (AuditUnavailableException e) {
      close();
      throw e;
    }
  }

  @Override
  public Forcing begin(AuditEvent event, Announces announces) {
    JsonLine line = BUFFER.get();
    line.reset(LineFormat.FRONT);
    EventEncoder.write(event, line);
    Appended appended = write(line);
    if (line.bytes().length > KEPT_BUFFER) {
      BUFFER.remove();
    }
    return mustForce(announces) ? forces.of(appended) : new Forcing.Over(appended);
  }

  private Appended write(JsonLine line) {
    writing.lock();
    try {
      refuseIfUnusable();
      Appended appended = new Appended(writer.append(line), writer.hash());
      sinceCheckpoint++;
      if (settings.durability() == Durability.BALANCED || checkpointDue()) {
        settleSoon();
      }
      return appended;
    } catch (IOException e) {
      throw unavailable("cannot be written", e);
    } finally {
      writing.unlock();
    }
  }

  private boolean mustForce(Announces announces) {
    return switch (settings.durability()) {
      case STRICT -> true;
      case BALANCED -> announces == Announces.EFFECT;
      case OS -> false;
    };
  }

  @Override
  public boolean forcesAll() {
    return settings.durability() == Durability.STRICT;
  }

  private boolean checkpointDue() {
    return sinceCheckpoint >= settings.checkpointEvery();
  }

  private void settleSoon() {
    if (!settling.get() && settling.compareAndSet(false, true)) {
      try {
        background.schedule(this::settleOrFail, SETTLE_MILLIS, TimeUnit.MILLISECONDS);
      } catch (RejectedExecutionException closing) {
        settling.set(false); // close() forces what is left
      }
    }
  }

  /** Nobody waits for the background task, so what it throws must stop the next append. */
  private void settleOrFail() {
    try {
      settle();
    } catch (RuntimeException | Error e) {
      LOG.error("The audit log in {} failed and takes no more entries", directory, e);
      forces.fail(new IOException(e));
      throw e;
    }
  }

  /** Forces what was appended, and writes a checkpoint when one is due. */
  private void settle() {
    settling.set(false);
    Checkpoint checkpoint = null;
    long upTo;
    writing.lock();
    try {
      if (closed) {
        return;
      }
      upTo = writer.written();
      if (checkpointDue()) {
        checkpoint = writer.checkpoint();
        sinceCheckpoint = 0;
      }
    } finally {
      writing.unlock();
    }
    try {
      forces.force(upTo);
    } catch (AuditUnavailableException e) {
      LOG.error("{}", e.getMessage());
      return;
    }
    try {
      writer.writeCheckpoint(checkpoint);
    } catch (IOException e) {
      LOG.error("A checkpoint of the audit log in {} could not be written", directory, e);
    }
  }

  private void refuseIfUnusable() {
    if (closed) {
      throw new AuditUnavailableException("The audit log in " + directory + " is closed.", null);
    }
    AuditUnavailableException failed = forces.failure();
    if (failed != null) {
      throw new AuditUnavailableException(String.valueOf(failed.getMessage()), failed);
    }
  }

  private AuditUnavailableException unavailable(String what, IOException e) {
    return new AuditUnavailableException(
        "The audit log in "
            + directory
            + " "
            + what
            + ": "
            + FileProblem.of(directory, e)
            + ". Nothing runs unlogged; free the disk or mend the directory.",
        e);
  }

  @Override
  public void close() {
    writing.lock();
    try {
      if (closed) {
        return;
      }
      closed = true;
    } finally {
      writing.unlock();
    }
    awaitBackground(); // it must not touch the files once their lock is given back
    try {
      if (forces.failure() == null) {
        forces.force(writer.written());
        writer.writeCheckpoint(writer.checkpoint());
      }
    } catch (IOException e) {
      throw unavailable("could not be forced to disk on close", e);
    } finally {
      forces.end();
      closeFiles();
    }
  }

  private void awaitBackground() {
    background.shutdown();
    boolean interrupted = false;
    boolean ended = false;
    while (!ended) {
      try {
        ended = background.awaitTermination(1, TimeUnit.MINUTES);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void closeFiles() {
    try {
      writer.close();
    } catch (IOException e) {
      LOG.warn("The audit log in {} did not close cleanly", directory, e);
    }
    release(directoryLock);
  }

  private static void release(@Nullable DirectoryLock lock) {
    try {
      if (lock != null) {
        lock.close();
      }
    } catch (IOException e) {
      LOG.warn("The lock of an audit log was not given back", e);
    }
  }
}
