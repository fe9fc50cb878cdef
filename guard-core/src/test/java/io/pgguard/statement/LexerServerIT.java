package io.pgguard.statement;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.pgguard.testkit.TestPostgres;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * The server reads a text and the same text put together again from its tokens alike. The text goes
 * as a literal of one statement to a function that parses without running.
 */
class LexerServerIT {
  // PREPARE parses the text and tells the SQLSTATE; a syntax error comes before any name is looked
  // up.
  private static final String PARSER =
      "CREATE FUNCTION parse(t text) RETURNS text LANGUAGE plpgsql AS $f$ BEGIN"
          + " EXECUTE 'CREATE OR REPLACE FUNCTION pg_temp.p() RETURNS void LANGUAGE sql AS ' || quote_literal(t);"
          + " RETURN 'ok'; EXCEPTION WHEN OTHERS THEN RETURN SQLSTATE || ' ' || SQLERRM; END $f$";

  @Test
  void server_readsTextAndRejoinedTokens_alike() throws Exception {
    int count = Integer.getInteger("guard.fuzz.server", 4_000);
    long seed = Long.getLong("guard.fuzz.seed", System.nanoTime());
    System.out.println("LexerServerIT: " + count + " texts, -Dguard.fuzz.seed=" + seed);
    TestPostgres postgres = TestPostgres.shared();
    String database = postgres.createDatabase("lexer");
    Properties properties = new Properties();
    properties.setProperty("user", postgres.user());
    properties.setProperty("password", postgres.password());
    try (Connection connection =
        DriverManager.getConnection(postgres.jdbcUrl(database), properties)) {
      connection.createStatement().execute(PARSER);
      connection.createStatement().execute("SET check_function_bodies = on");
      connection.createStatement().execute("SET client_min_messages = error");
      try (PreparedStatement parse = connection.prepareStatement("SELECT parse(?)")) {
        assertEquals(List.of(), differences(parse, new Mutations(new Random(seed)), count));
      }
    } finally {
      postgres.dropDatabase(database);
    }
  }

  private static List<String> differences(PreparedStatement parse, Mutations mutations, int count)
      throws SQLException {
    List<String> different = new ArrayList<>();
    int refused = 0;
    for (int i = 0; i < count; i++) {
      String sql = mutations.next();
      try {
        String rejoined = rejoin(Lexer.lex(sql));
        String answer = answer(parse, sql);
        String again = answer(parse, rejoined);
        if (!answer.equals(again)) {
          different.add(answer + " but " + again + " for " + sql + " as " + rejoined);
        }
      } catch (LexicalException e) {
        refused++;
        if (sendable(sql) && answer(parse, sql).equals("ok")) {
          different.add("accepted though " + e.getMessage() + ": " + sql);
        }
      }
    }
    System.out.println("LexerServerIT: " + refused + " refused");
    return different;
  }

  private static boolean sendable(String sql) {
    return sql.indexOf('\0') < 0
        && sql.codePoints().noneMatch(c -> c >= Character.MIN_SURROGATE && c <= 0xDFFF);
  }

  /** The SQLSTATE; the message too where it is the scanner's own. */
  private static String answer(PreparedStatement parse, String sql) throws SQLException {
    parse.setString(1, sql);
    try (var rows = parse.executeQuery()) {
      rows.next();
      String answer = rows.getString(1);
      boolean place = answer.contains(" at or near ") || answer.contains(" at end of input");
      return place ? answer.substring(0, 5) : answer;
    }
  }

  /** The tokens one space apart, each as PostgreSQL writes the value it stands for. */
  private static String rejoin(Tokens tokens) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < tokens.size(); i++) {
      text.append(i == 0 ? "" : " ").append(rewritten(tokens, i));
    }
    return text.toString();
  }

  private static String rewritten(Tokens tokens, int i) {
    String value = tokens.value(i);
    return switch (tokens.kind(i)) {
      case WORD -> tokens.keyword(i) == null ? quoted(value, '"') : value;
      case QUOTED_NAME -> quoted(value, '"');
      case STRING -> (tokens.text(i).matches("(?s)[nN]'.*") ? "N" : "") + quoted(value, '\'');
      case BIT_STRING -> value.charAt(0) + "'" + value.substring(1) + "'";
      case PARAMETER -> "$" + value;
      default -> value;
    };
  }

  private static String quoted(String value, char quote) {
    String one = String.valueOf(quote);
    return one + value.replace(one, one + one) + one;
  }
}
