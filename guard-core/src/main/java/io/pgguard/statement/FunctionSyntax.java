package io.pgguard.statement;

import static io.pgguard.statement.Keyword.*;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The functions that PostgreSQL's grammar calls by special syntax, and which names before a
 * parenthesis are no functions. Thread-safe: no state.
 */
final class FunctionSyntax {
  private static final Map<Keyword, String> SPECIAL =
      Map.of(
          EXTRACT, "extract",
          NORMALIZE, "normalize",
          OVERLAY, "overlay",
          POSITION, "position",
          SUBSTRING, "substring",
          XMLEXISTS, "xmlexists",
          JSON_OBJECT, "json_object");

  private FunctionSyntax() {}

  private static Name system(String name) {
    return new Name("pg_catalog", name);
  }

  /** Adds what a keyword calls without being a function's name. */
  static void addSpecial(Span span, int i, FactsBuilder facts) {
    @Nullable Keyword keyword = span.keyword(i);
    if (keyword == null) {
      return;
    }
    switch (keyword) {
      case AT -> {
        if (span.are(i + 1, TIME, ZONE) || span.is(i + 1, LOCAL)) {
          facts.functions.add(system("timezone"));
        }
      }
      case SIMILAR -> {
        if (span.is(i + 1, TO)) {
          facts.functions.add(system("similar_to_escape"));
        }
      }
      case ESCAPE -> facts.functions.add(system("like_escape"));
      case COLLATION -> {
        if (span.is(i + 1, FOR)) {
          facts.functions.add(system("pg_collation_for"));
        }
      }
      case NORMALIZED -> facts.functions.add(system("is_normalized"));
      case OVERLAPS -> facts.functions.add(system("overlaps"));
      case SYSTEM_USER -> facts.functions.add(system("system_user"));
      case TRIM -> trim(span, i, facts);
      case TREAT -> treat(span, i, facts);
      default -> {
        String name = SPECIAL.get(keyword);
        if (name != null && span.is(i + 1, '(')) {
          facts.functions.add(system(name));
          if (keyword == SUBSTRING || keyword == OVERLAY) {
            // Called with plain arguments they are found by search_path.
            facts.functions.add(Name.of(name));
          }
        }
      }
    }
  }

  private static void trim(Span span, int i, FactsBuilder facts) {
    if (span.is(i + 1, '(')) {
      boolean leading = span.is(i + 2, LEADING);
      String name = leading ? "ltrim" : span.is(i + 2, TRAILING) ? "rtrim" : "btrim";
      facts.functions.add(system(name));
    }
  }

  private static void treat(Span span, int i, FactsBuilder facts) {
    if (!span.is(i + 1, '(')) {
      return;
    }
    Span inside = span.sub(i + 2, span.afterBracket(i + 1) - 1);
    int as = inside.find(inside.from(), AS);
    if (as >= 0 && inside.isWord(as + 1)) {
      facts.functions.add(inside.name(as + 1, inside.afterName(as + 1)));
    }
  }

  /** Whether FROM inside this keyword's parentheses is no FROM clause. */
  static boolean takesFrom(Span span, int i) {
    return span.isAny(i, EXTRACT, SUBSTRING, TRIM, OVERLAY);
  }

  /** Whether the dotted name from i to end, which a parenthesis follows, can be a function. */
  static boolean isFunction(Span span, int i, int end, ScanState state) {
    @Nullable Keyword keyword = span.keyword(i);
    if (end > i + 1) {
      return keyword == null || keyword.category() != KeywordCategory.RESERVED;
    }
    if (span.are(i - 2, WITH, ORDINALITY)) {
      return false; // the alias of a function in FROM
    }
    if (keyword == OPERATOR && namesOperator(span, i + 1)) {
      return false;
    }
    boolean afterGroup = span.is(i - 1, ')') && !groupBeforeList(span, i - 1);
    if (afterGroup && (state == ScanState.AFTER_ITEM || isPostfix(keyword))) {
      return false;
    }
    if (keyword == null) {
      return !isSamplingMethod(span, i);
    }
    return switch (keyword.category()) {
      case UNRESERVED -> !opensList(span, i, keyword);
      case TYPE_FUNCTION_NAME -> !endsOperand(span, i - 1) && !isJoin(span, i);
      case COLUMN_NAME, RESERVED -> false;
    };
  }

