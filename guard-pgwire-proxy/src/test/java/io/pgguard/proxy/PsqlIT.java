package io.pgguard.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** psql through the proxy and past it. */
class PsqlIT {
  @TempDir static Path directory;
  private static GuardedProxy guarded;

  @BeforeAll
  static void start() throws SQLException, IOException {
    Psql.require("psql");
    guarded = new GuardedProxy("psql", directory, "");
  }

  @AfterAll
  static void stop() throws SQLException {
    if (guarded != null) {
      guarded.close();
    }
  }

  private static String through(String script) throws IOException, InterruptedException {
    return Psql.run(
        "host=127.0.0.1 port=" + guarded.port() + " dbname=shop user=ana",
        GuardedProxy.PASSWORD,
        script);
  }

  private static String direct(String script) throws IOException, InterruptedException {
    return Psql.run(guarded.directConninfo(), "agent-secret", script);
  }

  @Test
  void ordinaryScript_givesWhatItGivesWithoutGuard() throws Exception {
    String script =
        """
        \\set VERBOSITY verbose
        \\dt
        \\d notes
        \\df pg_catalog.lower
        SELECT id, name, city FROM customers ORDER BY id LIMIT 3;
        SELECT id, name FROM customers WHERE id = 4 \\gdesc
        SELECT id, name FROM customers WHERE id = 4 \\gx
        BEGIN;
        SELECT 1/0;
        SELECT 1;
        ROLLBACK;
        \\copy (SELECT id, name FROM customers WHERE id < 4 ORDER BY id) TO STDOUT
        BEGIN;
        COPY notes (id, body) FROM STDIN;
        9001\tone
        9002\ttwo
        \\.
        SELECT * FROM notes ORDER BY id;
        ROLLBACK;
        PREPARE p AS SELECT $1::int + 1;
        EXECUTE p(41);
        SELECT 'a' AS first \\; SELECT 'b' AS second;

        ;
        -- nothing but a comment
        SELECT FROM customers LIMIT 2;
        DECLARE c CURSOR WITH HOLD FOR SELECT id FROM customers ORDER BY id;
        FETCH 2 FROM c;
        CLOSE c;
        SHOW client_encoding;
        SELECT nope FROM notes;
        """;
    assertEquals(direct(script), through(script));
  }

  @Test
  void protectedColumn_comesMaskedInEveryForm() throws Exception {
    String output =
        through(
            """
            SELECT ssn FROM customers WHERE id = 1;
            \\copy customers (ssn) TO STDOUT
            PREPARE p AS SELECT ssn FROM customers;
            EXECUTE p;
            """);
    assertEquals(-1, output.indexOf(GuardedProxy.SSN), output);
    assertTrue(output.contains("*******0001"), output);
  }

  @Test
  void startupSetting_passesTheRulesOfSet() throws Exception {
    String connection = "host=127.0.0.1 dbname=shop user=ana port=" + guarded.port();
    assertTrue(
        Psql.run(
                connection + " options='-c search_path=public -c statement_timeout=7s'",
                GuardedProxy.PASSWORD,
                "SHOW statement_timeout;")
            .contains("7s"));
    for (String options :
        new String[] {
          "-c role=postgres",
          "-c session_replication_role=replica",
          "-c search_path=pg_temp,public",
          "-c standard_conforming_strings=off",
          "-d 5",
        }) {
      String output =
          Psql.run(
              connection + " options='" + options + "'", GuardedProxy.PASSWORD, "SELECT 'in';");
      assertTrue(output.contains("FATAL"), options + ": " + output);
    }
  }

  @Test
  void replication_isRefused() throws Exception {
    String output =
        Psql.run(
            "host=127.0.0.1 dbname=shop user=ana replication=database port=" + guarded.port(),
            GuardedProxy.PASSWORD,
            "IDENTIFY_SYSTEM;");
    assertTrue(output.contains("replication does not pass through Guard"), output);
  }

  @Test
  void unknownDatabase_isToldAsPostgresDoes() throws Exception {
    String output =
        Psql.run(
            "host=127.0.0.1 dbname=postgres user=ana port=" + guarded.port(),
            GuardedProxy.PASSWORD,
            "SELECT 1;");
    assertTrue(output.contains("database \"postgres\" does not exist"), output);
  }
}
