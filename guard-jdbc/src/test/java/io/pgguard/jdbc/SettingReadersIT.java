package io.pgguard.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A setting is not moved where code of any kind, in any place, may read it. */
class SettingReadersIT extends OwnDatabase {
  SettingReadersIT() {
    super("readers");
  }

  @Override
  void prepare() throws Exception {
    execute("CREATE TABLE note_of (tenant text)");
  }

  /** What others have changed is seen when a statement that it could concern brings its rows. */
  private void looked() throws SQLException {
    GuardedDatabase.first(connection, "SELECT count(*) FROM customers");
  }

  private String refused(String text) {
    SQLException refused = assertThrows(SQLException.class, () -> run(text), text);
    assertEquals("42501", refused.getSQLState(), refused.getMessage());
    return String.valueOf(refused.getMessage());
  }

  /** Wherever code may stand, and however it comes to the name. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "CREATE FUNCTION f() RETURNS text LANGUAGE sql BEGIN ATOMIC"
            + " SELECT current_setting('my.tenant', true); END",
        "CREATE FUNCTION f(a text) RETURNS text LANGUAGE plpgsql AS"
            + " $$DECLARE r text; BEGIN EXECUTE 'SHOW ' || a INTO r; RETURN r; END$$",
        "CREATE FUNCTION f(a text) RETURNS text LANGUAGE plpgsql AS $$DECLARE r text; BEGIN"
            + " EXECUTE format('SELECT current' || '_setting(%L)', a) INTO r; RETURN r; END$$",
        "CREATE FUNCTION f() RETURNS text LANGUAGE sql AS"
            + " $$SELECT U&\"current!005fsetting\" UESCAPE '!' ('my.' || 'tenant')$$",
        "CREATE FUNCTION f(a text DEFAULT current_setting('my.tenant', true)) RETURNS text"
            + " LANGUAGE sql AS 'SELECT a'",
        "CREATE DOMAIN d AS text DEFAULT current_setting('my.tenant', true)",
        "CREATE DOMAIN d AS text CHECK (VALUE <> current_setting('my.tenant', true))",
        "CREATE OPERATOR @@@@ (FUNCTION = current_setting, RIGHTARG = text)",
        "CREATE VIEW v AS SELECT query_to_xml('SHOW my.tenant', true, true, '') AS x",
        "CREATE RULE r AS ON UPDATE TO orders WHERE current_setting('my.tenant', true) = 'x'"
            + " DO INSTEAD NOTHING",
      })
  void settingThatCodeMayReadInAnyPlace_isRefused(String code) throws Exception {
    run("SET my.tenant = '7'");
    execute(code);
    looked();
    refused("SET my.tenant = '8'");
    refused("SELECT set_config('my.tenant', '8', false)");
    run("RESET my.tenant");
  }

  /** What a policy or view calls may go by one of PostgreSQL's own settings too. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "CREATE VIEW v AS SELECT id FROM orders WHERE status = current_setting('TimeZone')",
        "CREATE VIEW v AS SELECT id FROM orders WHERE status = outer_of()",
        "CREATE POLICY p ON note_of USING (tenant = outer_of())",
      })
  void ownSettingThatAViewOrPolicyReads_isRefused(String code) throws Exception {
    run("SET timezone = 'UTC'");
    execute(
        "CREATE FUNCTION inner_of() RETURNS text LANGUAGE sql AS 'SELECT"
            + " current_setting(''timezone'')'",
        "CREATE FUNCTION outer_of() RETURNS text LANGUAGE sql AS 'SELECT inner_of()'");
    looked();
    run("SET timezone = 'UTC'");
    execute(code);
    looked();
    assertTrue(refused("SET timezone = 'CET'").contains("timezone"));
    run("RESET timezone");
  }

  @Test
  void settingOfAModule_isRefused() throws Exception {
    execute("CREATE EXTENSION pg_trgm");
    looked();
    assertTrue(refused("SET plpgsql.check_asserts = off").contains("plpgsql"));
    refused("SELECT set_config('PLPGSQL.variable_conflict', 'use_column', false)");
    refused("SET pg_trgm.other = 1");
    run("SET pg_trgm.similarity_threshold = 0.5");
  }
}