  /** Whether brackets hold {@code schema.+} and the like. */
  private static boolean namesOperator(Span span, int open) {
    int close = span.afterBracket(open) - 1;
    return span.is(close - 1, TokenKind.OPERATOR) && span.is(close - 2, '.');
  }

  /** Whether the word belongs to the one before it, so that its parenthesis opens a plain list. */
  private static boolean opensList(Span span, int i, Keyword keyword) {
    return switch (keyword) {
      case BY -> span.isAny(i - 1, GROUP, ORDER, PARTITION);
      case OVER -> span.is(i - 1, NULLS) && span.isAny(i - 2, IGNORE, RESPECT);
      case SETS -> span.is(i - 1, GROUPING);
      case SET -> span.is(i - 1, UPDATE);
      case CUBE, ROLLUP -> beginsGroups(span, span.isAny(i - 1, DISTINCT, ALL) ? i - 1 : i);
      case FIRST, NEXT -> span.is(i - 1, FETCH);
      case ESCAPE, COLUMNS, PASSING -> endsOperand(span, i - 1);
      case CONFLICT -> span.is(i - 1, ON) && span.is(span.afterBracket(i + 1), DO);
      case INSERT ->
          span.is(i - 1, THEN) && span.isAny(span.afterBracket(i + 1), VALUES, OVERRIDING);
      case SYSTEM -> isSamplingMethod(span, i);
      case VARYING -> span.isAny(i - 1, CHARACTER, CHAR, NCHAR, BIT);
      case SECOND ->
          span.is(i - 1, INTERVAL) || (span.is(i - 1, TO) && span.isAny(i - 2, DAY, HOUR, MINUTE));
      default -> false;
    };
  }

  private static boolean beginsGroups(Span span, int i) {
    return span.is(i - 1, BY) && span.is(i - 2, GROUP);
  }

  /** PostgreSQL's own methods behind TABLESAMPLE; another one's handler counts as a function. */
  private static boolean isSamplingMethod(Span span, int i) {
    return span.is(i - 1, TABLESAMPLE)
        && (span.is(i, SYSTEM) || span.name(i, i + 1).name().equals("bernoulli"));
  }

  private static boolean isPostfix(@Nullable Keyword keyword) {
    return keyword == OVER || keyword == FILTER || keyword == INCLUDE || keyword == OPTIONS;
  }

  /** Whether a list or an operand may follow this parenthesis: DISTINCT ON (), OPERATOR(). */
  private static boolean groupBeforeList(Span span, int close) {
    int before = span.brackets().partner(close) - 1;
    return span.is(before, OPERATOR)
        || (span.is(before, ON) && span.is(before - 1, DISTINCT))
        || (span.is(before, WITH) && span.is(before - 1, RETURNING));
  }

  private static boolean endsOperand(Span span, int i) {
    if (span.is(i, TokenKind.WORD)) {
      return span.keyword(i) == null;
    }
    boolean group = span.is(i, ')') && !groupBeforeList(span, i);
    return group
        || span.is(i, ']')
        || span.is(i, TokenKind.QUOTED_NAME)
        || span.is(i, TokenKind.STRING)
        || span.is(i, TokenKind.INTEGER)
        || span.is(i, TokenKind.PARAMETER);
  }

  private static boolean isJoin(Span span, int i) {
    return span.is(i, JOIN) && span.isAny(i - 1, INNER, OUTER, LEFT, RIGHT, FULL, CROSS, NATURAL);
  }

  /** Whether the name here is what the statement makes, prepares or executes. */
  static boolean isOwnName(Span span, int i, StatementKind kind, boolean utility) {
    return switch (kind) {
      case PREPARE, EXECUTE -> i == span.from() + 1;
      case CREATE_TABLE_AS -> utility && span.is(i - 1, EXECUTE);
      case CREATE_FUNCTION -> utility && i == CreateKinds.object(span) + 1;
      default -> false;
    };
  }
}
