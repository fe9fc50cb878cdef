package io.pgguard.audit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pgguard.audit.Verification.Broken;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Consumer;

/** Reads a log's entries in order and verifies the chain on the way. Thread-safe. */
public final class LogReader {
  private static final ObjectMapper JSON = new ObjectMapper();

  private LogReader() {}

  /**
   * An entry as it stands in the log. Immutable as long as nobody changes the event's tree.
   *
   * @param seq its number
   * @param hash its hash
   * @param event the event; its {@code type} names the record that it was
   */
  public record Entry(long seq, String hash, JsonNode event) {}

  /**
   * Reads all entries.
   *
   * @throws IOException when the log cannot be read or its chain breaks; entries before the break
   *     have been given to the consumer
   */
  public static void read(Path directory, Consumer<Entry> consumer) throws IOException {
    Chain chain = new Chain();
    for (Path segment : Segments.list(directory)) {
      Broken broken =
          chain.follow(
              segment,
              (line, place) -> {
                if (!line.isHeader()) {
                  int length = line.eventEnd() - line.eventAt();
                  JsonNode event = JSON.readTree(place.buffer(), line.eventAt(), length);
                  consumer.accept(new Entry(line.seq(), line.hash(), event));
                }
              });
      if (broken != null) {
        throw new IOException("the audit log is " + broken);
      }
    }
  }
}
