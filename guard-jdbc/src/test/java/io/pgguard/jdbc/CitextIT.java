package io.pgguard.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Columns of the type citext are masked as text is, in both formats. */
class CitextIT {
  private static GuardedDatabase database;

  @BeforeAll
  static void create(@TempDir Path directory) throws Exception {
    database = new GuardedDatabase("citext", directory);
    database
        .postgres()
        .execute(
            database.database(),
            "CREATE SCHEMA kept",
            "CREATE EXTENSION citext SCHEMA kept",
            "CREATE DOMAIN address AS kept.citext",
            "CREATE TABLE person (id int, email kept.citext, code kept.citext, nick address,"
                + " word kept.citext, tags kept.citext[], gone kept.citext)",
            "INSERT INTO person VALUES (1, 'Ada@mail.example', 'ABC123', 'Ada', 'Secret',"
                + " '{Ada,Eve}', 'Gone'), (2, NULL, NULL, NULL, NULL, NULL, NULL)",
            "GRANT ALL ON person TO " + database.agent(),
            "GRANT USAGE ON SCHEMA kept TO " + database.agent());
    database.policy(
        """
        version: 1
        classes:
          email: { columns: ["*.person.email"], mask: email }
          code:  { columns: ["*.person.code"], mask: { partial: { keepLast: 2 } } }
          nick:  { columns: ["*.person.nick"], mask: redact }
          word:  { columns: ["*.person.word"], mask: { constant: "n/a" } }
          tags:  { columns: ["*.person.tags"], mask: { partial: { keepFirst: 1 } } }
          gone:  { columns: ["*.person.gone"], mask: "null" }
        rules:
          - { id: all, when: {}, then: allow }
        """);
  }

  @AfterAll
  static void drop() throws Exception {
    database.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "0"})
  void citext_isMaskedAsText(String threshold) throws Exception {
    try (Connection connection = database.connect(Map.of("prepareThreshold", threshold));
        PreparedStatement query =
            connection.prepareStatement(
                "SELECT email, code, nick, word, tags, gone FROM person ORDER BY id")) {
      assertEquals(
          List.of(
              "A***@mail.example|****23|[redacted]|n/a|{\"A**\",\"E**\"}|null",
              "null|null|null|null|null|null"),
          rows(query));
      assertEquals(2, rows(query).size());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT nick || 'x' FROM person",
        "SELECT lower(code) FROM person",
        "SELECT code::text FROM person WHERE id = 1",
        "SELECT min(word) FROM person",
        "SELECT id FROM person WHERE code = 'abc123'",
      })
  void computedOfCitext_tellsNothing(String query) throws Exception {
    try (Connection connection = database.connect();
        PreparedStatement computed = connection.prepareStatement(query)) {
      String seen = String.valueOf(rows(computed)).toLowerCase(Locale.ROOT);
      assertFalse(seen.contains("abc") || seen.contains("secret") || seen.contains("ada"), seen);
    } catch (SQLException e) {
      assertEquals("42501", e.getSQLState(), e.getMessage());
    }
  }

  private static List<String> rows(PreparedStatement query) throws SQLException {
    List<String> rows = new ArrayList<>();
    try (ResultSet result = query.executeQuery()) {
      while (result.next()) {
        List<String> row = new ArrayList<>();
        for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
          row.add(String.valueOf(result.getString(i)));
        }
        rows.add(String.join("|", row));
      }
    }
    return rows;
  }
}
