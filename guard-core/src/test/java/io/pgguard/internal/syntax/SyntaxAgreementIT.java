package io.pgguard.internal.syntax;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.pgguard.statement.Lexer;
import io.pgguard.statement.LexicalException;
import io.pgguard.statement.TokenKind;
import io.pgguard.statement.Tokens;
import io.pgguard.testkit.TestPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * PostgreSQL's grammar and ours accept the same texts. In a failed transaction the server parses a
 * text and goes no further: SQLSTATE 25P02 says that its grammar accepted.
 */
class SyntaxAgreementIT {
  private static final int MUTATIONS = Integer.getInteger("guard.syntax.mutations", 6_000);
  private static final Set<String> KINDS =
      Set.of("Select", "Insert", "Update", "Delete", "Merge", "DeclareCursor", "Copy");
  private static final String WORDS =
      "select from where and or not null is in like between as on join left natural using group by"
          + " order limit offset union all distinct values with x int time interval at collate"
          + " case when then else end exists any array row cast over filter lateral only table"
          + " default returning set update for of current first last nulls format json zone"
          + " operator similar to escape isnull overlaps user position ( ) [ ] , . : :: = <> + -"
          + " * / ^ || ! <= 1 'a' $1 \"q\"";

  @Test
  void mutatedStatements_areAcceptedByBothOrNone() throws IOException, SQLException {
    Optional<List<CorpusStatement>> regress = CorpusStatement.of("postgres-regress.jsonl.gz");
    assumeTrue(regress.isPresent(), "skipped: no postgres-regress.jsonl.gz in -Dguard.corpus");
    long seed = Long.getLong("guard.seed", System.nanoTime());
    System.out.println("SyntaxAgreementIT seed " + seed);
    Random random = new Random(seed);
    List<CorpusStatement> corpus = new ArrayList<>(regress.orElseThrow());
    corpus.removeIf(s -> !KINDS.contains(s.kind()) || s.sql().length() > 2_000);
    List<String> tooWilling = new ArrayList<>();
    List<String> tooStrict = new ArrayList<>();
    int accepted = 0;
    try (Connection connection =
            TestPostgres.shared().connect(TestPostgres.shared().createDatabase("agree"));
        Statement statement = failedTransaction(connection)) {
      for (int i = 0; i < MUTATIONS; i++) {
        String text = mutate(corpus.get(random.nextInt(corpus.size())).sql(), random);
        Tokens tokens = lex(text);
        if (tokens == null || !sendable(tokens)) {
          continue;
        }
        ParseResult ours = SyntaxParser.parse(tokens);
        boolean theirs = accepts(statement, text);
        accepted += theirs ? 1 : 0;
        if (theirs && ours instanceof ParseResult.NotParsed not) {
          tooStrict.add(not + "\n    " + text);
        } else if (!theirs && ours instanceof ParseResult.Parsed) {
          tooWilling.add(text);
        }
      }
    }
    System.out.println("accepted by PostgreSQL " + accepted + " of " + MUTATIONS);
    System.out.println("refused by Guard only " + tooStrict.size());
    tooStrict.forEach(System.out::println);
    System.out.println("accepted by Guard only " + tooWilling.size());
    tooWilling.forEach(System.out::println);
    assertTrue(tooStrict.size() <= accepted / 200, "refused by Guard only: " + tooStrict);
    assertTrue(tooWilling.size() <= MUTATIONS / 500, "accepted by Guard only: " + tooWilling);
  }

  private static Statement failedTransaction(Connection connection) throws SQLException {
    connection.setAutoCommit(false);
    Statement statement = connection.createStatement();
    statement.setEscapeProcessing(false);
    assertEquals("22012", state(statement, "select 1/0"));
    return statement;
  }

  private static boolean accepts(Statement statement, String text) {
    return state(statement, text).equals("25P02");
  }

  private static String state(Statement statement, String text) {
    try {
      statement.execute(text);
      return "00000";
    } catch (SQLException e) {
      return e.getSQLState();
    }
  }

  private static @Nullable Tokens lex(String text) {
    try {
      return Lexer.lex(text);
    } catch (LexicalException e) {
      return null;
    }
  }

  /** One statement, of a kind that cannot end the transaction. */
  private static boolean sendable(Tokens tokens) {
    for (int i = 0; i < tokens.size(); i++) {
      if (tokens.is(i, ';')) {
        return false;
      }
    }
    return tokens.size() > 0
        && (tokens.is(0, '(')
            || (tokens.is(0, TokenKind.WORD)
                && Set.of(
                        "select", "with", "values", "table", "insert", "update", "delete", "merge",
                        "declare", "copy")
                    .contains(tokens.value(0))));
  }

  private static String mutate(String sql, Random random) {
    Tokens tokens = lex(sql);
    List<String> words = new ArrayList<>();
    for (int i = 0; tokens != null && i < tokens.size(); i++) {
      words.add(tokens.text(i));
    }
    String[] pool = WORDS.split(" ");
    int changes = random.nextInt(3);
    for (int i = 0; i < changes && words.size() > 2; i++) {
      int at = 1 + random.nextInt(words.size() - 1);
      String other =
          random.nextBoolean()
              ? pool[random.nextInt(pool.length)]
              : words.get(random.nextInt(words.size()));
      switch (random.nextInt(4)) {
        case 0 -> words.remove(at);
        case 1 -> words.add(at, other);
        case 2 -> words.set(at, other);
        default -> words.set(at, words.set(at - 1 == 0 ? at : at - 1, words.get(at)));
      }
    }
    return String.join(" ", words);
  }
}
