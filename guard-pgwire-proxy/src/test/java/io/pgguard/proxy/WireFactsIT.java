package io.pgguard.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pgguard.pgwire.message.Bind;
import io.pgguard.pgwire.message.CancelRequest;
import io.pgguard.pgwire.message.Close;
import io.pgguard.pgwire.message.Describe;
import io.pgguard.pgwire.message.Execute;
import io.pgguard.pgwire.message.Message;
import io.pgguard.pgwire.message.Parse;
import io.pgguard.pgwire.message.Query;
import io.pgguard.pgwire.message.StartupMessage;
import io.pgguard.pgwire.message.Sync;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What no driver does, or only some do, said byte by byte to the proxy. */
class WireFactsIT {
  @TempDir static Path directory;
  private static GuardedProxy guarded;

  @BeforeAll
  static void start() throws SQLException, IOException {
    guarded = new GuardedProxy("wire", directory, "");
  }

  @AfterAll
  static void stop() throws SQLException {
    guarded.close();
  }

  private static RawWire connect(int version) throws IOException {
    return RawWire.loggedIn(guarded.port(), version);
  }

  private static RawWire ready() throws IOException {
    return RawWire.ready(guarded.port());
  }

  /** The types of what comes back up to ReadyForQuery, and the texts of rows and errors. */
  private static String exchange(RawWire client, Message... messages) throws IOException {
    client.send(messages);
    StringBuilder told = new StringBuilder();
    while (true) {
      RawWire.Said said = client.read();
      if (said.type() == 'S' || said.type() == 'N') {
        continue;
      }
      told.append(said.type());
      if (said.type() == 'D' || said.type() == 'E') {
        told.append('(').append(said.text().replace('\0', ' ')).append(')');
      }
      if (said.type() == 'Z' || said.type() == '\0') {
        return told.toString();
      }
    }
  }

  private static Message parse(String name, String text) {
    return new Parse(name, text, new int[0]);
  }

  private static Message bind(String portal, String statement) {
    return new Bind(portal, statement, new short[0], new byte[0][], new short[0]);
  }

  @Test
  void cancelKeys_areGuardsOwnAndAsLongAsTheProtocolSays() throws IOException {
    for (int version : new int[] {StartupMessage.VERSION_3_0, StartupMessage.VERSION_3_2}) {
      try (RawWire client = connect(version)) {
        RawWire.Said key = client.await('K');
        assertEquals(version == StartupMessage.VERSION_3_0 ? 8 : 36, key.body().length);
        client.await('Z');
        String pid = exchange(client, new Query("SELECT pg_backend_pid()"));
        assertFalse(pid.contains(" " + key.reader().int32() + ")"), pid);
      }
    }
  }

  @Test
  void cancelWithAnotherKey_doesNothing() throws IOException {
    try (RawWire client = connect(StartupMessage.VERSION_3_0)) {
      int process = client.await('K').reader().int32();
      client.await('Z');
      try (RawWire other = RawWire.plain(guarded.port())) {
        other.send(new CancelRequest(process, new byte[] {1, 2, 3, 4}));
        assertEquals(-1, other.readByte());
      }
      assertTrue(exchange(client, new Query("SELECT 1")).startsWith("TD("));
    }
  }

  @Test
  void cursorOfSql_isDescribedByItsName() throws IOException {
    try (RawWire client = ready()) {
      exchange(client, new Query("BEGIN"));
      exchange(
          client, new Query("DECLARE c1 CURSOR FOR SELECT id, ssn FROM customers ORDER BY id"));
      assertEquals("TZ", exchange(client, new Describe('P', "c1"), new Sync()));
      String fetched = exchange(client, new Query("FETCH 1 FROM c1"));
      assertTrue(fetched.contains("*******0001"), fetched);
      String missing = exchange(client, new Describe('P', "no_such"), new Sync());
      assertTrue(missing.startsWith("E("), missing);
      assertFalse(missing.contains(GuardedProxy.SSN));
    }
  }

