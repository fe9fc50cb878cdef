package io.pgguard.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pgguard.approval.Answer;
import io.pgguard.identity.Principal;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An approval is for what a text meant, not for its words. */
class ApprovalMeaningIT {
  private static final Principal DORA =
      new Principal("dora@example.com", Set.of("dba"), null, null);
  private static GuardedDatabase database;
  private Connection connection;

  @BeforeAll
  static void create(@TempDir Path directory) throws Exception {
    database = new GuardedDatabase("meaning", directory);
    database.policy(
        """
        version: 1
        rules:
          - { id: ask, when: { kind: [delete, update, call] }, then: approve, by: { groups: [dba] } }
        otherwise: allow
        functions: { allow: ["public.doomed(*)"] }
        """);
    database
        .postgres()
        .execute(
            database.database(),
            "CREATE SCHEMA stage",
            "CREATE TABLE stage.things (id int, at timestamptz)",
            "CREATE TABLE public.things (id int, at timestamptz)",
            "CREATE TABLE public.plain (id int)",
            "INSERT INTO stage.things SELECT n, now() FROM generate_series(1, 9) n",
            "INSERT INTO public.things SELECT n, now() FROM generate_series(1, 9) n",
            "CREATE FUNCTION doomed(n int) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT n = 1'",
            "CREATE TABLE public.tenants (id int, tenant int CHECK (tenant > 0), note text DEFAULT 'a')",
            "INSERT INTO public.tenants SELECT n, n % 2 + 1 FROM generate_series(1, 6) n",
            "ALTER TABLE public.tenants ENABLE ROW LEVEL SECURITY",
            "CREATE POLICY own ON public.tenants USING (tenant = 1)",
            "CREATE FUNCTION noted() RETURNS trigger LANGUAGE plpgsql AS"
                + " 'BEGIN NEW.note := ''n''; RETURN NEW; END'",
            "CREATE TRIGGER noted BEFORE UPDATE ON public.tenants FOR EACH ROW"
                + " WHEN (NEW.id > 100) EXECUTE FUNCTION noted()",
            "GRANT ALL ON public.tenants TO " + database.agent(),
            "GRANT ALL ON SCHEMA stage TO " + database.agent(),
            "GRANT ALL ON stage.things, public.things, public.plain TO " + database.agent());
  }

  @AfterAll
  static void drop() throws Exception {
    database.close();
  }

  @BeforeEach
  void open() throws Exception {
    connection = database.connect();
  }

  @AfterEach
  void close() throws Exception {
    connection.close();
  }

  private void run(String sql) throws Exception {
    GuardedDatabase.update(connection, sql);
  }

  private String held(String sql) {
    return assertThrows(StatementHeldException.class, () -> run(sql)).approvalRequestId();
  }

  private String granted(String sql) {
    String id = held(sql);
    assertInstanceOf(
        Answer.Granted.class, database.guard().approvals().approve(id, DORA, null), id);
    return id;
  }

  private void approved(String sql) throws Exception {
    granted(sql);
    run(sql);
  }

  /** Granted as things are; after a change the same words ask again, changed back they run. */
  private void assertBound(String sql, String change, String back) throws Exception {
    String id = granted(sql);
    run(change);
    assertNotEquals(id, held(sql), change);
    run(back);
    run(sql);
  }

  @Test
  void grantedUnderOnePath_doesNotRunUnderAnother() throws Exception {
    run("SET search_path = stage");
    String id = granted("DELETE FROM things WHERE id = 1");
    run("SET search_path = public");
    assertNotEquals(id, held("DELETE FROM things WHERE id = 1"));
    assertEquals("9", database.truth("SELECT count(*) FROM public.things"));
    run("SET search_path = stage");
    run("DELETE FROM things WHERE id = 1");
    assertEquals("8", database.truth("SELECT count(*) FROM stage.things"));
  }

  @Test
  void preparedAnewAsSomethingElse_asksAgain() throws Exception {
    approved("PREPARE p(int) AS DELETE FROM public.things WHERE id = $1");
    String id = granted("EXECUTE p(0)");
    run("DEALLOCATE p");
    approved("PREPARE p(int) AS DELETE FROM public.things WHERE id >= $1");
    assertNotEquals(id, held("EXECUTE p(0)"));
    run("DEALLOCATE p");
    approved("PREPARE p(int) AS DELETE FROM public.things WHERE id = $1");
    run("EXECUTE p(0)");
    assertEquals("9", database.truth("SELECT count(*) FROM public.things"));
  }

