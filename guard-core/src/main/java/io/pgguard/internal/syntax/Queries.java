package io.pgguard.internal.syntax;

import io.pgguard.internal.syntax.tree.Constant;
import io.pgguard.internal.syntax.tree.Expression;
import io.pgguard.internal.syntax.tree.Locking;
import io.pgguard.internal.syntax.tree.Name;
import io.pgguard.internal.syntax.tree.Query;
import io.pgguard.internal.syntax.tree.QueryBody;
import io.pgguard.internal.syntax.tree.SetOperation;
import io.pgguard.internal.syntax.tree.SortKey;
import io.pgguard.internal.syntax.tree.With;
import io.pgguard.statement.Keyword;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads queries: WITH, set operations, and what follows them. */
final class Queries {
  private static final int UNION_LEVEL = 1;
  private static final int INTERSECT_LEVEL = 2;

  private final Grammar g;
  private final Cursor in;

  Queries(Grammar g) {
    this.g = g;
    this.in = g.in;
  }

  /** Whether a query starts here without a parenthesis. */
  boolean startsPlain() {
    return in.is(Keyword.SELECT)
        || in.is(Keyword.WITH)
        || in.is(Keyword.TABLE)
        || (in.is(Keyword.VALUES) && in.is(1, '('));
  }

  /** Whether what stands here goes on with a query that was in parentheses. */
  boolean continues() {
    Keyword word = in.keyword();
    if (word == null) {
      return false;
    }
    return switch (word) {
      case UNION, INTERSECT, EXCEPT, ORDER, LIMIT, OFFSET, FETCH, FOR -> true;
      default -> false;
    };
  }

  /** A query. */
  Query query() {
    in.enter(6);
    int token = in.at();
    With with = in.is(Keyword.WITH) ? g.commonTables.with() : null;
    Query query = query(token, with);
    in.leave(6);
    return query;
  }

  /** A query after its WITH. */
  Query query(int token, @Nullable With with) {
    Query first = operand();
    return clauses(token, with, setOperations(first, UNION_LEVEL));
  }

  /** The rest of a query whose first part stood in parentheses. */
  Query continued(Query first) {
    return clauses(first.token(), null, setOperations(first, UNION_LEVEL));
  }

  private Query operand() {
    if (in.is('(')) {
      return g.parentheses.query();
    }
    int token = in.at();
    return plain(token, g.selects.simple());
  }

  private static Query plain(int token, QueryBody body) {
    return new Query(token, null, body, List.of(), null, null, false, List.of());
  }

  private Query setOperations(Query first, int level) {
    Query left = first;
    while (levelHere() >= level) {
      int here = levelHere();
      SetOperation.Kind kind = kind();
      int operator = in.at();
      boolean all = quantifier();
      List<Query> branches = new ArrayList<>();
      branches.add(left);
      branches.add(branch(here));
      while (sameOperation(operator - 1, all)) {
        in.skip(1);
        quantifier();
        branches.add(branch(here));
      }
      left = plain(left.token(), new SetOperation(left.token(), kind, all, branches));
      in.wrapped();
      in.wrapped();
    }
    return left;
  }

  private Query branch(int level) {
    return setOperations(operand(), level + 1);
  }

  private int levelHere() {
    if (in.is(Keyword.UNION) || in.is(Keyword.EXCEPT)) {
      return UNION_LEVEL;
    }
    return in.is(Keyword.INTERSECT) ? INTERSECT_LEVEL : 0;
  }

  private SetOperation.Kind kind() {
    if (in.accept(Keyword.UNION)) {
      return SetOperation.Kind.UNION;
    }
    if (in.accept(Keyword.EXCEPT)) {
      return SetOperation.Kind.EXCEPT;
    }
    in.expect(Keyword.INTERSECT);
    return SetOperation.Kind.INTERSECT;
  }

  private boolean quantifier() {
    boolean all = in.accept(Keyword.ALL);
    if (!all) {
      in.accept(Keyword.DISTINCT);
    }
    return all;
  }

  private boolean sameOperation(int first, boolean all) {
    Keyword word = in.tokens.keyword(first);
    return word != null && in.is(word) && in.is(1, Keyword.ALL) == all;
  }

