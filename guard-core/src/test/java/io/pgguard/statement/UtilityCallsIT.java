package io.pgguard.statement;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.pgguard.testkit.TestPostgres;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Words before a parenthesis in statements that are no queries, over texts for the synopses of the
 * manual's SQL commands: those that call are seen, and no other word is taken for a call. The
 * server says that each text is one of its grammar.
 */
class UtilityCallsIT {
  private static final String SYNTAX_ERROR = "42601";
  private static Connection connection;
  private static int version;

  @BeforeAll
  static void connect() throws SQLException {
    connection = TestPostgres.shared().connect("postgres");
    version = connection.getMetaData().getDatabaseMajorVersion();
  }

  @AfterAll
  static void close() throws SQLException {
    connection.close();
  }

  static Stream<String> calls() throws IOException {
    return lines("utility-calls.txt");
  }

  static Stream<String> others() throws IOException {
    return lines("utility-no-calls.txt");
  }

  private static Stream<String> lines(String file) throws IOException {
    try (BufferedReader in =
        new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(
                    UtilityCallsIT.class.getResourceAsStream("/statement/" + file)),
                StandardCharsets.UTF_8))) {
      return in.lines().filter(line -> !line.startsWith("#")).toList().stream();
    }
  }

  private static StatementFacts read(String sql) throws LexicalException {
    List<StatementFacts> statements = StatementReader.read(sql).statements();
    assertEquals(1, statements.size(), sql);
    return statements.get(0);
  }

  @ParameterizedTest
  @MethodSource("calls")
  void call_isSeen(String line) throws Exception {
    String sql = grammatical(line);
    Set<Name> mentions = read(sql).functionMentions();
    assertTrue(mentions.stream().anyMatch(name -> name.name().equals("probe")), sql);
  }

  @ParameterizedTest
  @MethodSource("others")
  void otherWord_isNoCall(String line) throws Exception {
    assertEquals(Set.of(), read(grammatical(line)).functionMentions(), line);
  }

  /** The text of a line, where the server at hand knows its grammar. */
  private static String grammatical(String line) throws SQLException {
    boolean versioned = Character.isDigit(line.charAt(0));
    String sql = versioned ? line.substring(line.indexOf(' ') + 1) : line;
    assumeTrue(!versioned || version >= Integer.parseInt(line.substring(0, line.indexOf(' '))));
    try (PreparedStatement parsed = connection.prepareStatement(sql)) {
      parsed.getMetaData();
    } catch (SQLException e) {
      // What it names is not there; that the parser understood it is all that matters here.
      assertTrue(!SYNTAX_ERROR.equals(e.getSQLState()), () -> sql + ": " + e.getMessage());
    }
    return sql;
  }
}
