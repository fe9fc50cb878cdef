package io.pgguard.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A setting that no stored code reads passes; one that decides what is shown does not. Schemas
 * before pg_catalog pass while nothing in them hides what is PostgreSQL's own.
 */
class SettingsReadIT extends OwnDatabase {
  SettingsReadIT() {
    super("settings");
  }

  @Override
  void prepare() throws Exception {
    execute(
        "GRANT CREATE ON SCHEMA public TO " + database.agent(),
        "CREATE SCHEMA one",
        "CREATE SCHEMA two",
        "GRANT ALL ON SCHEMA one, two TO " + database.agent(),
        "CREATE TABLE note_of (tenant text, body text)",
        "ALTER TABLE note_of ENABLE ROW LEVEL SECURITY",
        "CREATE POLICY of_tenant ON note_of USING (tenant = current_setting('App.Tenant', true))",
        "CREATE TABLE seen_by (who text)",
        "ALTER TABLE seen_by ENABLE ROW LEVEL SECURITY",
        "CREATE POLICY of_zone ON seen_by USING (who = current_setting('application_name'))",
        "CREATE VIEW of_region AS SELECT id FROM orders WHERE status ="
            + " coalesce(current_setting('shop.region'), 'new')",
        "CREATE TABLE filled (by_whom text DEFAULT current_setting('shop.clerk', true))",
        "GRANT ALL ON ALL TABLES IN SCHEMA public TO " + database.agent());
    database.policy(
        GuardedDatabase.POLICY
                .replaceAll("detectors: .*\n", "")
                .replaceAll("limits: .*\n", "")
                .replace("pii.ssn:", "two: { columns: two.book.title, mask: redact }\n  pii.ssn:")
                .replace("kind: [insert,", "kind: [ddl, code, insert,")
            + "roles:\n  - { groups: [all], role: "
            + database.agent()
            + " }\n");
  }

  @Override
  Connection connect() throws SQLException {
    return database.connect(Map.of("prepareThreshold", "1", "guard.groups", "all"));
  }

  private String one(String query) throws SQLException {
    return GuardedDatabase.first(connection, query);
  }

  /** What others have changed is seen when a statement that it could concern brings its rows. */
  private void looked() {
    try {
      one("SELECT count(*) FROM public.customers");
    } catch (SQLException e) {
      assertEquals("42501", e.getSQLState(), e.getMessage());
    }
  }

  private String refused(String text) {
    SQLException refused = assertThrows(SQLException.class, () -> run(text), text);
    assertEquals("42501", refused.getSQLState(), refused.getMessage());
    String message = String.valueOf(refused.getMessage());
    assertFalse(message.contains("901-02"), message);
    return message;
  }

  @ParameterizedTest
  @ValueSource(strings = {"app.tenant", "shop.region", "shop.clerk", "application_name"})
  void settingThatStoredCodeReads_isRefused(String name) throws Exception {
    String message = refused("SET " + name + " = '7'");
    assertTrue(message.contains(name), message);
    refused("SET LOCAL " + name + " TO '7'");
    refused("SELECT set_config('" + name + "', '7', false)");
    refused("SELECT set_config('" + name.toUpperCase(Locale.ROOT) + "', $$7$$, true)");
    run("RESET " + name);
  }

  @Test
  void settingThatNothingReads_passes() throws Exception {
    run("SET my.tenant = '7'");
    assertEquals("7", one("SELECT current_setting('my.tenant')"));
    assertEquals("8", one("SELECT set_config('my.tenant', '8', false)"));
  }

  @Test
  void settingThatAPolicyBeginsToRead_isRefusedFromThenOn() throws Exception {
    run("SET my.tenant = '7'");
    execute(
        "CREATE FUNCTION setting(text) RETURNS text LANGUAGE sql STABLE AS"
            + " 'SELECT current_setting($1, true)'");
    looked();
    String message = refused("SET my.tenant = '8'");
    assertTrue(message.contains("public.setting(text)"), message);
    execute(
        "DROP FUNCTION setting(text)",
        "CREATE POLICY other ON note_of USING (body = current_setting('my.' || 'tenant', true))");
    looked();
    assertTrue(refused("SET my.tenant = '8'").contains("public.note_of"));
    execute("DROP POLICY other ON note_of");
    looked();
    run("SET my.tenant = '8'");
  }

  @Test
  void schemaBeforeTheSystem_thatHidesNothing_passes() throws Exception {
    run("SET search_path TO public, pg_catalog");
    assertEquals(
        "***-**-0001".substring(7), one("SELECT ssn FROM customers WHERE id = 1").substring(7));
    assertEquals("customer 1", one("SELECT lower(name) FROM customers WHERE id = 1"));
    assertFalse(one("SELECT lower(email) FROM customers WHERE id = 1").contains("ada@"));
  }

