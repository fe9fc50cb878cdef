package io.pgguard.console.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Follows an audit log from its first line, and goes on where it stopped. It believes what it
 * reads: whether the log is as it was written is verified elsewhere. Not thread-safe.
 */
final class LogTail {
  private static final int BUFFER = 1 << 20;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path directory;
  private @Nullable Path segment;
  private long offset;

  LogTail(Path directory) {
    this.directory = directory;
  }

  /** Gives every whole line's event that was not given before. */
  void read(Consumer<JsonNode> events) throws IOException {
    List<Path> segments = segments();
    Path before = segment;
    for (Path each : segments) {
      if (before != null && each.compareTo(before) < 0) {
        continue;
      }
      if (!each.equals(segment)) {
        segment = each;
        offset = 0;
      }
      readSegment(each, events);
    }
  }

  private List<Path> segments() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .filter(file -> file.getFileName().toString().matches("audit-\\d{12}\\.jsonl"))
          .sorted()
          .toList();
    }
  }

  private void readSegment(Path file, Consumer<JsonNode> events) throws IOException {
    byte[] held = new byte[0];
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
      long at = offset;
      for (int n = channel.read(buffer, at); n > 0; n = channel.read(buffer, at)) {
        at += n;
        byte[] bytes = Arrays.copyOf(held, held.length + n);
        buffer.flip().get(bytes, held.length, n);
        buffer.clear();
        int from = 0;
        for (int i = held.length; i < bytes.length; i++) {
          if (bytes[i] == '\n') {
            line(bytes, from, i - from, events);
            from = i + 1;
          }
        }
        offset += from;
        held = Arrays.copyOfRange(bytes, from, bytes.length);
      }
    }
  }

  private static void line(byte[] bytes, int from, int length, Consumer<JsonNode> events)
      throws IOException {
    JsonNode event = JSON.readTree(bytes, from, length).path("event");
    if (event.isObject()) {
      events.accept(event);
    }
  }
}
