package io.pgguard.internal.syntax;

import io.pgguard.statement.Keyword;
import io.pgguard.statement.TokenKind;
import io.pgguard.statement.Tokens;

/**
 * How tightly operators bind, from loose to tight (PostgreSQL documentation, "Operator
 * Precedence"). NOT, unary minus and prefix operators bind what follows them at their own level.
 */
final class Levels {
  static final int NONE = 0;
  static final int OR = 1;
  static final int AND = 2;
  static final int NOT = 3;
  static final int IS = 4;
  static final int COMPARISON = 5;
  static final int PATTERN = 6;
  static final int OTHER = 7;
  static final int SUM = 8;
  static final int PRODUCT = 9;
  static final int POWER = 10;
  static final int AT = 11;
  static final int COLLATE = 12;
  static final int SIGN = 13;
  static final int CAST = 14;

  private Levels() {}

  /**
   * The level of what continues an expression at the cursor; NONE if nothing does.
   *
   * @param restricted in the places where only operators, casts and IS DISTINCT FROM may stand
   */
  static int here(Cursor in, boolean restricted) {
    if (in.atEnd()) {
      return NONE;
    }
    if (in.is(TokenKind.OPERATOR)) {
      return symbol(in.tokens, in.at());
    }
    if (in.is(TokenKind.TYPECAST)) {
      return CAST;
    }
    Keyword keyword = in.keyword();
    if (keyword == null) {
      return NONE;
    }
    return restricted ? restrictedWord(in, keyword) : word(in, keyword);
  }

  static int symbol(Tokens tokens, int i) {
    int start = tokens.start(i);
    int length = tokens.end(i) - start;
    char first = tokens.source().charAt(start);
    if (length == 1) {
      return switch (first) {
        case '+', '-' -> SUM;
        case '*', '/', '%' -> PRODUCT;
        case '^' -> POWER;
        case '<', '>', '=' -> COMPARISON;
        default -> OTHER;
      };
    }
    boolean comparison =
        length == 2
            && (tokens.isOperator(i, "<=")
                || tokens.isOperator(i, ">=")
                || tokens.isOperator(i, "<>")
                || tokens.isOperator(i, "!="));
    return comparison ? COMPARISON : OTHER;
  }

  private static int restrictedWord(Cursor in, Keyword keyword) {
    if (keyword == Keyword.IS) {
      int ahead = in.is(1, Keyword.NOT) ? 2 : 1;
      return in.is(ahead, Keyword.DISTINCT) || in.is(ahead, Keyword.DOCUMENT) ? IS : NONE;
    }
    return keyword == Keyword.OPERATOR && in.is(1, '(') ? OTHER : NONE;
  }

  private static int word(Cursor in, Keyword keyword) {
    return switch (keyword) {
      case OR -> OR;
      case AND -> AND;
      case IS, ISNULL, NOTNULL -> IS;
      case BETWEEN, IN, LIKE, ILIKE -> PATTERN;
      case SIMILAR -> in.is(1, Keyword.TO) ? PATTERN : NONE;
      case NOT -> negatedPattern(in) ? PATTERN : NONE;
      case OPERATOR -> in.is(1, '(') ? OTHER : NONE;
      case AT -> in.is(1, Keyword.TIME) || in.is(1, Keyword.LOCAL) ? AT : NONE;
      case COLLATE -> COLLATE;
      default -> NONE;
    };
  }

  private static boolean negatedPattern(Cursor in) {
    Keyword next = in.keyword(1);
    return next == Keyword.BETWEEN
        || next == Keyword.IN
        || next == Keyword.LIKE
        || next == Keyword.ILIKE
        || next == Keyword.SIMILAR;
  }
}
