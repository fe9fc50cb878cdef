package io.pgguard.recording;

import io.pgguard.identity.Principal;
import java.nio.file.Path;

/** Records each session in a file {@code <session>.rec} of one directory. Thread-safe. */
public final class FileRecorder implements Recorder {
  private final Path directory;
  private final RecordingSettings settings;

  private FileRecorder(Path directory, RecordingSettings settings) {
    this.directory = directory;
    this.settings = settings;
  }

  /**
   * A recorder over a directory, which is made where it is missing.
   *
   * @throws io.pgguard.audit.AuditUnavailableException when it cannot be made or written to
   */
  public static FileRecorder open(Path directory, RecordingSettings settings) {
    return new FileRecorder(directory, settings);
  }

  @Override
  public SessionRecorder open(String session, Principal principal, String database) {
    throw new UnsupportedOperationException(directory + " " + settings);
  }
}
