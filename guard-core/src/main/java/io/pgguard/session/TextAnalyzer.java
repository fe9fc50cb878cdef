package io.pgguard.session;

import io.pgguard.statement.LexicalException;
import io.pgguard.statement.StatementFacts;
import io.pgguard.statement.StatementReader;
import io.pgguard.statement.StatementText;
import java.util.ArrayList;
import java.util.List;

/** Turns a text into a plan, from one perspective. Thread-safe. */
final class TextAnalyzer {
  private final StatementJudge judge;

  TextAnalyzer(StatementJudge judge) {
    this.judge = judge;
  }

  TextPlan plan(String text, Perspective perspective) {
    StatementText read;
    try {
      read = StatementReader.read(text);
    } catch (LexicalException e) {
      return new TextPlan(text, perspective, List.of(), unreadable(text, e));
    }
    List<StatementAnalysis> parts = new ArrayList<>(read.statements().size());
    for (StatementFacts facts : read.statements()) {
      parts.add(judge.judge(facts, read.tokens(), perspective, read.multiple()));
    }
    return new TextPlan(text, perspective, parts, null);
  }

  private static Refusal unreadable(String text, LexicalException e) {
    int from = Math.max(0, e.position() - 20);
    int to = Math.min(text.length(), e.position() + 20);
    return new Refusal(
        "42601",
        e.getMessage() + " (at character " + (e.position() + 1) + ")",
        "Near: " + text.substring(from, to),
        "Guard runs no text that PostgreSQL's lexical rules do not accept.",
        null);
  }
}
