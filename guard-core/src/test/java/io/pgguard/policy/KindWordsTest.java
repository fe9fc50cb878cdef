package io.pgguard.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.pgguard.statement.LexicalException;
import io.pgguard.statement.StatementFacts;
import io.pgguard.statement.StatementKind;
import io.pgguard.statement.StatementReader;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A policy can speak of every statement, and of nothing that no statement is. */
class KindWordsTest {
  /** Words that come from what a statement does rather than from its kind. */
  private static final Set<String> BY_FACTS =
      Set.of("copy-in", "copy-out", "select-into", "server-file", "transaction", "two-phase");

  @Test
  void everyWordOfEveryKind_isKnown() {
    Set<String> unknown = new TreeSet<>();
    for (StatementKind kind : StatementKind.values()) {
      unknown.addAll(kind.policyWords());
    }
    unknown.removeAll(KindWords.all());
    unknown.removeAll(Set.of("copy")); // its facts say copy-in or copy-out instead
    assertEquals(Set.of(), unknown);
  }

  @Test
  void everyKnownWord_isSomeStatements() {
    Set<String> idle = new TreeSet<>(KindWords.all());
    for (StatementKind kind : StatementKind.values()) {
      idle.removeAll(kind.policyWords());
    }
    idle.removeAll(BY_FACTS);
    assertEquals(Set.of(), idle);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT 1",
        "SELECT 1 INTO t",
        "WITH d AS (DELETE FROM t RETURNING *) SELECT * FROM d",
        "COPY t FROM STDIN",
        "COPY t TO STDOUT",
        "COPY t TO 'f'",
        "COPY t FROM PROGRAM 'p'",
        "COPY (SELECT 1) TO STDOUT",
        "EXPLAIN ANALYZE DELETE FROM t",
        "PREPARE p AS INSERT INTO t VALUES (1)",
        "EXECUTE p",
        "DECLARE c CURSOR FOR SELECT 1",
        "BEGIN",
        "COMMIT",
        "ROLLBACK TO s",
        "PREPARE TRANSACTION 'x'",
        "COMMIT PREPARED 'x'",
        "CREATE TEMP TABLE t (a int)",
        "CREATE TABLE t AS SELECT 1",
        "MOVE ALL FROM c",
        "ANALYZE t",
        "TABLE t",
        "VALUES (1)",
        "ALTER TABLE t OWNER TO r",
        "ALTER ROLE r SET x = 1",
        "FROBNICATE"
      })
  void wordsOfAStatement_areKnown(String sql) throws LexicalException {
    StatementFacts facts = StatementReader.read(sql).statements().get(0);
    Set<String> unknown = new TreeSet<>(facts.policyWords());
    unknown.removeAll(KindWords.all());
    assertEquals(Set.of(), unknown, sql);
  }
}
