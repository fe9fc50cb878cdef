package io.pgguard.internal.syntax;

import io.pgguard.internal.syntax.tree.Between;
import io.pgguard.internal.syntax.tree.Constant;
import io.pgguard.internal.syntax.tree.Expression;
import io.pgguard.internal.syntax.tree.InList;
import io.pgguard.internal.syntax.tree.InQuery;
import io.pgguard.internal.syntax.tree.IsDistinct;
import io.pgguard.internal.syntax.tree.IsTest;
import io.pgguard.internal.syntax.tree.Like;
import io.pgguard.internal.syntax.tree.Not;
import io.pgguard.internal.syntax.tree.Operator;
import io.pgguard.internal.syntax.tree.Query;
import io.pgguard.internal.syntax.tree.Row;
import io.pgguard.statement.Keyword;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads IS, BETWEEN, IN and LIKE, after their left operand. */
final class Predicates {
  private final Grammar g;
  private final Cursor in;

  Predicates(Grammar g) {
    this.g = g;
    this.in = g.in;
  }

  Expression is(Expression left, boolean restricted) {
    int token = left.token();
    if (in.accept(Keyword.ISNULL)) {
      return test(left, IsTest.Kind.NULL, false);
    }
    if (in.accept(Keyword.NOTNULL)) {
      return test(left, IsTest.Kind.NULL, true);
    }
    in.expect(Keyword.IS);
    boolean negated = in.accept(Keyword.NOT);
    if (in.accept(Keyword.DISTINCT, Keyword.FROM)) {
      Expression right = g.expressions.climb(Levels.IS + 1, restricted);
      return new IsDistinct(token, left, right, negated);
    }
    if (in.accept(Keyword.JSON)) {
      return new IsTest(token, left, IsTest.Kind.JSON, negated, jsonKind());
    }
    String form = normalForm();
    if (in.accept(Keyword.NORMALIZED)) {
      return normalized(left, form, negated);
    }
    Keyword word = in.keyword();
    IsTest.Kind kind = word == null || !form.isEmpty() ? null : kind(word);
    if (kind == null) {
      throw in.fail("expected what to test with IS");
    }
    in.skip(1);
    return test(left, kind, negated);
  }

  /** A function in PostgreSQL too, is_normalized. */
  private static Expression normalized(Expression left, String form, boolean negated) {
    int token = left.token();
    List<Expression> arguments =
        form.isEmpty()
            ? List.of(left)
            : List.of(left, new Constant(token, Constant.Kind.STRING, form));
    Expression call = Functions.special(token, "is_normalized", arguments);
    return negated ? new Not(token, call) : call;
  }

  private static IsTest test(Expression left, IsTest.Kind kind, boolean negated) {
    return new IsTest(left.token(), left, kind, negated, "");
  }

  private static IsTest.@Nullable Kind kind(Keyword word) {
    return switch (word) {
      case NULL -> IsTest.Kind.NULL;
      case TRUE -> IsTest.Kind.TRUE;
      case FALSE -> IsTest.Kind.FALSE;
      case UNKNOWN -> IsTest.Kind.UNKNOWN;
      case DOCUMENT -> IsTest.Kind.DOCUMENT;
      default -> null;
    };
  }

  /** NFC and its kin; empty for none. */
  String normalForm() {
    Keyword word = in.keyword();
    if (word == Keyword.NFC
        || word == Keyword.NFD
        || word == Keyword.NFKC
        || word == Keyword.NFKD) {
      return in.takeValue();
    }
    return "";
  }

  private String jsonKind() {
    Keyword word = in.keyword();
    StringBuilder detail = new StringBuilder();
    if (word == Keyword.VALUE
        || word == Keyword.ARRAY
        || word == Keyword.OBJECT
        || word == Keyword.SCALAR) {
      detail.append(in.takeValue());
    }
    if (g.jsonClauses.uniqueKeys()) {
      detail.append(" unique");
    }
    return detail.toString();
  }

  Expression pattern(Expression left) {
    boolean negated = in.accept(Keyword.NOT);
    if (in.accept(Keyword.BETWEEN)) {
      return between(left, negated);
    }
    if (in.accept(Keyword.IN)) {
      return in(left, negated);
    }
    Like.Kind kind;
    if (in.accept(Keyword.LIKE)) {
      kind = Like.Kind.LIKE;
    } else if (in.accept(Keyword.ILIKE)) {
      kind = Like.Kind.ILIKE;
    } else {
      in.expect(Keyword.SIMILAR, Keyword.TO);
      kind = Like.Kind.SIMILAR;
    }
    if (kind != Like.Kind.SIMILAR && g.operators.atQuantifier()) {
      String symbol = (negated ? "!~~" : "~~") + (kind == Like.Kind.ILIKE ? "*" : "");
      return g.operators.quantified(left, new Operator(in.at() - 1, List.of(), symbol));
    }
    Expression pattern = g.expressions.climb(Levels.PATTERN + 1, false);
    Expression escape =
        in.accept(Keyword.ESCAPE) ? g.expressions.climb(Levels.PATTERN + 1, false) : null;
    return new Like(left.token(), kind, left, pattern, escape, negated);
  }

  private Between between(Expression left, boolean negated) {
    boolean symmetric = in.accept(Keyword.SYMMETRIC);
    if (!symmetric) {
      in.accept(Keyword.ASYMMETRIC);
    }
    Expression low = g.expressions.restricted();
    in.expect(Keyword.AND);
    Expression high = g.expressions.climb(Levels.PATTERN + 1, false);
    return new Between(left.token(), left, low, high, symmetric, negated);
  }

  private Expression in(Expression left, boolean negated) {
    int token = left.token();
    Object right = g.parentheses.queryOrList();
    return right instanceof Query query
        ? new InQuery(token, left, query, negated)
        : new InList(token, left, ((Row) right).fields(), negated);
  }
}
