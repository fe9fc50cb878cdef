package io.pgguard.corpus.random;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an expression sees: the entries of its own FROM clause, then those of the queries around it.
 */
record Scope(List<Source> sources, @Nullable Scope outer) {
  static final Scope EMPTY = new Scope(List.of(), null);

  Scope {
    sources = List.copyOf(sources);
  }

  Scope inner(List<Source> own) {
    return new Scope(own, this);
  }

  /** The entries in sight, nearest first. */
  List<Source> visible() {
    List<Source> all = new ArrayList<>(sources);
    for (Scope scope = outer; scope != null; scope = scope.outer) {
      all.addAll(scope.sources);
    }
    return all;
  }

  /** Whether the bare name means one column of this scope and nothing else. */
  boolean bare(String column) {
    return sources.stream()
            .flatMap(s -> s.columns().stream())
            .filter(c -> c.name().equals(column))
            .count()
        == 1;
  }
}
