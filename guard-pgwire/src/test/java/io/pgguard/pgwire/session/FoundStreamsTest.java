package io.pgguard.pgwire.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pgguard.pgwire.codec.WireLimits;
import io.pgguard.pgwire.message.Bind;
import io.pgguard.pgwire.message.CopyDone;
import io.pgguard.pgwire.message.Execute;
import io.pgguard.pgwire.message.Message;
import io.pgguard.pgwire.message.MessageWriter;
import io.pgguard.pgwire.message.Parse;
import io.pgguard.pgwire.message.Query;
import io.pgguard.pgwire.message.Sync;
import io.pgguard.session.Awaited;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Streams that {@link StreamFuzzTest} found to do harm, made small. */
class FoundStreamsTest {
  private final ScriptedGuard guard = new ScriptedGuard();
  private final StandInServer server = new StandInServer(guard, true);
  private final WireSession session =
      new WireSession(
          guard, WireLimits.DEFAULT, (bytes, offset, length) -> {}, server, Canceller.NONE);

  private void client(Message... messages) throws IOException {
    MessageWriter out = new MessageWriter();
    for (Message message : messages) {
      message.encode(out);
    }
    session.client(out.buffer(), 0, out.length());
  }

  private void answer() throws IOException {
    while (server.sends()) {
      byte[] sent = server.take();
      session.server(sent, 0, sent.length);
    }
  }

  private static Bind bind() {
    return new Bind("", "", new short[0], new byte[0][], new short[0]);
  }

  @Test
  void endOfCopyThatCameBeforeItsBeginning_letsWhatFollowsWaitForAnAnswerThatComes()
      throws IOException {
    client(
        new Parse("", "COPY people FROM STDIN", new int[0]),
        bind(),
        new Execute("", 0),
        new CopyDone(),
        new Query("SELECT 1"));
    answer();
    assertFalse(session.clientWaits());
  }

  @Test
  void statementThatWasToRunAgain_endsWithTheConnection() throws IOException {
    guard.watched = text -> true;
    guard.over = text -> true;
    guard.again = Awaited.now(guard.grant("INSERT INTO people VALUES (2)"));
    client(
        new Parse("", "INSERT INTO people VALUES (2)", new int[0]),
        bind(),
        new Execute("", 0),
        new Sync());
    byte[] sent = server.take();
    session.server(sent, 0, sent.length);
    session.close();
    assertTrue(guard.events.contains("undone <- INSERT INTO people VALUES (2)"));
    assertEquals(2, guard.runs.stream().filter(ScriptedRun::ended).count());
  }

  @Test
  void statementThatIsAskedAboutBehindOneThatEndsEarly_doesNotRunAndHoldsNobody()
      throws IOException {
    guard.watched = text -> text.startsWith("INSERT");
    guard.first = List.of("SELECT 11");
    client(
        new Parse("", "COPY withheld TO STDOUT", new int[0]),
        bind(),
        new Execute("", 0),
        new Parse("", "INSERT INTO people VALUES (2)", new int[0]),
        bind(),
        new Execute("", 0),
        new Sync());
    answer();
    assertFalse(session.clientWaits());
    assertTrue(guard.events.contains("abandoned <- INSERT INTO people VALUES (2)"));
  }

  @Test
  void statementThatRunsBehindOneThatEndsEarly_failsWithItAndHoldsNobody() throws IOException {
    guard.watched = text -> text.startsWith("INSERT");
    guard.after = List.of("SELECT 11");
    client(
        new Parse("", "COPY withheld TO STDOUT", new int[0]),
        bind(),
        new Execute("", 0),
        new Parse("", "INSERT INTO people VALUES (2)", new int[0]),
        bind(),
        new Execute("", 0),
        new Sync());
    answer();
    assertFalse(session.clientWaits());
    assertTrue(guard.events.contains("abandoned <- INSERT INTO people VALUES (2)"));
  }

  @Test
  void errorBeforeTheLastSync_isNoneOfAStatementThatIsPlanned() throws IOException {
    guard.watched = text -> text.startsWith("INSERT");
    guard.planning = "SELECT 13";
    client(
        new Parse("", "SELEC 1", new int[0]),
        new Sync(),
        new Parse("", "INSERT INTO people VALUES (2)", new int[0]),
        bind(),
        new Execute("", 0),
        new Sync());
    answer();
    assertFalse(session.closed());
    assertTrue(guard.events.contains("completed INSERT 0 1 <- INSERT INTO people VALUES (2)"));
  }
}