  /** Reads ORDER BY, LIMIT and so on, and puts them on the query. */
  private Query clauses(int token, @Nullable With with, Query query) {
    List<SortKey> orderBy = g.windows.optionalOrderBy();
    List<Locking> locking = new ArrayList<>(locking());
    Limits limits = limits();
    if (locking.isEmpty() && limits.any()) {
      locking.addAll(locking());
    }
    boolean nothing = with == null && orderBy.isEmpty() && !limits.any() && locking.isEmpty();
    if (nothing && token == query.token()) {
      return query;
    }
    if (with != null && query.with() != null
        || !orderBy.isEmpty() && !query.orderBy().isEmpty()
        || limits.limited && (query.limit() != null || query.withTies())
        || limits.offset != null && query.offset() != null) {
      throw in.fail("a clause is given twice, inside and outside of parentheses");
    }
    if (limits.withTies && orderBy.isEmpty() && query.orderBy().isEmpty()) {
      throw in.fail("WITH TIES needs ORDER BY");
    }
    List<Locking> allLocking = new ArrayList<>(query.locking());
    allLocking.addAll(locking);
    return new Query(
        token,
        with != null ? with : query.with(),
        query.body(),
        orderBy.isEmpty() ? query.orderBy() : orderBy,
        limits.limit != null ? limits.limit : query.limit(),
        limits.offset != null ? limits.offset : query.offset(),
        limits.withTies || query.withTies(),
        allLocking);
  }

  private static final class Limits {
    boolean limited;
    boolean withTies;
    @Nullable Expression limit;
    @Nullable Expression offset;

    boolean any() {
      return limited || offset != null;
    }
  }

  private Limits limits() {
    Limits limits = new Limits();
    while (true) {
      if (!limits.limited && in.accept(Keyword.LIMIT)) {
        limits.limited = true;
        limits.limit = in.accept(Keyword.ALL) ? null : g.expressions.any();
      } else if (!limits.limited && in.is(Keyword.FETCH)) {
        fetch(limits);
      } else if (limits.offset == null && in.accept(Keyword.OFFSET)) {
        limits.offset = g.expressions.any();
        if (!in.accept(Keyword.ROW)) {
          in.accept(Keyword.ROWS);
        }
      } else {
        return limits;
      }
    }
  }

  private void fetch(Limits limits) {
    in.expect(Keyword.FETCH);
    limits.limited = true;
    if (!in.accept(Keyword.FIRST)) {
      in.expect(Keyword.NEXT);
    }
    boolean count = !in.is(Keyword.ROW) && !in.is(Keyword.ROWS);
    limits.limit =
        count
            ? g.expressions.climb(Levels.SIGN, false)
            : new Constant(in.at(), Constant.Kind.INTEGER, "1");
    if (!in.accept(Keyword.ROW)) {
      in.expect(Keyword.ROWS);
    }
    if (in.accept(Keyword.WITH)) {
      in.expect(Keyword.TIES);
      limits.withTies = true;
    } else {
      in.expect(Keyword.ONLY);
    }
  }

  private List<Locking> locking() {
    List<Locking> list = new ArrayList<>(1);
    while (in.is(Keyword.FOR)) {
      int token = in.take();
      if (list.isEmpty() && in.accept(Keyword.READ)) {
        in.expect(Keyword.ONLY);
        return list;
      }
      Locking.Strength strength = strength();
      List<Name> relations = new ArrayList<>();
      if (in.accept(Keyword.OF)) {
        do {
          relations.add(g.names.relation());
        } while (in.accept(','));
      }
      Locking.Wait wait = Locking.Wait.BLOCK;
      if (in.accept(Keyword.NOWAIT)) {
        wait = Locking.Wait.NOWAIT;
      } else if (in.accept(Keyword.SKIP)) {
        in.expect(Keyword.LOCKED);
        wait = Locking.Wait.SKIP_LOCKED;
      }
      list.add(new Locking(token, strength, relations, wait));
    }
    return list;
  }

  /** What stands behind FOR. */
  Locking.Strength strength() {
    if (in.accept(Keyword.UPDATE)) {
      return Locking.Strength.UPDATE;
    }
    if (in.accept(Keyword.SHARE)) {
      return Locking.Strength.SHARE;
    }
    if (in.accept(Keyword.KEY)) {
      in.expect(Keyword.SHARE);
      return Locking.Strength.KEY_SHARE;
    }
    in.expect(Keyword.NO, Keyword.KEY);
    in.expect(Keyword.UPDATE);
    return Locking.Strength.NO_KEY_UPDATE;
  }
}
