package io.pgguard.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.sql.Connection;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sequences and advisory locks: where the policy speaks of them, and where they carry nothing. */
class OwnCallsIT {
  private static final String LOCKS = "- { id: locks, when: { locking: true }, then: allow }\n";

  @TempDir Path directory;
  private GuardedDatabase database;

  @BeforeEach
  void create() throws Exception {
    database = new GuardedDatabase("owncalls", directory);
  }

  @AfterEach
  void drop() throws Exception {
    database.close();
  }

  private void refused(Connection connection, String rule, String sql) {
    StatementRefusedException e =
        assertThrows(
            StatementRefusedException.class, () -> GuardedDatabase.first(connection, sql), sql);
    assertTrue(String.valueOf(e.getMessage()).contains("(rule " + rule + ")"), e.getMessage());
  }

  @Test
  void besideProtectedRows_areRefused() throws Exception {
    database.policy(
        GuardedDatabase.POLICY
            .replace("rules:\n", "rules:\n  " + LOCKS)
            .replace("equality", "allow"));
    try (Connection connection = database.connect()) {
      for (String sql :
          new String[] {
            "SELECT nextval('notes_id_seq') FROM customers WHERE ssn = '901-02-0001'",
            "SELECT CASE WHEN ssn < '902' THEN nextval('notes_id_seq') END FROM customers",
            "SELECT count(*) FROM (SELECT nextval('notes_id_seq') FROM customer_contacts) q",
            "SELECT pg_advisory_lock(length(ssn)) FROM customers WHERE id = 1",
            "SELECT pg_try_advisory_xact_lock(1) FROM customers WHERE ssn LIKE '9%'",
            "SELECT pg_advisory_lock((SELECT salary FROM employees WHERE id = 1))",
            "SELECT setval('notes_id_seq', 1)",
            "INSERT INTO customers (id, name, ssn, email, city) VALUES (1, 'x', 'x', 'x', 'x')"
                + " ON CONFLICT (id) DO UPDATE SET id = nextval('notes_id_seq') RETURNING 1",
            "WITH c AS (SELECT ssn FROM customers) SELECT nextval('notes_id_seq') FROM c"
          }) {
        StatementRefusedException e =
            assertThrows(
                StatementRefusedException.class, () -> GuardedDatabase.first(connection, sql), sql);
        assertTrue(String.valueOf(e.getMessage()).contains("guard.function"), e.getMessage());
      }
    }
    assertEquals("f", database.truth("SELECT is_called FROM notes_id_seq"));
  }

  @Test
  void sequence_movesWhereThePolicyAllowsAnInsert() throws Exception {
    try (Connection connection = database.connect()) {
      assertEquals("1", GuardedDatabase.first(connection, "SELECT nextval('notes_id_seq')"));
      assertEquals(
          1,
          GuardedDatabase.update(
              connection,
              "INSERT INTO customers (id, name, ssn, email, city)"
                  + " VALUES (nextval('notes_id_seq') + 1000, 'x', 'x', 'x', 'x')"));
    }
  }

  @Test
  void sequence_staysWhereThePolicyAllowsReadingAlone() throws Exception {
    database.policy(GuardedDatabase.POLICY.replace("kind: [insert, update,", "kind: [update,"));
    try (Connection connection = database.connect()) {
      refused(connection, "guard.otherwise", "SELECT nextval('notes_id_seq')");
      assertEquals("1", GuardedDatabase.first(connection, "SELECT 1"));
    }
  }

  @Test
  void advisoryLock_needsARuleThatSaysSo() throws Exception {
    try (Connection connection = database.connect()) {
      refused(connection, "guard.lock", "SELECT pg_advisory_xact_lock(1)");
      refused(connection, "guard.lock", "SELECT id FROM notes FOR UPDATE");
    }
  }

  @Test
  void advisoryLock_isTakenWhereARuleSaysSo() throws Exception {
    database.policy(GuardedDatabase.POLICY.replace("rules:\n", "rules:\n  " + LOCKS));
    try (Connection connection = database.connect()) {
      assertEquals("t", GuardedDatabase.first(connection, "SELECT pg_try_advisory_lock(1, 2)"));
      assertEquals("no row", GuardedDatabase.first(connection, "SELECT id FROM notes FOR UPDATE"));
    }
  }
}
