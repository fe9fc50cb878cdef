package io.pgguard.plan;

import io.pgguard.catalog.Catalog;
import io.pgguard.internal.syntax.ParseResult;
import io.pgguard.judge.Perspective;
import io.pgguard.judge.StatementAnalysis;
import io.pgguard.judge.StatementJudge;
import io.pgguard.lineage.NarrowChange;
import io.pgguard.statement.LexicalException;
import io.pgguard.statement.StatementFacts;
import io.pgguard.statement.StatementReader;
import io.pgguard.statement.StatementText;
import io.pgguard.statement.Tokens;
import io.pgguard.wording.SessionWording;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Turns a text into a plan, from one perspective. Thread-safe. */
public final class TextAnalyzer {
  private final StatementJudge judge;
  private final Supplier<Catalog> catalog;

  /**
   * @param judge judges each statement
   * @param catalog the newest snapshot
   */
  public TextAnalyzer(StatementJudge judge, Supplier<Catalog> catalog) {
    this.judge = judge;
    this.catalog = catalog;
  }

  /**
   * A text as its tokens tell it, before anyone judges.
   *
   * @param text the text
   * @param read its tokens and statements, or null when it cannot be read
   * @param unreadable why it cannot be read, or null
   */
  record Reading(String text, @Nullable StatementText read, @Nullable Unreadable unreadable) {

    /** Whether the text is one statement with literals whose analysis may hold for others. */
    boolean mayShare() {
      return read != null
          && read.statements().size() == 1
          && SharedAnalysis.mayShare(read.statements().get(0))
          && Shape.hasLiteral(read.tokens());
    }

    /** The statements of a text that can be read. */
    StatementText required() {
      if (read == null) {
        throw new IllegalStateException("a text that cannot be read has no statements");
      }
      return read;
    }

    /** The tokens of a text that can be read. */
    Tokens tokens() {
      return required().tokens();
    }

    /** The facts of a text that is one statement. */
    StatementFacts only() {
      return required().statements().get(0);
    }
  }

  public static Reading read(String text) {
    try {
      return new Reading(text, StatementReader.read(text), null);
    } catch (LexicalException e) {
      return new Reading(text, null, unreadable(text, e));
    }
  }

  /** What has changed between two snapshots; null where that could reach anything. */
  @Nullable NarrowChange change(Catalog earlier, Perspective now) {
    return judge.change(earlier, now);
  }

  public TextPlan plan(Reading reading, Perspective perspective) {
    return plan(reading, perspective, tree -> {});
  }

  /**
   * @param trees receives the tree of each statement, in order
   */
  TextPlan plan(Reading reading, Perspective perspective, Consumer<ParseResult> trees) {
    StatementText read = reading.read();
    if (read == null) {
      return new TextPlan(reading.text(), perspective, List.of(), reading.unreadable());
    }
    List<StatementAnalysis> parts = new ArrayList<>(read.statements().size());
    Foresight foresight = new Foresight(catalog, perspective);
    for (StatementFacts facts : read.statements()) {
      StatementJudge.Judged judged = judge.judge(facts, read.tokens(), foresight.now());
      trees.accept(judged.tree());
      StatementAnalysis part = judged.analysis();
      parts.add(part);
      if (parts.size() < read.statements().size()) {
        foresight.after(part);
      }
    }
    return new TextPlan(reading.text(), perspective, parts, null);
  }

  private static Unreadable unreadable(String text, LexicalException e) {
    int from = Math.max(0, e.position() - 20);
    int to = Math.min(text.length(), e.position() + 20);
    int at = e.position() + 1;
    String what = String.valueOf(e.getMessage());
    String near = text.substring(from, to);
    return new Unreadable(
        e.tooLarge()
            ? SessionWording.TOO_LARGE.say(what, at, near)
            : SessionWording.UNREADABLE.say(what, at, near));
  }
}
