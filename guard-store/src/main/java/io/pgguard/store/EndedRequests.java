package io.pgguard.store;

import io.pgguard.approval.ApprovalStoreException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;

/**
 * The requests that were used, refused or revoked, kept beside an embedded database: H2 was seen to
 * lose the last commits that it had answered when its process was killed. One line for each, forced
 * to disk before the database commits: the request's id, when it ends for good in microseconds
 * since 1970, and the CRC-32 of both. A last line that was not written whole tells of a step that
 * was not answered, and counts for nothing. Thread-safe.
 */
final class EndedRequests implements AutoCloseable {
  private static final String NAME = "ended.log";

  /** How long after its end one is still kept: a clock may be set back. */
  private static final long SLACK_MICROS = Duration.ofDays(7).toNanos() / 1_000;

  private final Path file;
  private final FileChannel channel;

  /** Where the next line begins: behind the last that is whole. */
  private long end;

  private EndedRequests(Path file, FileChannel channel, long end) {
    this.file = file;
    this.channel = channel;
    this.end = end;
  }

  /** What is in a directory; what is over is forgotten. */
  static Map<String, Long> read(Path directory, long nowMicros) throws IOException {
    Map<String, Long> ended = new LinkedHashMap<>();
    Path file = directory.resolve(NAME);
    if (Files.exists(file)) {
      for (String line : Files.readString(file, StandardCharsets.ISO_8859_1).split("\n", -1)) {
        String[] words = line.split(" ", -1);
        if (words.length == 3 && line.equals(line(words[0], words[1]))) {
          ended.put(words[0], Long.valueOf(words[1]));
        }
      }
      ended.values().removeIf(until -> until < nowMicros - SLACK_MICROS);
    }
    return ended;
  }

  /** Begins a file anew with what is still needed of the one before. */
  static EndedRequests begin(Path directory, Map<String, Long> ended) throws IOException {
    Path fresh = directory.resolve(NAME + ".new");
    StringBuilder lines = new StringBuilder();
    ended.forEach((id, until) -> lines.append(line(id, Long.toString(until))).append('\n'));
    byte[] bytes = lines.toString().getBytes(StandardCharsets.ISO_8859_1);
    try (FileChannel out =
        FileChannel.open(
            fresh,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      write(out, bytes, 0);
    }
    Path file = directory.resolve(NAME);
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    return new EndedRequests(file, FileChannel.open(file, StandardOpenOption.WRITE), bytes.length);
  }

  /**
   * Adds one; it is on disk when this returns.
   *
   * @throws ApprovalStoreException when it cannot be written; then the step must not be taken
   */
  synchronized void add(String id, long untilMicros) {
    byte[] bytes =
        (line(id, Long.toString(untilMicros)) + '\n').getBytes(StandardCharsets.ISO_8859_1);
    try {
      write(channel, bytes, end);
      end += bytes.length;
    } catch (IOException e) {
      throw new ApprovalStoreException(
          "the approvals could not be kept in " + file + ": " + e.getMessage());
    }
  }

  private static void write(FileChannel channel, byte[] bytes, long at) throws IOException {
    ByteBuffer left = ByteBuffer.wrap(bytes);
    while (left.hasRemaining()) {
      channel.write(left, at + left.position());
    }
    channel.force(true);
  }

  private static String line(String id, String until) {
    String text = id + " " + until;
    CRC32 sum = new CRC32();
    sum.update(text.getBytes(StandardCharsets.ISO_8859_1));
    return text + " " + Long.toHexString(sum.getValue());
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new ApprovalStoreException(file + " could not be closed: " + e.getMessage());
    }
  }
}
