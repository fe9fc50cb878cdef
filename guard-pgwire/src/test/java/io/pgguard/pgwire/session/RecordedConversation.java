package io.pgguard.pgwire.session;

import io.pgguard.pgwire.codec.WireLimits;
import io.pgguard.pgwire.message.Bind;
import io.pgguard.pgwire.message.BindComplete;
import io.pgguard.pgwire.message.CommandComplete;
import io.pgguard.pgwire.message.CopyData;
import io.pgguard.pgwire.message.CopyDone;
import io.pgguard.pgwire.message.CopyInResponse;
import io.pgguard.pgwire.message.CopyOutResponse;
import io.pgguard.pgwire.message.DataRow;
import io.pgguard.pgwire.message.Describe;
import io.pgguard.pgwire.message.ErrorResponse;
import io.pgguard.pgwire.message.Execute;
import io.pgguard.pgwire.message.Message;
import io.pgguard.pgwire.message.MessageWriter;
import io.pgguard.pgwire.message.NoticeResponse;
import io.pgguard.pgwire.message.NotificationResponse;
import io.pgguard.pgwire.message.ParameterDescription;
import io.pgguard.pgwire.message.ParameterStatus;
import io.pgguard.pgwire.message.Parse;
import io.pgguard.pgwire.message.ParseComplete;
import io.pgguard.pgwire.message.PortalSuspended;
import io.pgguard.pgwire.message.Query;
import io.pgguard.pgwire.message.ReadyForQuery;
import io.pgguard.pgwire.message.RowDescription;
import io.pgguard.pgwire.message.RowDescription.Field;
import io.pgguard.pgwire.message.Sync;
import io.pgguard.session.ServerMessage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** What both ends of a varied conversation send, in turns; every row holds the canary. */
final class RecordedConversation {
  static final String CANARY = "CANARY-7731";

  /** One turn of one end. */
  record Turn(boolean client, byte[] bytes) {}

  final List<Turn> turns = new ArrayList<>();

  RecordedConversation() {
    Message error = new ErrorResponse(ServerMessage.error("42601", "syntax error", null, null));
    Message ready = new ReadyForQuery('I');
    Message[] rows = {row("1"), row("2")};
    client(new Query("SELECT id, ssn FROM people; SELECT ssn FROM people"));
    server(columns("id", "ssn"), rows[0], rows[1], done(2), columns("id", "ssn"), row("3"));
    server(done(1), ready);
    client(parse("s", "SELECT id, ssn FROM people"), new Describe('S', "s"), new Sync());
    server(new ParseComplete(), new ParameterDescription(new int[0]), columns("id", "ssn"), ready);
    client(bind("c", "s"), new Execute("c", 1), new Execute("c", 0), new Sync());
    server(new BindComplete(), rows[0], new PortalSuspended(), rows[1], done(1), ready);
    client(parse("", "SELECT id, ssn FROM t"), bind("", ""), new Execute("", 0));
    client(parse("", "SELECT forbidden"), new Sync());
    server(new ParseComplete(), new BindComplete(), columns("id", "ssn"), rows[0], done(1));
    server(new NoticeResponse(ServerMessage.error("00000", "note", null, null)), error, ready);
    client(new Query("COPY people TO STDOUT"));
    server(new CopyOutResponse(false, new short[2]), data(CANARY), new CopyDone(), done(1), ready);
    client(new Query("COPY people FROM STDIN"));
    server(new CopyInResponse(false, new short[2]));
    client(data("mine"), new CopyDone());
    server(done(1), new ParameterStatus("TimeZone", "UTC"), ready);
    server(new NotificationResponse(1, "ch", "payload"));
  }

  private static Message row(String id) {
    return new DataRow(new byte[][] {utf8(id), utf8(CANARY)});
  }

  private static Message done(int rows) {
    return new CommandComplete("SELECT " + rows);
  }

  private static Message data(String text) {
    return new CopyData(utf8(text + "\n"));
  }

  private static Message columns(String... names) {
    List<Field> fields = new ArrayList<>();
    for (String name : names) {
      fields.add(new Field(name, 16384, (short) 1, 25, (short) -1, -1, (short) 0));
    }
    return new RowDescription(fields);
  }

  private static Message parse(String name, String text) {
    return new Parse(name, text, new int[0]);
  }

  private static Message bind(String portal, String statement) {
    return new Bind(portal, statement, new short[0], new byte[0][], new short[0]);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private void client(Message... messages) {
    turns.add(new Turn(true, encode(messages)));
  }

  private void server(Message... messages) {
    turns.add(new Turn(false, encode(messages)));
  }

  private static byte[] encode(Message... messages) {
    MessageWriter out = new MessageWriter();
    for (Message message : messages) {
      message.encode(out);
    }
    return out.toByteArray();
  }

  /** What came out at both ends, and what the guard was told. */
  record Outcome(String toClient, String toServer, List<String> events, boolean closed) {}

  /** Plays turns; each is cut after so many bytes, or where it ends. */
  static Outcome play(List<Turn> turns, int[] cuts, ScriptedGuard guard) throws IOException {
    ByteArrayOutputStream toClient = new ByteArrayOutputStream();
    ByteArrayOutputStream toServer = new ByteArrayOutputStream();
    WireSession session =
        new WireSession(
            guard, WireLimits.DEFAULT, toClient::write, toServer::write, Canceller.NONE);
    for (Turn turn : turns) {
      int from = 0;
      for (int cut : cuts) {
        int to = Math.min(Math.max(cut, from), turn.bytes().length);
        feed(session, turn, from, to, guard.waits != null);
        from = to;
      }
      feed(session, turn, from, turn.bytes().length, guard.waits != null);
    }
    boolean closed = session.closed();
    session.close();
    return new Outcome(
        toClient.toString(StandardCharsets.ISO_8859_1),
        toServer.toString(StandardCharsets.ISO_8859_1),
        List.copyOf(guard.events),
        closed);
  }

  private static void feed(WireSession session, Turn turn, int from, int to, boolean atOnce)
      throws IOException {
    // a copy of its own, overwritten afterwards: nothing may refer to it any longer
    byte[] bytes = java.util.Arrays.copyOfRange(turn.bytes(), from, to);
    if (atOnce) {
      boolean whole =
          turn.client()
              ? session.clientAtOnce(bytes, 0, bytes.length)
              : session.serverAtOnce(bytes, 0, bytes.length);
      java.util.Arrays.fill(bytes, (byte) '!');
      if (!whole) {
        session.rest();
      }
    } else if (turn.client()) {
      session.client(bytes, 0, bytes.length);
    } else {
      session.server(bytes, 0, bytes.length);
    }
    java.util.Arrays.fill(bytes, (byte) '!');
  }
}
