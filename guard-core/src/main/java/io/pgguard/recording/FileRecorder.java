package io.pgguard.recording;

import io.pgguard.audit.AuditUnavailableException;
import io.pgguard.identity.Principal;
import io.pgguard.internal.storage.FileProblem;
import io.pgguard.internal.storage.PrivateDirectory;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** Records each session in a file {@code <session>.rec} of one directory. Thread-safe. */
public final class FileRecorder implements Recorder {
  private static final Pattern SESSION = Pattern.compile("[A-Za-z0-9_-]{1,128}");

  private final Path directory;
  private final RecordingSettings settings;

  private FileRecorder(Path directory, RecordingSettings settings) {
    this.directory = directory;
    this.settings = settings;
  }

  /**
   * A recorder over a directory, which is made where it is missing.
   *
   * @throws AuditUnavailableException when it cannot be made or written to
   */
  public static FileRecorder open(Path directory, RecordingSettings settings) {
    try {
      PrivateDirectory.create(directory);
      if (!Files.isWritable(directory)) {
        throw new AccessDeniedException(directory.toString());
      }
    } catch (IOException e) {
      throw unavailable(directory, e);
    }
    return new FileRecorder(directory, settings);
  }

  @Override
  public SessionRecorder open(String session, Principal principal, String database) {
    Path path = file(session);
    try {
      FileSessionRecorder recorder = new FileSessionRecorder(new RecordingFile(path), settings);
      recorder.opened(session, principal, database);
      return recorder;
    } catch (IOException e) {
      throw unavailable(path, e);
    }
  }

  /** Where a session's recording is. */
  public Path file(String session) {
    if (!SESSION.matcher(session).matches()) {
      throw new IllegalArgumentException(
          "a session's id is made of letters, digits, - and _, not: " + session);
    }
    return directory.resolve(session + ".rec");
  }

  private static AuditUnavailableException unavailable(Path path, IOException e) {
    return new AuditUnavailableException(
        "Sessions cannot be recorded in "
            + path
            + ": "
            + FileProblem.of(path, e)
            + ". Give Guard a directory that it may write.",
        e);
  }
}
