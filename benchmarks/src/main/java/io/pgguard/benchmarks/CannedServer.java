package io.pgguard.benchmarks;

import io.pgguard.pgwire.message.Bytes;
import io.pgguard.pgwire.message.CommandComplete;
import io.pgguard.pgwire.message.DataRow;
import io.pgguard.pgwire.message.Message;
import io.pgguard.pgwire.message.ReadyForQuery;
import io.pgguard.pgwire.message.RowDescription;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Answers each message as PostgreSQL answers a point select of one column of the benchmark's
 * customers, and Guard's question about the catalog. Not thread-safe.
 */
final class CannedServer {
  /** How Guard calls its question about the catalog. */
  private static final byte[] QUESTION = "guard_catalog".getBytes(StandardCharsets.US_ASCII);

  private static final byte[] PARSED = {'1', 0, 0, 0, 4};
  private static final byte[] BOUND = {'2', 0, 0, 0, 4};
  private static final byte[] CLOSED = {'3', 0, 0, 0, 4};

  private final byte[] described;
  private final byte[] row = rows("Oslo");
  private final byte[] state;
  private final byte[] ready = new ReadyForQuery('I').toByteArray();
  private final ByteArrayOutputStream answers = new ByteArrayOutputStream();

  CannedServer(BenchmarkDatabase database) {
    try (Connection connection = database.connect(false);
        Statement statement = connection.createStatement();
        ResultSet result =
            statement.executeQuery("SELECT 'customers'::regclass::oid, pg_current_snapshot()")) {
      result.next();
      described =
          new RowDescription(
                  List.of(
                      new RowDescription.Field(
                          "city", result.getInt(1), (short) 5, 25, (short) -1, -1, (short) 0)))
              .toByteArray();
      state = rows(result.getString(2), null, "read committed");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] rows(@Nullable String... values) {
    byte[] @Nullable [] row = new byte[values.length][];
    for (int i = 0; i < values.length; i++) {
      String value = values[i];
      row[i] = value == null ? null : value.getBytes(StandardCharsets.UTF_8);
    }
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (Message message : List.of(new DataRow(row), new CommandComplete("SELECT 1"))) {
      all.writeBytes(message.toByteArray());
    }
    return all.toByteArray();
  }

  /** Takes whole messages. */
  void takes(byte[] bytes, int offset, int length) {
    int at = offset;
    while (at < offset + length) {
      int next = at + 1 + Bytes.int32(bytes, at + 1);
      switch (bytes[at]) {
        case 'P' -> answers.writeBytes(PARSED);
        case 'B' -> answers.writeBytes(BOUND);
        case 'C' -> answers.writeBytes(CLOSED);
        case 'D' -> answers.writeBytes(described);
        case 'E' -> answers.writeBytes(asks(bytes, at + 5) ? state : row);
        case 'S' -> answers.writeBytes(ready);
        case 'H' -> {} // everything is answered at once
        default -> throw new IllegalStateException("no answer to " + (char) bytes[at]);
      }
      at = next;
    }
  }

  private static boolean asks(byte[] bytes, int at) {
    for (int i = 0; i < QUESTION.length; i++) {
      if (bytes[at + i] != QUESTION[i]) {
        return false;
      }
    }
    return true;
  }

  /** What it has answered since the last call. */
  byte[] answers() {
    byte[] all = answers.toByteArray();
    answers.reset();
    return all;
  }
}
