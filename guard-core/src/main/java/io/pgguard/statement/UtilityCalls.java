package io.pgguard.statement;

import static io.pgguard.statement.Keyword.*;

import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which words before a parenthesis may be calls in a statement that is no query (PostgreSQL's
 * gram.y, 15 to 19). A word counts as one unless its place rules that out: two operands never stand
 * side by side in an expression, so behind a name, a constant or a closed parenthesis there is the
 * name of a type, an operator class, an option. Thread-safe: no state.
 */
final class UtilityCalls {
  /** Kinds with an expression somewhere in their own grammar; no other one can call by name. */
  private static final Set<StatementKind> COMPUTING =
      EnumSet.of(
          StatementKind.UNKNOWN,
          StatementKind.CALL,
          StatementKind.DO,
          StatementKind.COPY,
          StatementKind.EXPLAIN,
          StatementKind.EXECUTE,
          StatementKind.DECLARE,
          StatementKind.CREATE_TABLE,
          StatementKind.CREATE_TABLE_AS,
          StatementKind.CREATE_FOREIGN_TABLE,
          StatementKind.CREATE_VIEW,
          StatementKind.CREATE_INDEX,
          StatementKind.CREATE_SCHEMA,
          StatementKind.CREATE_FUNCTION,
          StatementKind.CREATE_TRIGGER,
          StatementKind.CREATE_EVENT_TRIGGER,
          StatementKind.CREATE_RULE,
          StatementKind.CREATE_DOMAIN,
          StatementKind.CREATE_STATISTICS,
          StatementKind.CREATE_PUBLICATION,
          StatementKind.CREATE_POLICY,
          StatementKind.ALTER_TABLE,
          StatementKind.ALTER_DOMAIN,
          StatementKind.ALTER_PUBLICATION,
          StatementKind.ALTER_POLICY);

  private UtilityCalls() {}

  /**
   * Whether the dotted name at i, which a parenthesis follows, may be a call.
   *
   * @param depth how many parentheses are open there
   */
  static boolean mayCall(Span span, int i, StatementKind kind, int depth) {
    if (!COMPUTING.contains(kind) || i == span.from() || endsOperand(span, i - 1)) {
      return false;
    }
    return !namesType(span, i - 1, kind, depth)
        && !opensList(span, i, kind, depth)
        && !isMade(span, i, kind);
  }

  /** Whether an operand ends here, behind which no other one can begin. */
  private static boolean endsOperand(Span span, int i) {
    if (span.is(i, TokenKind.WORD)) {
      return span.keyword(i) == null;
    }
    if (span.is(i, ')')) {
      return !span.is(span.brackets().partner(i) - 1, OPERATOR);
    }
    return span.is(i, ']')
        || span.is(i, TokenKind.TYPECAST)
        || span.is(i, TokenKind.QUOTED_NAME)
        || span.is(i, TokenKind.STRING)
        || span.is(i, TokenKind.INTEGER)
        || span.is(i, TokenKind.NUMERIC)
        || span.is(i, TokenKind.PARAMETER);
  }

  /** Whether what follows the word here is the name of a type, or of an operator class. */
  private static boolean namesType(Span span, int before, StatementKind kind, int depth) {
    @Nullable Keyword keyword = span.keyword(before);
    if (keyword == null) {
      return false;
    }
    if (span.is(before - 1, '.')) {
      return true; // a dotted name, whose last part happens to be a keyword
    }
    return switch (keyword) {
      case AS, TYPE, RETURNS, SETOF, OUT, INOUT -> true;
      default -> isColumn(span, before, kind, depth);
    };
  }