  /** An operator, function, type or relation that others put there: refused, and said. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "CREATE FUNCTION one.lower(text) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT $1'",
        "CREATE FUNCTION one.concat(VARIADIC text[]) RETURNS text LANGUAGE sql AS 'SELECT $1[1]'",
        "CREATE OPERATOR one.|| (LEFTARG = text, RIGHTARG = text, FUNCTION = texteq)",
        "CREATE DOMAIN one.text AS pg_catalog.text",
        "CREATE TABLE one.pg_class (oid int)",
        "CREATE TABLE one.bool (a int)",
      })
  void schemaBeforeTheSystem_thatHidesSomething_isRefused(String hiding) throws Exception {
    run("SET search_path TO one, pg_catalog, public");
    assertEquals("1", one("SELECT 1"));
    execute(hiding);
    looked();
    String message = refused("SELECT lower(ssn || 'x') FROM public.customers");
    assertTrue(message.contains("search_path"), message);
    run("SET search_path TO two, pg_catalog, public");
    assertEquals("1", one("SELECT 1"));
    assertTrue(refused("SET search_path TO one, pg_catalog").contains("one."));
    run("RESET search_path");
    run("SET search_path TO one, public");
    assertEquals("1", one("SELECT 1"));
  }

  /** The session's own, in the transaction that nobody else sees. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "CREATE FUNCTION one.lower(text) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT $1'",
        "CREATE OPERATOR one.= (LEFTARG = int, RIGHTARG = int, FUNCTION = int4eq)",
        "CREATE TABLE one.text (a int)",
      })
  void schemaBeforeTheSystem_inWhichTheTransactionHidesSomething_isRefused(String hiding)
      throws Exception {
    connection.setAutoCommit(false);
    run("SET search_path TO one, pg_catalog, public", hiding);
    refused("SELECT lower(name)::text FROM public.customers WHERE id = 1");
    connection.rollback();
    assertEquals("Customer 1", one("SELECT name FROM public.customers WHERE id = 1"));
  }

  /** PgJDBC splits a text; what cannot stand among others is refused as it is in one. */
  @Test
  void discardAllAmongOthers_isRefusedBeforeAnyOfTheTextRuns() throws Exception {
    run("PREPARE kept AS SELECT 7");
    assertTrue(refused("DEALLOCATE ALL; DISCARD ALL").contains("among other statements"));
    assertEquals("7", one("EXECUTE kept"));
    connection.setAutoCommit(false);
    refused("SELECT 1; DISCARD ALL");
    connection.rollback();
    connection.setAutoCommit(true);
    run("DISCARD ALL", "SELECT 1; SELECT 'discard'");
  }

  /** The policy may give the session's own role a name: saying it changes nothing. */
  @Test
  void roleThatThePolicyGives_maySet() throws Exception {
    SQLException ofNoGroup = assertThrows(SQLException.class, database::connect);
    assertEquals("28000", ofNoGroup.getSQLState(), ofNoGroup.getMessage());
    try (Connection ofGroup = database.connect(Map.of("guard.groups", "all"))) {
      GuardedDatabase.run(ofGroup, "SET ROLE " + database.agent(), "RESET ROLE");
      assertEquals(database.agent(), GuardedDatabase.first(ofGroup, "SELECT current_user"));
      for (String other : new String[] {"postgres", "none", "pg_read_all_data"}) {
        SQLException e =
            assertThrows(
                SQLException.class, () -> GuardedDatabase.run(ofGroup, "SET ROLE " + other));
        assertEquals("42501", e.getSQLState(), e.getMessage());
      }
    }
  }

  /** What was prepared under one path means something else under another. */
  @Test
  void whatWasPrepared_isJudgedByThePathAtHand() throws Exception {
    execute(
        "CREATE TABLE one.book (id int, title text)",
        "CREATE TABLE two.book (id int, title text)",
        "INSERT INTO one.book VALUES (1, 'open')",
        "INSERT INTO two.book VALUES (1, 'Secret')",
        "GRANT ALL ON one.book, two.book TO " + database.agent());
    run("SET search_path TO one", "PREPARE p AS SELECT title || '!', id FROM book");
    assertEquals("open!", one("EXECUTE p"));
    try (PreparedStatement prepared =
        connection.prepareStatement("SELECT upper(title), id FROM book")) {
      assertEquals("OPEN", first(prepared));
      assertEquals("OPEN", first(prepared));
      run("SET search_path TO two");
      assertFalse(first(prepared).contains("SECRET"));
      assertFalse(one("EXECUTE p").contains("Secret"));
    }
    run("SET search_path TO one");
    assertEquals("open!", one("EXECUTE p"));
    SQLException refused =
        assertThrows(SQLException.class, () -> run("SET search_path TO two; EXECUTE p"));
    assertEquals("42501", refused.getSQLState(), refused.getMessage());
    run("SET search_path TO one");
    run(
        "SET search_path TO two; PREPARE q AS SELECT title || '?' FROM book; SET search_path TO one");
    assertEquals("open?", one("EXECUTE q"));
    run(
        "SET search_path TO one; PREPARE r AS SELECT title || '?' FROM book; SET search_path TO two");
    assertFalse(one("EXECUTE r").contains("Secret"));
    connection.setAutoCommit(false);
    run("SET LOCAL search_path TO one", "PREPARE s AS SELECT title || '?' FROM book");
    connection.commit();
    assertFalse(one("EXECUTE s").contains("Secret"));
    connection.rollback();
    connection.setAutoCommit(true);
  }

  private static String first(PreparedStatement prepared) throws SQLException {
    try (ResultSet result = prepared.executeQuery()) {
      assertTrue(result.next());
      return String.valueOf(result.getString(1));
    }
  }
}
