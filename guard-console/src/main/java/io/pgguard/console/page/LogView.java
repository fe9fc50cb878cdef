package io.pgguard.console.page;

import io.pgguard.audit.Verification;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the audit log stands.
 *
 * @param directory where it is
 * @param segments its files
 * @param checkpoints the last of its checkpoints' lines, the latest first
 * @param outcome what the last verification came to, or null where there was none yet
 * @param verifiedAt when that ended
 * @param running whether one is under way
 */
public record LogView(
    String directory,
    List<Segment> segments,
    List<String> checkpoints,
    @Nullable Verification outcome,
    @Nullable Instant verifiedAt,
    boolean running) {
  public LogView {
    segments = List.copyOf(segments);
    checkpoints = List.copyOf(checkpoints);
  }

  /** One of its files. */
  public record Segment(String name, long bytes, Instant changed) {}

  /** Whether the last verification found it as it was written. */
  public boolean sound() {
    return outcome instanceof Verification.Verified;
  }
}
