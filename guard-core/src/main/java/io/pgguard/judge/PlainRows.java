package io.pgguard.judge;

import io.pgguard.internal.syntax.ParseResult;
import io.pgguard.internal.syntax.tree.Cast;
import io.pgguard.internal.syntax.tree.Constant;
import io.pgguard.internal.syntax.tree.DefaultValue;
import io.pgguard.internal.syntax.tree.Expression;
import io.pgguard.internal.syntax.tree.Insert;
import io.pgguard.internal.syntax.tree.Parameter;
import io.pgguard.internal.syntax.tree.Row;
import io.pgguard.internal.syntax.tree.Values;
import io.pgguard.statement.StatementFacts;
import io.pgguard.statement.StatementKind;
import io.pgguard.statement.Tokens;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * INSERT of rows of plain values, as nearly every client writes it: how many rows it brings stands
 * in its text, whatever its parameters are. Each row that it brings is added, or changes one row at
 * most (PostgreSQL documentation, "INSERT", ON CONFLICT). Stateless and thread-safe.
 */
public final class PlainRows {
  private PlainRows() {}

  /** The most rows that the statement changes; empty where the text alone does not tell. */
  static OptionalInt of(StatementFacts facts, Tokens tokens) {
    Insert insert = insert(facts, tokens);
    return insert == null ? OptionalInt.empty() : OptionalInt.of(rows(insert));
  }

  /**
   * Whether the text alone tells all that is asked of the rows. Of an upsert of several rows it
   * could matter that they are every row of the target, which only their values tell.
   */
  public static boolean tellAll(StatementFacts facts, Tokens tokens) {
    Insert insert = insert(facts, tokens);
    return insert != null
        && (insert.onConflict() == null || !insert.onConflict().update() || rows(insert) == 1);
  }

  /** Whether it is an INSERT that brings one row, whatever computes its values. */
  static boolean bringsOne(StatementFacts facts, Tokens tokens) {
    return facts.kind() == StatementKind.INSERT
        && StatementJudge.tree(facts, tokens) instanceof ParseResult.Parsed parsed
        && parsed.statement() instanceof Insert insert
        && insert.with() == null
        && (insert.source() == null
            || insert.source().with() == null
                && insert.source().body() instanceof Values values
                && values.rows().size() == 1);
  }

  private static int rows(Insert insert) {
    return insert.source() != null && insert.source().body() instanceof Values values
        ? values.rows().size()
        : 1; // DEFAULT VALUES
  }

  private static @Nullable Insert insert(StatementFacts facts, Tokens tokens) {
    return facts.kind() == StatementKind.INSERT
            && StatementJudge.tree(facts, tokens) instanceof ParseResult.Parsed parsed
            && parsed.statement() instanceof Insert insert
            && insert.with() == null
            && isPlain(insert)
        ? insert
        : null;
  }

  private static boolean isPlain(Insert insert) {
    return insert.source() == null
        || (insert.source().with() == null
            && insert.source().body() instanceof Values values
            && values.rows().stream().allMatch(PlainRows::isPlain));
  }

  private static boolean isPlain(Row row) {
    return row.fields().stream().allMatch(PlainRows::isPlain);
  }

  private static boolean isPlain(Expression e) {
    return e instanceof Constant
        || e instanceof Parameter
        || e instanceof DefaultValue
        || (e instanceof Cast cast && isPlain(cast.operand()));
  }
}