  @Test
  void nameThatChangesHands_showsNothing() throws IOException {
    String[] hidden = {"SELECT upper(ssn) FROM customers", "SELECT ssn FROM customers"};
    for (String text : hidden) {
      try (RawWire client = ready()) {
        exchange(client, new Query("BEGIN"));
        exchange(client, new Query("DECLARE c1 CURSOR FOR SELECT city FROM customers"));
        exchange(client, new Close('P', "c1"), new Sync());
        exchange(client, parse("", text), bind("c1", ""), new Sync());
        String fetched = exchange(client, new Query("FETCH 1 FROM c1"));
        assertFalse(fetched.contains(GuardedProxy.SSN), fetched);
        exchange(client, new Query("ROLLBACK"));
        exchange(client, new Query("BEGIN"));
        exchange(client, parse("", "SELECT city FROM customers"), bind("c2", ""), new Sync());
        exchange(client, new Query("CLOSE c2"));
        exchange(client, new Query("DECLARE c2 CURSOR FOR " + text));
        String executed = exchange(client, new Execute("c2", 1), new Sync());
        assertFalse(executed.contains(GuardedProxy.SSN), executed);
      }
    }
  }

  @Test
  void preparedNameThatChangesHands_showsNothing() throws IOException {
    for (String text :
        List.of("SELECT upper(ssn) FROM customers", "SELECT ssn || '' FROM customers")) {
      try (RawWire client = ready()) {
        exchange(client, new Query("PREPARE s1 AS SELECT city FROM customers"));
        exchange(client, new Close('S', "s1"), parse("s1", text), new Sync());
        String executed = exchange(client, new Query("EXECUTE s1"));
        assertFalse(executed.contains("901-02-"), executed);
        exchange(client, parse("s2", "SELECT city FROM customers"), new Sync());
        exchange(client, new Query("DEALLOCATE s2"));
        exchange(client, new Query("PREPARE s2 AS " + text));
        String bound = exchange(client, bind("", "s2"), new Execute("", 0), new Sync());
        assertFalse(bound.contains("901-02-"), bound);
      }
    }
  }

  @Test
  void refusedStatementInAPipeline_answersInOrder() throws IOException {
    try (RawWire client = ready()) {
      String told =
          exchange(
              client,
              parse("", "SELECT 1"),
              bind("", ""),
              new Execute("", 0),
              parse("", "DROP TABLE notes"),
              bind("", ""),
              new Execute("", 0),
              new Sync());
      assertTrue(told.matches("12D\\(.*\\)CE\\(.*C42501.*\\)Z"), told);
      assertTrue(exchange(client, new Query("SELECT count(*) FROM notes")).startsWith("TD("));
    }
  }

  @Test
  void statementThatIsAllowedInARefusedText_isLoggedNotToHaveRun() throws IOException {
    try (RawWire client = RawWire.ready(guarded.port())) {
      client.send(new Query("SELECT /* allowed beside */ 1; DROP TABLE notes"));
      client.await('E');
      client.await('Z');
    }
    List<String> decided = guarded.logged("StatementDecided", "allowed beside");
    assertEquals(1, decided.size());
    Matcher session = Pattern.compile("\"session\":\"([^\"]+)\"").matcher(decided.get(0));
    assertTrue(session.find());
    assertEquals(
        1, guarded.logged("StatementAbandoned", session.group(1), "(rule no-drop)").size());
  }

  @Test
  void messageThatIsNone_endsTheConnection() throws IOException {
    for (byte[] bytes :
        new byte[][] {
          {'?', 0, 0, 0, 4}, {'Q', 127, -1, -1, -1}, {'Q', 0, 0, 0, 1}, {'p', 0, 0, 0, 4}
        }) {
      try (RawWire client = ready()) {
        client.send(bytes);
        RawWire.Said said = client.read();
        assertEquals('E', said.type());
        assertTrue(said.text().contains("SFATAL"), said.text());
        assertEquals(-1, client.readByte());
      }
    }
  }
}
