package io.pgguard.jdbc.internal;

import io.pgguard.Guard;
import io.pgguard.GuardConfig;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * One Guard for each configuration file: its approvals, audit log and catalog are shared by all
 * connections.
 */
public final class Guards {
  private static final Map<Path, Guard> OPEN = new ConcurrentHashMap<>();

  private Guards() {}

  /** The Guard of a configuration file, opened at the first call and anew after it was closed. */
  public static Guard of(Path config) {
    Path file = config.toAbsolutePath().normalize();
    return OPEN.compute(
        file,
        (path, open) ->
            open == null || open.isClosed() ? Guard.open(GuardConfig.read(path)) : open);
  }
}
