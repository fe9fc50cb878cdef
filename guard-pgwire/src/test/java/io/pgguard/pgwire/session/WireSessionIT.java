package io.pgguard.pgwire.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pgguard.pgwire.message.Bind;
import io.pgguard.pgwire.message.Close;
import io.pgguard.pgwire.message.CopyData;
import io.pgguard.pgwire.message.CopyDone;
import io.pgguard.pgwire.message.Describe;
import io.pgguard.pgwire.message.Execute;
import io.pgguard.pgwire.message.Flush;
import io.pgguard.pgwire.message.FunctionCall;
import io.pgguard.pgwire.message.Parse;
import io.pgguard.pgwire.message.Query;
import io.pgguard.pgwire.message.Sync;
import io.pgguard.session.Trial;
import io.pgguard.testkit.TestPostgres;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WireSessionIT {
  private static final TestPostgres POSTGRES = TestPostgres.shared();
  private static String database;

  private RawClient client;

  @BeforeAll
  static void createDatabase() throws Exception {
    database = POSTGRES.createDatabase("wire");
    POSTGRES.execute(
        database,
        "CREATE TABLE people (id int PRIMARY KEY, name text, ssn text)",
        "INSERT INTO people SELECT g, 'n' || g, '123-45-' || to_char(g, 'FM0000')"
            + " FROM generate_series(1, 100) g",
        "CREATE TABLE notes (id int PRIMARY KEY, t text)");
  }

  @AfterAll
  static void dropDatabase() throws Exception {
    POSTGRES.dropDatabase(database);
  }

  @BeforeEach
  void connect() throws Exception {
    client = new RawClient(POSTGRES, database, new ScriptedGuard());
    client.exchange(1, new Query("DELETE FROM notes"));
    client.guard.events.clear();
  }

  @AfterEach
  void disconnect() throws Exception {
    client.close();
    assertFalse(
        client.transcript.bytes.toString(StandardCharsets.UTF_8).contains("123-45-"),
        "a protected value came through");
  }

  private static Parse parse(String name, String text) {
    return new Parse(name, text, new int[0]);
  }

  private static Bind bind(String portal, String statement, String... values) {
    byte[][] bytes = new byte[values.length][];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = values[i].getBytes(StandardCharsets.UTF_8);
    }
    return new Bind(portal, statement, new short[0], bytes, new short[0]);
  }

  private static Execute execute(String portal) {
    return new Execute(portal, 0);
  }

  @Test
  void simpleQueries_areMaskedAndCounted() throws Exception {
    assertEquals(
        List.of("T id,ssn", "D 1,***", "C SELECT 1", "T a", "D 2", "C SELECT 1", "Z I"),
        client.exchange(1, new Query("SELECT id, ssn FROM people WHERE id = 1; SELECT 2 AS a")));
    assertEquals(
        List.of(
            "request SELECT id, ssn FROM people WHERE id = 1; SELECT 2 AS a",
            "completed SELECT 1 <- SELECT id, ssn FROM people WHERE id = 1",
            "completed SELECT 1 <- SELECT 2 AS a",
            "ready I"),
        client.guard.events);
    assertEquals(List.of("I", "Z I"), client.exchange(1, new Query(" ")));
  }

  @Test
  void errorInTheMiddle_abandonsTheRest() throws Exception {
    assertEquals(
        List.of("T a", "D 1", "C SELECT 1", "E 22012 division by zero", "Z I"),
        client.exchange(1, new Query("SELECT 1 AS a; SELECT 1/0; SELECT 3")));
    assertTrue(client.guard.events.contains("failed 22012 <- SELECT 1/0"));
    assertTrue(client.guard.events.contains("abandoned <- SELECT 3"));
  }

  @Test
  void refusedQuery_isAnOrdinaryErrorAndFailsTheTransaction() throws Exception {
    assertEquals(
        List.of("E 42501 refused: run", "Z I"), client.exchange(1, new Query("SELECT denied")));
    client.exchange(2, new Query("BEGIN"), new Query("INSERT INTO notes VALUES (1, 'a')"));
    assertEquals(
        List.of("E 42501 refused: run", "Z E"), client.exchange(1, new Query("SELECT denied")));
    assertEquals(List.of("C ROLLBACK", "Z I"), client.exchange(1, new Query("COMMIT")));
    assertEquals(
        List.of("T count", "D 0", "C SELECT 1", "Z I"),
        client.exchange(1, new Query("SELECT count(*) FROM notes")));
  }

  @Test
  void textInDoubt_isRefusedUnlessTheServerFindsAMistake() throws Exception {
    String mistake = "E 42703 column \"nme\" does not exist";
    for (boolean wrong : new boolean[] {true, false}) {
      String text = wrong ? "SELECT nme FROM people" : "SELECT name FROM people";
      String error = wrong ? mistake : "E 42501 refused: doubt";
      client.guard.tried = new Trial(text, null, null);
      assertEquals(List.of(error, "Z I"), client.exchange(1, new Query(text)));
      assertEquals(
          List.of("1", error, "Z I", "T a", "D 1", "C SELECT 1", "Z I"),
          client.exchange(
              2,
              parse("kept", "SELECT 5"),
              parse("", text),
              bind("", ""),
              execute(""),
              new Sync(),
              new Query("SELECT 1 AS a")));
      client.exchange(1, new Close('S', "kept"), new Sync());
    }
    client.exchange(1, new Query("BEGIN"));
    client.guard.tried = new Trial("SELECT nme FROM people", null, null);
    assertEquals(List.of(mistake, "Z E"), client.exchange(1, new Query("SELECT nme FROM people")));
    assertEquals(List.of("C ROLLBACK", "Z I"), client.exchange(1, new Query("COMMIT")));
  }

  @Test
  void nameInDoubt_isRefusedWhereItIsThere() throws Exception {
    client.guard.tried = new Trial("FETCH 1 FROM c", "c", null);
    assertEquals(
        List.of("E 34000 cursor \"c\" does not exist", "Z I"),
        client.exchange(1, new Query("FETCH 1 FROM c")));
    client.exchange(
        2, new Query("BEGIN"), new Query("DECLARE c CURSOR FOR SELECT ssn FROM people"));
    assertEquals(
        List.of("E 42501 refused: doubt", "Z E"), client.exchange(1, new Query("FETCH 1 FROM c")));
    client.exchange(1, new Query("ROLLBACK"));
    client.guard.tried = new Trial("EXECUTE p", null, "p");
    assertEquals(
        List.of("E 26000 prepared statement \"p\" does not exist", "Z I"),
        client.exchange(1, new Query("EXECUTE p")));
    client.exchange(1, new Query("PREPARE p AS SELECT ssn FROM people"));
    assertEquals(
        List.of("E 42501 refused: doubt", "Z I"), client.exchange(1, new Query("EXECUTE p")));
  }

  @Test
  void pipelineWithARefusalInTheMiddle_answersInOrder() throws Exception {
    assertEquals(
        List.of(
            "1",
            "2",
            "C INSERT 0 1",
            "E 42501 refused: text",
            "Z I",
            "1",
            "2",
            "D 7",
            "C SELECT 1",
            "Z I"),
        client.exchange(
            2,
            parse("", "INSERT INTO notes VALUES (2, 'b')"),
            bind("", ""),
            execute(""),
            parse("", "SELECT forbidden"),
            bind("", ""),
            execute(""),
            new Sync(),
            parse("", "SELECT 7"),
            bind("", ""),
            execute(""),
            new Sync()));
    assertEquals(
        List.of("T count", "D 0", "C SELECT 1", "Z I"),
        client.exchange(1, new Query("SELECT count(*) FROM notes")));
  }

  @Test
  void refusedParse_leavesTheUnnamedStatement() throws Exception {
    client.exchange(1, parse("", "SELECT 5"), new Sync());
    assertEquals(
        List.of("E 42501 refused: text", "Z I"),
        client.exchange(1, parse("x", "SELECT forbidden"), new Sync()));
    assertEquals(
        List.of("2", "D 5", "C SELECT 1", "Z I"),
        client.exchange(1, bind("", ""), execute(""), new Sync()));
  }

  @Test
  void refusedBind_skipsToSync() throws Exception {
    assertEquals(
        List.of("1", "E 42501 refused: run", "Z I"),
        client.exchange(
            1,
            parse("", "SELECT 'denied', $1::int"),
            bind("", "", "1"),
            new Describe('P', ""),
            execute(""),
            new Sync()));
  }

  @Test
  void namedStatementRunAgainWithoutDescribe_staysMasked() throws Exception {
    assertEquals(
        List.of("1", "t", "T name,ssn", "Z I"),
        client.exchange(
            1,
            parse("s", "SELECT name, ssn FROM people WHERE id = $1::int"),
            new Describe('S', "s"),
            new Sync()));
    for (int i = 1; i < 4; i++) {
      assertEquals(
          List.of("2", "D n" + i + ",***", "C SELECT 1", "Z I"),
          client.exchange(1, bind("", "s", "" + i), execute(""), new Sync()));
    }
    client.guard.current = false;
    assertEquals(
        List.of("2", "D n9,***", "C SELECT 1", "Z I"),
        client.exchange(1, bind("", "s", "9"), execute(""), new Sync()));
  }

  @Test
  void aPlanReadAnewAfterItsDescription_isDescribedAgain() throws Exception {
    client.guard.current = false;
    assertEquals(
        List.of("1", "t", "T ssn", "2", "D ***", "C SELECT 1", "Z I"),
        client.exchange(
            1,
            parse("", "SELECT ssn FROM people WHERE id = 1"),
            new Describe('S', ""),
            bind("", ""),
            execute(""),
            new Sync()));
    client.send(
        parse("", "SELECT ssn FROM people WHERE id = 1"), new Describe('S', ""), new Flush());
    while (client.transcript.lines.size() < 3) {
      client.read();
    }
    assertEquals(
        List.of("1", "t", "T ssn", "2", "D ***", "C SELECT 1", "Z I"),
        client.exchange(1, bind("", ""), execute(""), new Sync()));
  }

  @Test
  void portalWithMaxRows_staysMaskedOverSuspensions() throws Exception {
    client.exchange(1, new Query("BEGIN"));
    assertEquals(
        List.of("1", "2", "D 1,***", "D 2,***", "s", "Z T"),
        client.exchange(
            1,
            parse("", "SELECT id, ssn FROM people ORDER BY id"),
            bind("c", ""),
            new Execute("c", 2),
            new Sync()));
    assertEquals(
        List.of("D 3,***", "s", "Z T"), client.exchange(1, new Execute("c", 1), new Sync()));
    assertEquals(
        List.of("D 4,***", "s", "3", "Z T"),
        client.exchange(1, new Execute("c", 1), new Close('P', "c"), new Sync()));
    assertTrue(client.guard.events.get(client.guard.events.size() - 2).startsWith("abandoned"));
    client.exchange(1, new Query("COMMIT"));
  }

  @Test
  void binaryResults_areMasked() throws Exception {
    Bind binary = new Bind("", "", new short[0], new byte[0][], new short[] {1});
    assertEquals(
        List.of("1", "2", "D ***", "C SELECT 1", "Z I"),
        client.exchange(
            1, parse("", "SELECT ssn FROM people WHERE id = 1"), binary, execute(""), new Sync()));
  }

  @Test
  void cursorsAndStatementsOfSql_areRefusedOnTheProtocolLevel() throws Exception {
    client.exchange(1, new Query("PREPARE zz AS SELECT ssn FROM people"));
    List<String> refused = client.exchange(1, bind("", "zz"), execute(""), new Sync());
    assertTrue(refused.get(0).startsWith("E 26000 "), refused.toString());
    client.exchange(1, new Query("BEGIN"));
    client.exchange(1, new Query("DECLARE k CURSOR FOR SELECT ssn FROM people"));
    refused = client.exchange(1, execute("k"), new Sync());
    assertTrue(refused.get(0).startsWith("E 34000 "), refused.toString());
    client.exchange(1, new Query("ROLLBACK"));
  }

  @Test
  void aNameThatSqlTookOver_isKnownNoLonger() throws Exception {
    client.exchange(1, parse("s1", "SELECT 1"), new Sync());
    client.exchange(1, new Query("DEALLOCATE s1"));
    client.exchange(1, new Query("PREPARE S1 AS SELECT upper(ssn) FROM people"));
    List<String> refused = client.exchange(1, bind("", "s1"), execute(""), new Sync());
    assertTrue(refused.get(0).startsWith("E 26000 "), refused.toString());

    client.exchange(1, new Query("BEGIN"));
    client.exchange(1, parse("", "SELECT 1"), bind("c", ""), new Sync());
    refused =
        client.exchange(
            2,
            new Query("CLOSE c; DECLARE c CURSOR FOR SELECT upper(ssn) FROM people"),
            execute("c"),
            new Sync());
    assertTrue(refused.get(3).startsWith("E 34000 "), refused.toString());
    client.exchange(1, new Query("ROLLBACK"));
  }

  @Test
  void aFailedParseOfAnotherSegment_doesNotChangeWhatTheNameMeans() throws Exception {
    client.exchange(1, parse("s", "SELECT ssn FROM people WHERE id = 1"), new Sync());
    client.guard.events.clear();
    assertEquals(
        List.of(
            "E 42P05 prepared statement \"s\" already exists",
            "Z I",
            "2",
            "D ***",
            "C SELECT 1",
            "Z I"),
        client.exchange(
            2, parse("s", "SELECT 1"), new Sync(), bind("", "s"), execute(""), new Sync()));
    assertTrue(
        client.guard.events.contains("request SELECT ssn FROM people WHERE id = 1"),
        client.guard.events.toString());
  }

  @Test
  void namesBeyond63Bytes_areRefused() throws Exception {
    List<String> refused = client.exchange(1, parse("x".repeat(64), "SELECT 1"), new Sync());
    assertTrue(refused.get(0).startsWith("E 42622 "), refused.toString());
  }

  @Test
  void withheldShape_failsTheTransaction() throws Exception {
    assertEquals(
        List.of("T withheld", "E 42501 refused: shape", "Z I"),
        withoutDescription(client.exchange(1, new Query("SELECT ssn AS withheld FROM people"))));
    assertEquals(
        List.of("1", "2", "E 42501 refused: shape", "Z I"),
        client.exchange(
            1,
            parse("", "SELECT ssn AS withheld FROM people"),
            bind("", ""),
            new Describe('P', ""),
            execute(""),
            new Sync()));
    client.exchange(2, new Query("BEGIN"), new Query("INSERT INTO notes VALUES (3, 'c')"));
    assertEquals(
        List.of("1", "2", "E 42501 refused: shape", "Z E"),
        client.exchange(
            1,
            parse("", "SELECT ssn AS withheld FROM people"),
            bind("", ""),
            execute(""),
            new Sync()));
    assertEquals(List.of("C ROLLBACK", "Z I"), client.exchange(1, new Query("COMMIT")));
  }

  private static List<String> withoutDescription(List<String> lines) {
    return lines.get(0).startsWith("T")
        ? lines
        : java.util.stream.Stream.concat(java.util.stream.Stream.of("T withheld"), lines.stream())
            .toList();
  }

  @Test
  void withheldReturning_undoesTheChange() throws Exception {
    assertEquals(
        List.of("1", "2", "E 42501 refused: shape", "Z I"),
        client.exchange(
            1,
            parse("", "INSERT INTO notes VALUES (4, 'd') RETURNING t AS withheld"),
            bind("", ""),
            execute(""),
            new Sync()));
    assertEquals(
        List.of("T count", "D 0", "C SELECT 1", "Z I"),
        client.exchange(1, new Query("SELECT count(*) FROM notes")));
  }

  @Test
  void overTheRowLimit_endsTheStatementAndTheConnectionGoesOn() throws Exception {
    client.guard.rowLimit = 2;
    assertEquals(
        List.of("T id", "D 1", "D 2", "E 54000 too many rows", "Z I"),
        client.exchange(1, new Query("SELECT id FROM people ORDER BY id")));
    client.exchange(1, new Query("BEGIN"));
    assertEquals(
        List.of("1", "2", "D 1", "D 2", "E 54000 too many rows", "Z E"),
        client.exchange(
            1,
            parse("", "SELECT id FROM people ORDER BY id"),
            bind("", ""),
            execute(""),
            new Sync()));
    assertEquals(List.of("C ROLLBACK", "Z I"), client.exchange(1, new Query("ROLLBACK")));
    client.guard.rowLimit = 1000;
    assertEquals(
        List.of("T a", "D 1", "C SELECT 1", "Z I"), client.exchange(1, new Query("SELECT 1 AS a")));
  }

  @Test
  void copyOut_isMaskedLineByLine() throws Exception {
    assertEquals(
        List.of("H", "d 1\t***", "d 2\t***", "c", "C COPY 2", "Z I"),
        client.exchange(
            1, new Query("COPY (SELECT id, ssn FROM people WHERE id < 3 ORDER BY id) TO STDOUT")));
    assertEquals(
        List.of("E 42501 refused: copy", "Z I"),
        client.exchange(1, new Query("COPY (SELECT ssn AS withheld FROM people) TO STDOUT")));
  }

  @Test
  void copyIn_passesInBothProtocols() throws Exception {
    client.send(new Query("COPY notes FROM STDIN"));
    copyIn();
    assertEquals(
        List.of("G", "C COPY 1", "Z I"),
        client.exchange(
            1, new CopyData("8\tx\n".getBytes(StandardCharsets.UTF_8)), new CopyDone()));
    client.transcript.copyIn = false;
    client.send(parse("", "COPY notes FROM STDIN"), bind("", ""), execute(""), new Sync());
    copyIn();
    assertEquals(
        List.of("1", "2", "G", "C COPY 1", "Z I"),
        client.exchange(
            1,
            new CopyData("9\ty\n".getBytes(StandardCharsets.UTF_8)),
            new CopyDone(),
            new Sync()));
    assertEquals(
        List.of("E 42501 refused: copy", "Z I"),
        client.exchange(1, new Query("COPY notes FROM STDIN /* withheld */")));
    // pipelined without waiting for CopyInResponse: held until the server has answered
    assertEquals(
        List.of("1", "2", "G", "C COPY 1", "Z I"),
        client.exchange(
            1,
            parse("", "COPY notes FROM STDIN"),
            bind("", ""),
            execute(""),
            new CopyData("10\tz\n".getBytes(StandardCharsets.UTF_8)),
            new CopyDone(),
            new Sync()));
  }

  private void copyIn() throws Exception {
    while (!client.transcript.copyIn) {
      client.read();
    }
  }

  @Test
  void fastPath_isRefused() throws Exception {
    List<String> refused =
        client.exchange(
            1, new FunctionCall(1598, new short[0], new byte[0][], (short) 0)); // random()
    assertTrue(refused.get(0).startsWith("E 0A000 "), refused.toString());
    assertEquals("Z I", refused.get(1));
  }

  @Test
  void noticesNotificationsAndSettings_passThroughTheGuard() throws Exception {
    assertTrue(
        client
            .exchange(1, new Query("DO $$ BEGIN RAISE NOTICE 'a secret 123-45-0001'; END $$"))
            .contains("N 00000 hidden"));
    client.exchange(1, new Query("LISTEN ch"));
    assertTrue(
        client.exchange(1, new Query("NOTIFY ch, 'secret 123-45-0002'")).contains("A ch hidden"));
    assertTrue(
        client
            .exchange(1, new Query("SET application_name = 'me'"))
            .contains("S application_name=me"));
    List<String> closed = client.exchange(1, new Query("SET client_encoding = 'LATIN1'"));
    assertEquals(
        "E 57P01 Guard ends the connection: client_encoding has moved",
        closed.get(closed.size() - 1));
    assertTrue(client.session.closed());
  }

  @Test
  void anErrorWithoutSync_skipsUntilSync() throws Exception {
    client.send(parse("", "SELECT 1/0"), bind("", ""), execute(""), new Flush());
    while (!client.transcript.error) {
      client.read();
    }
    assertEquals(
        List.of("1", "E 22012 division by zero", "Z I"),
        client.exchange(1, parse("", "SELECT 1"), new Query("SELECT 2"), new Sync()));
  }

  @Test
  void describeOfAFetchWhoseCursorIsGone_doesNotReachTheServer() throws Exception {
    client.exchange(1, new Query("BEGIN"));
    client.exchange(1, new Query("DECLARE k CURSOR FOR SELECT ssn FROM people ORDER BY id"));
    assertEquals(
        List.of("1", "t", "T ssn", "2", "T ssn", "D ***", "C FETCH 1", "2", "Z T"),
        client.exchange(
            1,
            parse("f", "FETCH 1 FROM k"),
            new Describe('S', "f"),
            bind("", "f"),
            new Describe('P', ""),
            execute(""),
            bind("p", "f"),
            new Sync()));
    client.exchange(1, new Query("CLOSE k"));
    List<String> refused = client.exchange(1, new Describe('P', "p"), new Sync());
    assertTrue(refused.get(0).startsWith("E 0A000 "), refused.toString());
    client.exchange(1, new Query("ROLLBACK"));
    refused = client.exchange(1, new Describe('S', "f"), new Sync());
    assertTrue(refused.get(0).startsWith("E 0A000 "), refused.toString());
  }

  @Test
  void valuesOfBind_reachTheGuard() throws Exception {
    client.exchange(
        1, parse("", "SELECT $1::int + $2::int"), bind("", "", "1", "2"), execute(""), new Sync());
    assertTrue(client.guard.events.contains("request SELECT $1::int + $2::int with 2"));
  }

  @Test
  void portalThatOutlivesAFailedDescribe_runsAndIsTold() throws Exception {
    client.exchange(1, new Query("BEGIN"));
    client.exchange(1, parse("s", "SELECT 1 AS one"), bind("p", "s"), new Sync());
    client.exchange(1, new Query("SAVEPOINT a"));
    client.exchange(1, new Query("SELECT 1/0"));
    assertTrue(client.exchange(1, new Describe('P', "p"), new Sync()).get(0).startsWith("E 25P02"));
    client.exchange(1, new Execute("p", 0), new Sync());
    client.exchange(1, new Query("ROLLBACK TO a"));
    client.guard.events.clear();
    assertEquals(
        List.of("D 1", "C SELECT 1", "Z T"), client.exchange(1, new Execute("p", 0), new Sync()));
    assertTrue(
        client.guard.events.contains("completed SELECT 1 <- SELECT 1 AS one"),
        client.guard.events::toString);
    client.exchange(1, new Query("ROLLBACK"));
  }

  @Test
  void nameTakenBySqlWhileItsPortalRuns_isAbandonedOnlyAfterItsEnd() throws Exception {
    List<String> lines =
        client.exchange(
            2,
            new Query("SELECT 0 AS none"),
            parse("", "SELECT 1 AS one"),
            bind("p1", ""),
            new Execute("p1", 0),
            parse("", "DECLARE p1 CURSOR WITH HOLD FOR SELECT 2"),
            bind("p2", ""),
            new Execute("p2", 0),
            new Sync());
    assertTrue(lines.contains("D 1"), lines::toString);
    client.exchange(1, new Query("CLOSE ALL"));
  }
}
