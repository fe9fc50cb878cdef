package io.pgguard.pgwire.session;

import io.pgguard.pgwire.message.CommandComplete;
import io.pgguard.pgwire.message.CopyData;
import io.pgguard.pgwire.message.CopyDone;
import io.pgguard.pgwire.message.CopyOutResponse;
import io.pgguard.pgwire.message.DataRow;
import io.pgguard.pgwire.message.Message;
import io.pgguard.pgwire.message.MessageWriter;
import io.pgguard.pgwire.message.NoticeResponse;
import io.pgguard.pgwire.message.NotificationResponse;
import io.pgguard.pgwire.message.ParameterStatus;
import io.pgguard.pgwire.message.RowDescription;
import io.pgguard.pgwire.message.RowDescription.Field;
import io.pgguard.session.ServerMessage;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** What the texts of {@link FuzzedClient} bring; every value but the first column is protected. */
final class StandInResults {
  /** A byte that no encoded text holds, and that nothing but protected values consists of. */
  static final byte CANARY = (byte) 0xf7;

  /** The same where only text fits: nothing else has a letter of this script. */
  static final String SECRET = "\u3042\u3042\u3042";

  private static final byte[] VALUE = {CANARY, CANARY, CANARY, CANARY, CANARY, CANARY};
  private static final byte[] LINE = {'1', '\t', CANARY, CANARY, CANARY, '\n'};

  private final MessageWriter out;

  StandInResults(MessageWriter out) {
    this.out = out;
  }

  static boolean known(String text) {
    return text.isBlank() || StandInResults.rows(text) > 0 || !tag(text, 0).isEmpty();
  }

  static boolean copiesIn(String text) {
    return text.startsWith("COPY") && text.contains("STDIN");
  }

  static int rows(String text) {
    if (text.startsWith("SELECT") || text.startsWith("EXECUTE")) {
      return 3;
    }
    return text.startsWith("FETCH") || text.contains("RETURNING") ? 1 : 0;
  }

  /** The state of the transaction behind a text. */
  static char after(String text, char before) {
    return switch (text) {
      case "BEGIN" -> before == 'I' ? 'T' : before;
      case "COMMIT", "ROLLBACK" -> 'I';
      default -> before;
    };
  }

  private static String tag(String text, int rows) {
    int space = text.indexOf(' ');
    String word = space < 0 ? text : text.substring(0, space);
    return switch (word) {
      case "SELECT", "FETCH", "COPY" -> word + " " + rows;
      case "EXECUTE" -> "SELECT " + rows;
      case "INSERT" -> "INSERT 0 1";
      case "BEGIN",
          "COMMIT",
          "ROLLBACK",
          "SET",
          "DO",
          "NOTIFY",
          "DECLARE",
          "CLOSE",
          "PREPARE",
          "DEALLOCATE",
          "FAIL" ->
          word;
      default -> "";
    };
  }

  /** An error that ends the session. */
  static ServerMessage fatal() {
    return new ServerMessage(Map.of('S', "FATAL", 'V', "FATAL", 'C', "08P01", 'M', SECRET));
  }

  void columns(String text) {
    String second = text.contains("withheld") ? "withheld" : "ssn";
    say(new RowDescription(List.of(field("id"), field(second))));
  }

  private static Field field(String name) {
    return new Field(name, 16384, (short) 1, 25, (short) -1, -1, (short) 0);
  }

  void row(int number) {
    byte[] id = Integer.toString(number).getBytes(StandardCharsets.UTF_8);
    say(new DataRow(new byte[][] {id, VALUE}));
  }

  void end(String text, int rows) {
    if (text.startsWith("COPY")) {
      say(new CopyOutResponse(false, new short[2]));
      say(new CopyData(LINE));
      say(new CopyDone());
    } else if (text.startsWith("DO")) {
      say(new NoticeResponse(ServerMessage.error("00000", SECRET, SECRET, SECRET)));
    } else if (text.startsWith("NOTIFY")) {
      say(new NotificationResponse(7, "ch", SECRET));
    } else if (text.startsWith("SET")) {
      say(new ParameterStatus("application_name", SECRET));
    }
    say(new CommandComplete(tag(text, rows)));
  }

  private void say(Message message) {
    message.encode(out);
  }
}
