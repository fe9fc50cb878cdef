package io.pgguard.cli;

import io.pgguard.GuardConfig;
import io.pgguard.GuardConfigException;
import io.pgguard.proxy.Proxy;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads accounts, keys and the certificate of a proxy anew. One thread's. */
final class Reloads {
  private static final Logger LOG = LoggerFactory.getLogger(Reloads.class);

  private final Proxy proxy;
  private final Path file;
  private WatchedFiles watched;

  /**
   * @param watched what the start has read, looked at before it did
   */
  Reloads(Proxy proxy, Path file, WatchedFiles watched) {
    this.proxy = proxy;
    this.file = file;
    this.watched = watched;
  }

  static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "guard-reload");
    thread.setDaemon(true);
    return thread;
  }

  /** Reloads where a file has changed. */
  void ifChanged() {
    if (watched.changed()) {
      now();
    }
  }

  /** What cannot be used leaves all as it was, and is tried again once a file changes. */
  void now() {
    try {
      WatchedFiles next = WatchedFiles.of(file); // looked at before they are read
      proxy.reload(GuardConfig.read(file));
      watched = next;
    } catch (GuardConfigException e) {
      LOG.error("nothing was read anew: {}", e.getMessage());
    } catch (RuntimeException e) { // of which the next look must not die
      LOG.error("nothing was read anew", e);
    }
  }
}
