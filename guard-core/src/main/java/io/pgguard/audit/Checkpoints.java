package io.pgguard.audit;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The file of checkpoints beside a log. */
final class Checkpoints {
  private Checkpoints() {}

  /** The lines of the file; a last one that a crash left unfinished counts for nothing. */
  static List<String> lines(Path directory) throws IOException {
    Path file = directory.resolve(Segments.CHECKPOINTS);
    if (!Files.exists(file)) {
      return List.of();
    }
    // ISO 8859-1 takes every byte: damage shows as a line that does not parse, with its place.
    String text = Files.readString(file, StandardCharsets.ISO_8859_1);
    return text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
  }

  /** Appends one, durably. */
  static void append(Path directory, Checkpoint checkpoint, @Nullable PrivateKey key)
      throws IOException {
    byte[] line;
    try {
      line = (checkpoint.line(key) + "\n").getBytes(StandardCharsets.UTF_8);
    } catch (GeneralSecurityException e) {
      throw new IOException("the checkpoint could not be signed; give an Ed25519 key", e);
    }
    Path file = directory.resolve(Segments.CHECKPOINTS);
    // Not a FileChannel: an interrupt of the thread would close it.
    try (RandomAccessFile opened = new RandomAccessFile(file.toFile(), "rw")) {
      long end = wholeLines(opened);
      opened.setLength(end);
      opened.seek(end);
      opened.write(line);
      opened.getFD().sync();
    }
  }

  /** Where the last whole line ends. */
  private static long wholeLines(RandomAccessFile file) throws IOException {
    for (long end = file.length(); end > 0; end--) {
      file.seek(end - 1);
      if (file.read() == '\n') {
        return end;
      }
    }
    return 0;
  }
}
