package io.pgguard.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.pgguard.testkit.TestPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A server that counts bytes where masks count characters: what it would make of a mask in place of
 * a column tells values with equal masks apart.
 */
class EncodingsIT {
  private static final String POLICY =
      """
      version: 1
      mode: enforce
      classes:
        pci.card: { columns: ["*.m.card"], mask: { partial: { keepLast: 4 } } }
      inference: deny
      rules: []
      otherwise: allow
      """;

  private static String answer(Path directory, String encoding, String card, String sql)
      throws Exception {
    TestPostgres postgres = TestPostgres.shared();
    String database = postgres.createDatabase("encodings") + "_own";
    postgres.execute(
        "postgres",
        "CREATE DATABASE \"%s\" TEMPLATE template0 ENCODING '%s' LOCALE 'C'"
            .formatted(database, encoding));
    postgres.execute(
        database, "CREATE TABLE m (card text)", "INSERT INTO m VALUES ('" + card + "')");
    Files.writeString(directory.resolve("policy.yaml"), POLICY);
    Path config =
        Files.writeString(
            directory.resolve("guard-" + database + ".yaml"),
            """
            database: { user: "%s", password: { value: "%s" } }
            policy: policy.yaml
            audit: { directory: audit-%s }
            """
                .formatted(postgres.user(), postgres.password(), database));
    Properties properties = new Properties();
    properties.setProperty("guard.subject", "ana@example.com");
    String url =
        "jdbc:guard:postgresql://%s:%d/%s?guard.config=%s"
            .formatted(postgres.host(), postgres.port(), database, config);
    try (Connection connection = DriverManager.getConnection(url, properties);
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      result.next();
      return String.valueOf(result.getString(1));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"SELECT card FROM m", "SELECT length(card) FROM m"})
  void bytesForCharacters_equalMasksLookTheSame(String sql, @TempDir Path directory)
      throws Exception {
    assertEquals(
        answer(directory, "SQL_ASCII", "x123", sql), answer(directory, "SQL_ASCII", "é123", sql));
  }

  @Test
  void charactersOfUnicode_partsAreShown(@TempDir Path directory) throws Exception {
    assertEquals("4", answer(directory, "UTF8", "é123", "SELECT length(card) FROM m"));
  }
}
