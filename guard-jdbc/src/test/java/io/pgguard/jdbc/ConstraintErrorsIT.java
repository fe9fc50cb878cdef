package io.pgguard.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.sql.Connection;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** Violated constraints are named, since names are no values; what quotes a row is withheld. */
class ConstraintErrorsIT {
  private static GuardedDatabase database;

  @BeforeAll
  static void create(@TempDir Path directory) throws Exception {
    database = new GuardedDatabase("violations", directory);
    database.policy(
        GuardedDatabase.POLICY
            .replace("inference: equality", "inference: allow")
            .replace("public.open_notes()", "public.blames()"));
    database
        .postgres()
        .execute(
            database.database(),
            "CREATE TABLE letters (id int CHECK (id > 0), email text) PARTITION BY RANGE (email)",
            "CREATE TABLE letters_a PARTITION OF letters FOR VALUES FROM ('a') TO ('m')",
            "CREATE TABLE letters_z PARTITION OF letters DEFAULT",
            "INSERT INTO letters VALUES (1, 'ada@mail.example')",
            "CREATE TABLE blamed (id int, email text)",
            "CREATE FUNCTION blames() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION"
                + " USING ERRCODE = ''unique_violation'', MESSAGE = NEW.email,"
                + " CONSTRAINT = NEW.email, TABLE = ''blamed'', SCHEMA = ''public''; END'",
            "CREATE TRIGGER b BEFORE INSERT ON blamed FOR EACH ROW EXECUTE FUNCTION blames()",
            "GRANT ALL ON letters, letters_a, letters_z, blamed TO " + database.agent());
  }

  @AfterAll
  static void drop() throws Exception {
    database.close();
  }

  private static ServerErrorMessage violation(String sqlState, String sql) throws Exception {
    try (Connection connection = database.connect()) {
      PSQLException e =
          assertThrows(PSQLException.class, () -> GuardedDatabase.update(connection, sql), sql);
      assertEquals(sqlState, e.getSQLState(), e.getMessage());
      ServerErrorMessage told = e.getServerErrorMessage();
      assertNotNull(told);
      assertFalse(told.toString().contains(GuardedDatabase.SSN), told::toString);
      assertFalse(told.toString().contains("ada@"), told::toString);
      return told;
    }
  }

  @Test
  void uniqueKeyOfAProtectedColumn_isNamed() throws Exception {
    ServerErrorMessage told =
        violation(
            "23505",
            "INSERT INTO customers (id, name, ssn, email, city) VALUES (900, 'x', '"
                + GuardedDatabase.SSN
                + "', 'x', 'x')");
    assertEquals("customers_ssn_key", told.getConstraint());
    assertEquals("customers", told.getTable());
    assertTrue(String.valueOf(told.getMessage()).contains("customers_ssn_key"), told::toString);
    assertTrue(String.valueOf(told.getDetail()).contains("withheld"), told::toString);
  }

  @Test
  void partitionCutByAProtectedColumn_isNotNamed() throws Exception {
    ServerErrorMessage told = violation("23514", "UPDATE letters SET id = -1 WHERE id = 1");
    assertNull(told.getTable());
    assertNull(told.getConstraint());
    assertFalse(String.valueOf(told.getMessage()).contains("letters_a"), told::toString);
  }

  @Test
  void namesThatCodeRaises_areWithheld() throws Exception {
    ServerErrorMessage told =
        violation("23505", "INSERT INTO blamed (id, email) VALUES (1, 'ada@mail.example')");
    assertNull(told.getTable());
    assertNull(told.getConstraint());
  }
}