  /**
   * Whether the keyword here is a column's name: the first word of an item of a table's or an
   * index's list, or behind ADD COLUMN. No expression begins with a keyword that may name columns
   * and goes on without a parenthesis, but in constructs that open one of their own.
   */
  private static boolean isColumn(Span span, int i, StatementKind kind, int depth) {
    if (!span.isColumnName(i)) {
      return false;
    }
    boolean item = depth == 1 && (span.is(i - 1, '(') || span.is(i - 1, ','));
    return switch (kind) {
      case CREATE_TABLE, CREATE_FOREIGN_TABLE -> item;
      case CREATE_INDEX -> item && span.sub(span.from(), i).find(span.from(), WHERE) < 0;
      case ALTER_TABLE ->
          depth == 0
              && (span.isAny(i - 1, ADD, COLUMN) || span.are(i - 3, IF, NOT, EXISTS))
              && !span.is(i, GENERATED);
      default -> false;
    };
  }

  /** Whether the keyword here, or the method behind it, opens a list of columns or options. */
  private static boolean opensList(Span span, int i, StatementKind kind, int depth) {
    if (isMethod(span, i, kind, depth)) {
      return true;
    }
    @Nullable Keyword keyword = span.keyword(i);
    if (keyword == null) {
      return isOption(span, i, kind);
    }
    return switch (keyword) {
      case KEY -> span.isAny(i - 1, PRIMARY, FOREIGN);
      case ALSO, INSTEAD -> span.is(i - 1, DO);
      case EXCLUDE -> span.sub(i + 2, span.afterBracket(i + 1) - 1).find(i + 2, WITH) >= 0;
      case SET, RESET -> kind == StatementKind.ALTER_TABLE && depth == 0 && acts(span, i);
      case OPTIONS -> endsTypeName(span, i - 1);
      default -> isOption(span, i, kind);
    };
  }

  /** COPY computes nothing before its WHERE. */
  private static boolean isOption(Span span, int i, StatementKind kind) {
    if (kind != StatementKind.COPY) {
      return false;
    }
    int where = span.find(span.from(), WHERE);
    return where < 0 || i < where;
  }

  /** The method of an index, an exclusion or a partitioned table. */
  private static boolean isMethod(Span span, int i, StatementKind kind, int depth) {
    if (span.is(i - 1, BY)) {
      return kind == StatementKind.CREATE_TABLE && depth == 0 && span.is(i - 2, PARTITION);
    }
    if (!span.is(i - 1, USING)) {
      return false;
    }
    if (kind == StatementKind.CREATE_INDEX) {
      return depth == 0;
    }
    // EXCLUDE may name a type as well: ALTER COLUMN a TYPE exclude USING f(a).
    boolean begins =
        span.is(i - 3, '(')
            || span.is(i - 3, ',')
            || span.is(i - 3, ADD)
            || span.is(i - 4, CONSTRAINT);
    return span.is(i - 2, EXCLUDE) && begins;
  }

  /**
   * Whether an action of ALTER TABLE begins here: behind the name of what it alters, or a comma.
   */
  private static boolean acts(Span span, int i) {
    if (span.is(i - 1, ',')) {
      return true;
    }
    return span.isColumnName(i - 1)
        && (span.is(i - 2, '.')
            || span.isAny(i - 2, TABLE, INDEX, VIEW, SEQUENCE, COLUMN, ALTER, ONLY, EXISTS));
  }

  private static boolean endsTypeName(Span span, int i) {
    @Nullable Keyword keyword = span.keyword(i);
    return keyword != null
        && switch (keyword) {
          case INT,
              INTEGER,
              SMALLINT,
              BIGINT,
              REAL,
              FLOAT,
              PRECISION,
              DECIMAL,
              DEC,
              NUMERIC,
              BOOLEAN,
              CHAR,
              CHARACTER,
              VARCHAR,
              NCHAR,
              BIT,
              VARYING,
              TIMESTAMP,
              INTERVAL,
              TEXT,
              NULL ->
              true;
          default -> false;
        };
  }

  /** Whether the name here is that of what the statement makes. */
  private static boolean isMade(Span span, int i, StatementKind kind) {
    return switch (kind) {
      case CREATE_STATISTICS -> {
        int object = CreateKinds.object(span);
        yield i == object || i == span.afterIfExists(object + 1);
      }
      case CREATE_TRIGGER -> span.isAny(i - 1, FUNCTION, PROCEDURE) && span.is(i - 2, EXECUTE);
      default -> false;
    };
  }
}
