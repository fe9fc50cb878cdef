package io.pgguard.identity;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who and what is revoked: a file with a line {@code subject NAME} or {@code token ID} each, read
 * again when it changes. Empty lines and those that begin with # do not count. Where it cannot be
 * read any more, or a line is none of these, what was read last goes on to count. Thread-safe.
 */
public final class DenyList implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DenyList.class);
  private static final String SUBJECT = "subject ";
  private static final String TOKEN = "token ";
  private static final long LOOK_MILLIS = 1000;

  private final @Nullable Path file;
  private @Nullable ScheduledExecutorService looking;
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
  private volatile Read read;
  private @Nullable String told;

  private record Read(
      Set<String> subjects, Set<String> tokens, @Nullable FileTime changed, long size) {}

  private DenyList(@Nullable Path file, Read read) {
    this.file = file;
    this.read = read;
  }

  /** One that denies nobody. */
  public static DenyList none() {
    return new DenyList(null, new Read(Set.of(), Set.of(), null, 0));
  }

  /**
   * Reads a file.
   *
   * @throws IOException when it cannot be read, or a line is not as it must be
   */
  public static DenyList read(Path file) throws IOException {
    return new DenyList(file, lines(file));
  }

  /** Looks at the file every second from now on, until it is closed. */
  public synchronized void start() {
    if (file == null || looking != null) {
      return;
    }
    ScheduledExecutorService started =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "guard-deny-list");
              thread.setDaemon(true);
              return thread;
            });
    looking = started;
    var unused =
        started.scheduleWithFixedDelay(this::look, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
  }

  private static Read lines(Path file) throws IOException {
    FileTime changed = Files.getLastModifiedTime(file);
    Set<String> subjects = new HashSet<>();
    Set<String> tokens = new HashSet<>();
    List<String> lines = Files.readAllLines(file);
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      if (line.startsWith(SUBJECT)) {
        subjects.add(line.substring(SUBJECT.length()).strip());
      } else if (line.startsWith(TOKEN)) {
        tokens.add(line.substring(TOKEN.length()).strip());
      } else if (!line.isEmpty() && !line.startsWith("#")) {
        throw new IOException(
            file + ":" + (i + 1) + ": a line is 'subject NAME' or 'token ID', or begins with #");
      }
    }
    return new Read(Set.copyOf(subjects), Set.copyOf(tokens), changed, Files.size(file));
  }

  /** Whether a principal, the person or service of it, or its token is revoked. */
  public boolean denies(Principal principal) {
    Read now = read;
    String id = principal.proof().tokenId();
    return id != null && now.tokens().contains(id)
        || !now.subjects().isEmpty()
            && (now.subjects().contains(principal.subject())
                || named(now, principal.person())
                || named(now, principal.service()));
  }

  private static boolean named(Read now, @Nullable String name) {
    return name != null && now.subjects().contains(name);
  }

  /**
   * Hears of every change, once it counts.
   *
   * @param listener must neither wait nor throw
   */
  public void onChange(Runnable listener) {
    listeners.add(listener);
  }

  /** Looks whether the file has changed. */
  void look() {
    Path looked = file;
    if (looked == null) {
      return;
    }
    try {
      Read before = read;
      if (Files.getLastModifiedTime(looked).equals(before.changed())
          && Files.size(looked) == before.size()) {
        return;
      }
      read = lines(looked);
      told = null;
      listeners.forEach(Runnable::run);
    } catch (IOException e) {
      String what = String.valueOf(e);
      if (!what.equals(told)) {
        told = what;
        LOG.error("the deny-list cannot be read; what it said before goes on to count", e);
      }
    }
  }

  /** Looks no more. Idempotent. */
  @Override
  public synchronized void close() {
    if (looking != null) {
      looking.shutdownNow();
    }
  }
}
