package io.pgguard.internal.syntax;

import io.pgguard.internal.syntax.tree.Between;
import io.pgguard.internal.syntax.tree.Cast;
import io.pgguard.internal.syntax.tree.Collate;
import io.pgguard.internal.syntax.tree.DefaultValue;
import io.pgguard.internal.syntax.tree.Expression;
import io.pgguard.internal.syntax.tree.FunctionCall;
import io.pgguard.internal.syntax.tree.IsDistinct;
import io.pgguard.internal.syntax.tree.Like;
import io.pgguard.internal.syntax.tree.Logical;
import io.pgguard.internal.syntax.tree.Not;
import io.pgguard.internal.syntax.tree.Operation;
import io.pgguard.statement.Keyword;
import io.pgguard.statement.TokenKind;
import java.util.ArrayList;
import java.util.List;

/** Reads expressions by climbing the levels of {@link Levels}. */
final class Expressions {
  private final Grammar g;
  private final Cursor in;

  Expressions(Grammar g) {
    this.g = g;
    this.in = g.in;
  }

  /** Any expression. */
  Expression any() {
    return climb(Levels.OR, false);
  }

  /** An expression without AND, OR, NOT, IN, LIKE and the like, where those would be ambiguous. */
  Expression restricted() {
    return climb(Levels.OR, true);
  }

  /** Expressions between commas, at least one. */
  List<Expression> list() {
    List<Expression> list = new ArrayList<>();
    do {
      list.add(any());
    } while (in.accept(','));
    return list;
  }

  List<Expression> parenthesizedList() {
    in.expect('(');
    List<Expression> list = list();
    in.expect(')');
    return list;
  }

  /** An expression of operators that bind at least as tightly as the level. */
  Expression climb(int level, boolean restricted) {
    in.enter(8);
    Expression expression = continued(prefix(restricted), level, restricted);
    in.leave(8);
    return expression;
  }

  private Expression prefix(boolean restricted) {
    int token = in.at();
    if (in.is(TokenKind.OPERATOR) || (in.is(Keyword.OPERATOR) && in.is(1, '('))) {
      return g.operators.prefix(restricted);
    }
    if (!restricted && in.accept(Keyword.NOT)) {
      return new Not(token, climb(Levels.NOT, false));
    }
    if (!restricted && in.accept(Keyword.DEFAULT)) {
      return new DefaultValue(token);
    }
    return g.primaries.primary(restricted);
  }

  /** Reads on after an expression that stands at the left of what comes. */
  Expression continued(Expression first, int level, boolean restricted) {
    Expression left = first;
    int closed = Levels.NONE; // a level without associativity that must not come again right away
    while (true) {
      int here = Levels.here(in, restricted);
      if (here == Levels.NONE || here < level) {
        return left;
      }
      if (here == closed) {
        throw in.fail("needs parentheses: such operators do not chain");
      }
      left = apply(left, here, restricted);
      in.wrapped();
      closed = doesNotChain(here) && endsOpen(left) ? here : Levels.NONE;
    }
  }

  private static boolean doesNotChain(int level) {
    return level == Levels.COMPARISON || level == Levels.IS || level == Levels.PATTERN;
  }

  /**
   * Whether an operator without associativity ended in an operand of its own; after a closing word
   * or parenthesis an operator of the same level may follow.
   */
  private static boolean endsOpen(Expression expression) {
    return (expression instanceof Operation operation && operation.operands().size() == 2)
        || expression instanceof IsDistinct
        || expression instanceof Between
        || expression instanceof Like;
  }

  private Expression apply(Expression left, int level, boolean restricted) {
    return switch (level) {
      case Levels.OR -> logical(left, Keyword.OR, Levels.AND);
      case Levels.AND -> logical(left, Keyword.AND, Levels.NOT);
      case Levels.IS -> g.predicates.is(left, restricted);
      case Levels.PATTERN -> g.predicates.pattern(left);
      case Levels.AT -> atTimeZone(left);
      case Levels.COLLATE -> {
        in.skip(1);
        yield new Collate(left.token(), left, g.names.any());
      }
      case Levels.CAST -> {
        in.skip(1);
        yield new Cast(left.token(), left, g.types.type());
      }
      default -> g.operators.infix(left, level, restricted);
    };
  }

  private Expression logical(Expression left, Keyword word, int level) {
    List<Expression> terms = new ArrayList<>();
    terms.add(left);
    while (in.accept(word)) {
      terms.add(climb(level, false));
    }
    return new Logical(left.token(), word == Keyword.AND, terms);
  }

  private FunctionCall atTimeZone(Expression left) {
    in.skip(1);
    if (in.accept(Keyword.LOCAL)) {
      return Functions.special(left.token(), "timezone", List.of(left));
    }
    in.expect(Keyword.TIME, Keyword.ZONE);
    Expression zone = climb(Levels.AT + 1, false);
    return Functions.special(left.token(), "timezone", List.of(zone, left));
  }
}
