package io.pgguard.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pgguard.GuardContext;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who asks is one whole, and what one borrower of a connection said the next has not. */
class ScopesIT {
  private static final String EMAIL = "SELECT email FROM customers WHERE id = 1";
  private static final Map<String, String> COMPLIANCE = Map.of("guard.groups", "compliance");
  private static final Map<String, String> REQUIRED = Map.of("guard.scope", "required");

  private static GuardedDatabase database;

  @BeforeAll
  static void create(@TempDir Path directory) throws Exception {
    database = new GuardedDatabase("scopes", directory);
  }

  @AfterAll
  static void drop() throws Exception {
    database.close();
  }

  private static void refused(String words, org.junit.jupiter.api.function.Executable run) {
    SQLException e = assertThrows(SQLException.class, run);
    assertEquals("28000", e.getSQLState(), e.getMessage());
    assertTrue(String.valueOf(e.getMessage()).contains(words), e.getMessage());
  }

  @Test
  void subjectOfAScope_neverMeetsTheGroupsOfProperties() throws Exception {
    try (Connection ana = database.connect(COMPLIANCE)) {
      assertEquals(GuardedDatabase.EMAIL, GuardedDatabase.first(ana, EMAIL));
    }
    try (var scope = GuardContext.subject("bob@example.com").open();
        Connection bob = database.connect(COMPLIANCE)) {
      assertEquals("a***@mail.example", GuardedDatabase.first(bob, EMAIL));
    }
    try (var scope = GuardContext.subject("bob@example.com", Set.of("compliance")).open();
        Connection bob = database.connect()) {
      assertEquals(GuardedDatabase.EMAIL, GuardedDatabase.first(bob, EMAIL));
    }
  }

  @Test
  void groupsOfAScope_areTheConnectionsOrItIsRefused() throws Exception {
    try (Connection ana = database.connect();
        var scope = GuardContext.subject("ana@example.com", Set.of("compliance")).open()) {
      refused("belongs to ana@example.com", () -> GuardedDatabase.first(ana, EMAIL));
    }
  }

  @Test
  void connectionOpenedWithinAScope_isNobodysOutside() throws Exception {
    Connection kept;
    try (var scope = GuardContext.subject("bob@example.com", Set.of("compliance")).open()) {
      kept = database.connect();
      assertEquals(GuardedDatabase.EMAIL, GuardedDatabase.first(kept, EMAIL));
    }
    try (kept) {
      refused("opened within a GuardContext", () -> GuardedDatabase.first(kept, EMAIL));
      try (var scope = GuardContext.subject("cleo@example.com").open()) {
        refused("belongs to bob@example.com", () -> GuardedDatabase.first(kept, EMAIL));
      }
    }
  }

  @Test
  void whereAScopeIsRequired_nothingRunsWithoutAndEachRunsAsItsOwn() throws Exception {
    try (Connection pooled = database.connect(REQUIRED)) {
      refused("GuardContext", () -> GuardedDatabase.first(pooled, EMAIL));
      try (var scope = GuardContext.intent("why, but not who").open()) {
        refused("GuardContext", () -> GuardedDatabase.first(pooled, EMAIL));
      }
      try (var scope = GuardContext.subject("bob@example.com", Set.of("compliance")).open()) {
        assertEquals(GuardedDatabase.EMAIL, GuardedDatabase.first(pooled, EMAIL));
      }
      try (var scope = GuardContext.subject("cleo@example.com").open()) {
        assertEquals("a***@mail.example", GuardedDatabase.first(pooled, EMAIL));
      }
      assertFalse(database.logged("SessionOpened", "cleo@example.com").isEmpty());
    }
  }

  @Test
  void statementMadeWithinAScope_doesNotRunOutside() throws Exception {
    try (Connection pooled = database.connect(REQUIRED)) {
      PreparedStatement prepared;
      Statement batch;
      try (var scope = GuardContext.subject("bob@example.com").open()) {
        prepared = pooled.prepareStatement(EMAIL);
        batch = pooled.createStatement();
        batch.addBatch("INSERT INTO notes (body) VALUES ('x')");
      }
      refused("GuardContext", prepared::executeQuery);
      refused("GuardContext", batch::executeBatch);
      try (var scope = GuardContext.subject("cleo@example.com").open()) {
        refused("belongs to bob@example.com", prepared::executeQuery);
        refused("belongs to bob@example.com", batch::executeBatch);
      }
    }
  }

  @Test
  void otherWordForScope_isRefused() {
    SQLException e =
        assertThrows(
            SQLException.class, () -> database.connect(Map.of("guard.scope", "sometimes")).close());
    assertTrue(String.valueOf(e.getMessage()).contains("`required`"), e.getMessage());
  }

  @Test
  void intentOfOneBorrower_endsWithTheRequest() throws Exception {
    try (Connection pooled = database.connect(Map.of("guard.intent", "the pool's"))) {
      pooled.beginRequest();
      pooled.setClientInfo("guard.intent", "the first one's");
      GuardedDatabase.first(pooled, "SELECT 1 AS first_borrower");
      pooled.endRequest();
      GuardedDatabase.first(pooled, "SELECT 1 AS next_borrower");
    }
    assertEquals(1, database.logged("StatementDecided", "first_borrower", "first one's").size());
    assertEquals(1, database.logged("StatementDecided", "next_borrower", "the pool's").size());
  }

  @Test
  void wrappedTasks_runInTheContextOfWhoHandedThemOver() throws Exception {
    ExecutorService threads = Executors.newSingleThreadExecutor();
    try {
      Future<String> bob;
      try (var scope = GuardContext.subject("bob@example.com").open()) {
        bob =
            threads.submit(
                GuardContext.wrap(() -> GuardContext.current().orElseThrow().subject().orElse("")));
      }
      assertEquals("bob@example.com", bob.get());
      boolean[] any = {true};
      GuardContext.wrap(threads).execute(() -> any[0] = GuardContext.current().isPresent());
      threads.submit(() -> {}).get();
      assertFalse(any[0]);
    } finally {
      threads.shutdown();
    }
  }

  @Test
  void dataSourceOfProperties_opensConnections() throws Exception {
    GuardDataSource source = new GuardDataSource();
    assertThrows(SQLException.class, source::getConnection);
    source.setUrl(database.url());
    source.setSubject("ana@example.com");
    source.setGroups("compliance");
    try (Connection connection = source.getConnection()) {
      assertEquals(GuardedDatabase.EMAIL, GuardedDatabase.first(connection, EMAIL));
    }
  }
}