  @Test
  void settingsThatTheTextDependsOn_areBound() throws Exception {
    assertBound(
        "DELETE FROM public.things WHERE id = -1 AND at < '2001-01-01'",
        "SET TimeZone = 'Asia/Tokyo'",
        "RESET TimeZone");
    assertBound(
        "DELETE FROM public.things WHERE id = -2 AND at < '2001-01-01'",
        "SET DateStyle = 'ISO, DMY'",
        "RESET DateStyle");
    assertBound(
        "DELETE FROM public.things WHERE id = -3",
        "SET bytea_output = 'escape'",
        "RESET bytea_output");
  }

  @Test
  void settingsWithoutMeaning_areNot() throws Exception {
    granted("DELETE FROM public.things WHERE id = -4");
    run("SET statement_timeout = '20s'");
    run("SET enable_seqscan = off");
    run("SET application_name = 'another'");
    run("DELETE FROM public.things WHERE id = -4");
  }

  @Test
  void settingByAFunction_asksAgain() throws Exception {
    String id = granted("DELETE FROM public.things WHERE id = -5");
    GuardedDatabase.first(connection, "SELECT set_config('bytea_output', 'escape', false)");
    assertNotEquals(id, held("DELETE FROM public.things WHERE id = -5"));
  }

  @Test
  void definitionOfWhatItUses_isBound() throws Exception {
    String sql = "DELETE FROM public.things WHERE doomed(id) AND id < 0";
    String id = granted(sql);
    database
        .postgres()
        .execute(
            database.database(),
            "CREATE OR REPLACE FUNCTION doomed(n int) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT n > 0'");
    assertNotEquals(id, held(sql));
    String column = granted("DELETE FROM public.plain WHERE id = 5");
    database.postgres().execute(database.database(), "ALTER TABLE plain ADD COLUMN other int");
    assertNotEquals(column, held("DELETE FROM public.plain WHERE id = 5"));
  }

  /** What the same words do depends on code that no text names. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "ALTER POLICY own ON tenants USING (tenant = 2)",
        "ALTER POLICY own ON tenants WITH CHECK (tenant > 0)",
        "ALTER POLICY own ON tenants TO CURRENT_USER",
        "CREATE POLICY more ON tenants USING (tenant = 2)",
        "ALTER TABLE tenants FORCE ROW LEVEL SECURITY",
        "ALTER TABLE tenants DISABLE TRIGGER noted",
        "CREATE OR REPLACE TRIGGER noted BEFORE UPDATE ON tenants FOR EACH ROW"
            + " WHEN (NEW.id > 0) EXECUTE FUNCTION noted()",
        "CREATE OR REPLACE FUNCTION noted() RETURNS trigger LANGUAGE plpgsql AS"
            + " 'BEGIN NEW.note := ''other''; RETURN NEW; END'",
        "ALTER TABLE tenants ALTER COLUMN note SET DEFAULT 'b'",
        "ALTER TABLE tenants DROP CONSTRAINT tenants_tenant_check"
      })
  void codeThatBelongsToWhatItTouches_isBound(String change) throws Exception {
    String sql = "UPDATE public.tenants SET note = 'x' WHERE id = 4";
    String id = granted(sql);
    try (Connection owner = database.direct();
        Statement statement = owner.createStatement()) {
      owner.setAutoCommit(true);
      statement.execute(change);
    }
    assertNotEquals(id, held(sql), change);
    assertEquals("0", database.truth("SELECT count(*) FROM tenants WHERE note = 'x'"));
  }

  @Test
  void definitionsOfOthers_areNot() throws Exception {
    granted("DELETE FROM public.things WHERE id = -6");
    database
        .postgres()
        .execute(database.database(), "CREATE TABLE unrelated_" + System.nanoTime() + " (id int)");
    run("DELETE FROM public.things WHERE id = -6");
  }

  @Test
  void grantedToOneConnection_runsInAnotherThatMeansTheSame() throws Exception {
    granted("DELETE FROM public.things WHERE id = -7");
    try (Connection other = database.connect()) {
      GuardedDatabase.update(other, "DELETE FROM public.things WHERE id = -7");
    }
  }

  @Test
  void severalStatements_areHeldAsTheyWillMean() throws Exception {
    String text = "SET search_path = stage; DELETE FROM things WHERE id = 2";
    granted(text);
    run(text);
    assertEquals("0", database.truth("SELECT count(*) FROM stage.things WHERE id = 2"));
    assertEquals("1", database.truth("SELECT count(*) FROM public.things WHERE id = 2"));
  }

  @Test
  void meaning_isInTheLog() throws Exception {
    String id = held("DELETE FROM public.things WHERE id = -8");
    String meaning = database.guard().approvals().find(id).orElseThrow().request().meaning();
    assertEquals(32, meaning.length());
    assertTrue(
        !database.logged("StatementDecided", "id = -8", "\"meaning\":\"" + meaning).isEmpty());
  }
}
