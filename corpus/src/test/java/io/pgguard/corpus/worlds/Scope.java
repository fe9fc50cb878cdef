package io.pgguard.corpus.worlds;

import java.util.ArrayList;
import java.util.List;

/** The columns that an expression may name, each with the alias it is reached by. Immutable. */
record Scope(List<Named> columns, boolean aggregates) {
  Scope {
    columns = List.copyOf(columns);
  }

  /** A column as it is written. */
  record Named(String sql, String type, boolean secret) {}

  static final Scope NONE = new Scope(List.of(), false);

  static Scope of(Relation relation, String alias) {
    List<Named> columns = new ArrayList<>();
    for (Relation.Column column : relation.columns()) {
      columns.add(new Named(alias + "." + column.name(), column.type(), column.secret()));
    }
    return new Scope(columns, false);
  }

  Scope and(Scope other) {
    List<Named> all = new ArrayList<>(columns);
    all.addAll(other.columns);
    return new Scope(all, aggregates);
  }

  Scope aggregating(boolean on) {
    return new Scope(columns, on);
  }

  /** Without protected columns: for clauses that may not depend on them. */
  Scope open() {
    return new Scope(columns.stream().filter(c -> !c.secret()).toList(), aggregates);
  }

  /** Whether it has a protected column of a type. */
  boolean hides(String type) {
    return columns.stream().anyMatch(c -> c.secret() && c.type().equals(type));
  }

  List<Named> of(String type, boolean secret) {
    return columns.stream().filter(c -> c.secret() == secret && c.type().equals(type)).toList();
  }
}
