package io.pgguard.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A trigger that leaves out rows, or fails, by what is stored of protected columns tells it. */
class TellingTriggersIT {
  private static GuardedDatabase database;
  private Connection connection;

  @BeforeAll
  static void create(@TempDir Path directory) throws Exception {
    database = new GuardedDatabase("telling", directory);
    database.policy(policy("deny"));
    database
        .postgres()
        .execute(
            database.database(),
            table("same"),
            "CREATE TRIGGER t BEFORE UPDATE ON same FOR EACH ROW"
                + " EXECUTE FUNCTION suppress_redundant_updates_trigger()",
            function("leaves", "IF OLD.secret > 'm' THEN RETURN NULL; END IF; RETURN NEW;"),
            on("body", "BEFORE UPDATE OR DELETE", "", "leaves"),
            function("nothing", "RETURN NULL;"),
            on("condition", "BEFORE UPDATE", "WHEN (old.secret > 'm')", "nothing"),
            on("wholly", "BEFORE UPDATE", "WHEN (old.* IS DISTINCT FROM new.*)", "nothing"),
            function("fails", "NEW.n := 1 / (length(OLD.secret) - 3); RETURN NEW;"),
            on("failing", "BEFORE UPDATE", "", "fails"),
            function("whole", "IF to_jsonb(OLD)::text > 'm' THEN RETURN NULL; END IF; RETURN NEW;"),
            on("rowly", "BEFORE UPDATE OR DELETE", "", "whole"),
            function(
                "rows",
                "NEW.n := 1 / (SELECT count(*) FROM (SELECT OLD.*) o (id, s) WHERE s > 'm'); RETURN NEW;"),
            on("starry", "BEFORE UPDATE", "", "rows"),
            function("stamps", "NEW.n := NEW.n * 2; RETURN COALESCE(NEW, OLD);"),
            on("stamped", "BEFORE INSERT OR UPDATE", "WHEN (new.n > 1)", "stamps"),
            function("cleans", "NEW.secret := upper(NEW.secret); RETURN NEW;"),
            on("cleaned", "BEFORE INSERT", "", "cleans"),
            "GRANT ALL ON ALL TABLES IN SCHEMA public TO " + database.agent());
  }

  private static String policy(String inference) {
    return """
    version: 1
    classes: { hidden: { columns: ["public.*.secret"], mask: redact } }
    inference: %s
    otherwise: allow
    """
        .formatted(inference);
  }

  private static String table(String name) {
    return "CREATE TABLE %1$s (id int PRIMARY KEY, secret text, n int); INSERT INTO %1$s VALUES (1, 'owl', 2)"
        .formatted(name);
  }

  private static String function(String name, String body) {
    return "CREATE FUNCTION %s() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN %s END$$"
        .formatted(name, body);
  }

  private static String on(String table, String when, String condition, String function) {
    return table(table)
        + "; CREATE TRIGGER t %s ON %s FOR EACH ROW %s EXECUTE FUNCTION %s()"
            .formatted(when, table, condition, function);
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

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UPDATE same SET secret = 'owl'",
        "UPDATE body SET n = 1",
        "DELETE FROM body",
        "INSERT INTO body VALUES (1, 'x', 1) ON CONFLICT (id) DO UPDATE SET n = 1",
        "MERGE INTO body USING (VALUES (1)) v (i) ON id = i WHEN MATCHED THEN DELETE",
        "UPDATE condition SET n = 1",
        "UPDATE wholly SET n = 1",
        "UPDATE failing SET n = 1",
        "UPDATE rowly SET n = 1",
        "DELETE FROM rowly",
        "UPDATE starry SET n = 1",
      })
  void whatATriggerDoesByStoredValues_isNotTold(String sql) {
    SQLException refused =
        assertThrows(SQLException.class, () -> GuardedDatabase.update(connection, sql));
    assertEquals("42501", refused.getSQLState(), refused::getMessage);
    assertTrue(
        String.valueOf(refused.getMessage())
            .matches("(?s).*rule guard\\.(function|constraint|trigger).*"),
        refused::getMessage);
  }

  @Test
  void triggersThatLookAtOpenColumnsOrNewRows_runAsTheyDid() throws Exception {
    assertEquals(1, GuardedDatabase.update(connection, "UPDATE stamped SET n = 4"));
    assertEquals("8", database.truth("SELECT n FROM stamped"));
    assertEquals(1, GuardedDatabase.update(connection, "UPDATE same SET n = 5"));
    assertEquals(0, GuardedDatabase.update(connection, "UPDATE same SET n = 5"));
    assertEquals(1, GuardedDatabase.update(connection, "INSERT INTO cleaned VALUES (2, 'jay', 1)"));
    assertEquals("JAY", database.truth("SELECT secret FROM cleaned WHERE id = 2"));
    assertEquals(1, GuardedDatabase.update(connection, "INSERT INTO body VALUES (3, 'x', 1)"));
  }
}
