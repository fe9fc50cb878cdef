package io.pgguard.corpus.random;

import java.util.ArrayList;
import java.util.List;

/** Writes FROM clauses: joins of every kind over entries. */
final class FromMaker {
  private static final int MOST_ROWS = 6_000;

  private final Grammar grammar;

  FromMaker(Grammar grammar) {
    this.grammar = grammar;
  }

  /** A FROM clause's text after FROM, and what it lets expressions see. */
  record From(String text, List<Source> sources, int rows) {
    From {
      sources = List.copyOf(sources);
    }
  }

  From from(Scope outer, int depth, int entries) {
    Entry first = grammar.entries().entry(outer.inner(List.of()), false, depth);
    From from = new From(first.text(), List.of(first.source()), first.source().rows());
    for (int i = 1; i < entries && from.rows() < MOST_ROWS; i++) {
      from = join(from, outer, depth);
    }
    Dice dice = grammar.dice();
    if (entries > 1 && from.rows() < MOST_ROWS && dice.chance(8)) {
      // a comma binds looser than JOIN, so it can only come last
      Entry last = grammar.entries().entry(outer.inner(from.sources()), dice.chance(50), depth);
      List<Source> sources = new ArrayList<>(from.sources());
      sources.add(last.source());
      long product = (long) from.rows() * last.source().rows();
      return product > MOST_ROWS
          ? from
          : new From(from.text() + ", " + last.text(), sources, (int) product);
    }
    if (entries > 2 && from.text().contains(" JOIN ") && dice.chance(8)) {
      return new From("(" + from.text() + ")", from.sources(), from.rows());
    }
    if (from.sources().size() == 2 && from.text().contains(" JOIN ") && dice.chance(8)) {
      return joinAlias(from);
    }
    return from;
  }

  private From join(From left, Scope outer, int depth) {
    Dice dice = grammar.dice();
    boolean lateral = dice.chance(45);
    Scope before = outer.inner(left.sources());
    Entry right = grammar.entries().entry(before, lateral, depth);
    List<Source> sources = new ArrayList<>(left.sources());
    sources.add(right.source());
    int product = (int) Math.min(1L << 30, (long) left.rows() * right.source().rows());
    Scope both = outer.inner(sources);
    if (product <= MOST_ROWS && dice.chance(25)) {
      return new From(left.text() + " CROSS JOIN " + right.text(), sources, product);
    }
    String using = dice.chance(25) ? shared(left, right.source()) : "";
    if (!using.isEmpty()) {
      return new From(
          left.text()
              + kind(lateral)
              + right.text()
              + " USING ("
              + using
              + ")"
              + (dice.chance(20) ? " AS " + grammar.draft().name("ju") : ""),
          sources,
          Math.max(left.rows(), right.source().rows()));
    }
    if (dice.chance(6) && natural(left, right.source())) {
      return new From(
          left.text() + " NATURAL" + kind(lateral) + right.text(),
          sources,
          Math.max(left.rows(), right.source().rows()));
    }
    String equal = equality(left.sources(), right.source(), outer);
    if (equal.isEmpty()) {
      return new From(
          left.text()
              + (lateral ? dice.of(" JOIN ", " LEFT JOIN ") : " JOIN ")
              + right.text()
              + " ON "
              + grammar.predicates().of(both, 1),
          sources,
          product / 2);
    }
    String kind = kind(lateral);
    String more =
        !kind.contains("FULL") && dice.chance(20)
            ? " AND " + grammar.predicates().of(both, depth - 1)
            : "";
    return new From(
        left.text() + kind + right.text() + " ON " + equal + more,
        sources,
        Math.max(left.rows(), product / 30));
  }

  private String kind(boolean lateral) {
    Dice dice = grammar.dice();
    return lateral
        ? dice.of(" JOIN ", " LEFT JOIN ", " INNER JOIN ", " LEFT OUTER JOIN ")
        : dice.of(
            " JOIN ",
            " LEFT JOIN ",
            " RIGHT JOIN ",
            " FULL JOIN ",
            " INNER JOIN ",
            " FULL OUTER JOIN ");
  }

  private String equality(List<Source> left, Source right, Scope outer) {
    Scope leftScope = outer.inner(left);
    for (SqlType type :
        List.of(
            grammar.dice().of(SqlType.INT, SqlType.INT, SqlType.TEXT, SqlType.DATE, SqlType.STATUS),
            SqlType.INT)) {
      // both sides from this FROM clause alone: FULL JOIN needs a condition that can be merged or
      // hashed
      String a = grammar.expressions().column(type, new Scope(leftScope.sources(), null));
      String b = grammar.expressions().column(type, new Scope(List.of(right), null));
      if (!a.isEmpty() && !b.isEmpty() && a.indexOf('.') > 0 && b.indexOf('.') > 0) {
        return a + " = " + b;
      }
    }
    return "";
  }

  private String shared(From left, Source right) {
    List<ModelColumn> fitting = new ArrayList<>();
    for (ModelColumn column : right.columns()) {
      List<ModelColumn> same =
          left.sources().stream()
              .flatMap(s -> s.columns().stream())
              .filter(c -> c.name().equals(column.name()))
              .toList();
      if (same.size() == 1
          && same.get(0).type() == column.type()
          && column.type().comparable()
          && grammar.draft().mayUse(column)
          && grammar.draft().mayUse(same.get(0))) {
        fitting.add(
            new ModelColumn(column.name(), column.type(), column.hot() || same.get(0).hot()));
      }
    }
    if (fitting.isEmpty()) {
      return "";
    }
    ModelColumn chosen = grammar.dice().pick(fitting);
    if (chosen.hot()) {
      grammar.draft().useHot();
    }
    return chosen.name();
  }

  private boolean natural(From left, Source right) {
    boolean hot = false;
    for (ModelColumn column : right.columns()) {
      boolean common = false;
      for (Source source : left.sources()) {
        for (ModelColumn other : source.columns()) {
          if (other.name().equals(column.name())) {
            if (common || other.type() != column.type() || !other.type().comparable()) {
              return false;
            }
            common = true;
            hot |= other.hot() || column.hot();
          }
        }
      }
    }
    if (hot && grammar.draft().reach() != Draft.Reach.HOT) {
      return false;
    }
    if (hot) {
      grammar.draft().useHot();
    }
    return true;
  }

  private From joinAlias(From from) {
    if (from.text().contains("USING") || from.text().contains("NATURAL")) {
      return from;
    }
    String alias = grammar.draft().name("j");
    List<ModelColumn> columns = new ArrayList<>();
    for (Source source : from.sources()) {
      source.columns().forEach(c -> columns.add(c.named(grammar.draft().name("k"))));
    }
    String names = String.join(", ", columns.stream().map(ModelColumn::name).toList());
    return new From(
        "(" + from.text() + ") AS " + alias + "(" + names + ")",
        List.of(new Source(alias, columns, from.rows(), true)),
        from.rows());
  }
}
