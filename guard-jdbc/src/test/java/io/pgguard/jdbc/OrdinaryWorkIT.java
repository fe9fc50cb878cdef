package io.pgguard.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.file.Path;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Ordinary work under a policy that allows it gives what a direct connection gives: rows, tags and
 * errors. The scripts lie in {@code ordinary/}, one file a kind of work; each runs in a guarded
 * database and in one like it, as the same role.
 */
class OrdinaryWorkIT {
  private static OrdinaryDatabases databases;

  @BeforeAll
  static void create(@TempDir Path directory) throws Exception {
    databases = new OrdinaryDatabases(directory);
  }

  @AfterAll
  static void drop() throws Exception {
    databases.close();
  }

  static Stream<OrdinaryScript> scripts() throws Exception {
    return OrdinaryScript.read(
        "definitions", "errors", "sessions", "queues", "transactions", "values", "extensions")
        .stream();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("scripts")
  void guarded_isAsDirect(OrdinaryScript script) throws Exception {
    assertFalse(script.lines().isEmpty(), script::toString);
    List<String> direct = new ArrayList<>();
    List<String> guarded = new ArrayList<>();
    try (Connection plain = databases.direct();
        Connection through = databases.guarded()) {
      for (OrdinaryScript.Line line : script.lines()) {
        direct.add(line.sql() + "\n" + OrdinaryOutcome.of(plain, line));
        guarded.add(line.sql() + "\n" + OrdinaryOutcome.of(through, line));
      }
    }
    assertEquals(String.join("\n", direct), String.join("\n", guarded));
  }
}
