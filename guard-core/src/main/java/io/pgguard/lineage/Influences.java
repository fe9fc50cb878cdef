package io.pgguard.lineage;

import io.pgguard.lineage.Influence.Guess;
import io.pgguard.lineage.Influence.Kind;
import io.pgguard.wording.LineageWording;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** Collects what influences a statement: of each column what matters of it. For one analysis. */
final class Influences {
  /** More constants in one statement are no guess but a search. */
  static final int MOST_GUESSES = 50;

  /** Columns that are compared with more others are not told apart from any use of them. */
  private static final int MOST_ALIKE = 64;

  private final Predicate<Sources> exact;
  private final Map<Long, Influence> nullness = new LinkedHashMap<>();
  private final Map<Long, Influence> identities = new LinkedHashMap<>();
  private final Map<Long, Influence> equalities = new LinkedHashMap<>();
  private final Map<Long, Influence> others = new LinkedHashMap<>();

  /**
   * @param exact whether values of columns are equal only where they are the same
   */
  Influences(Predicate<Sources> exact) {
    this.exact = exact;
  }

  /** Notes columns of which anything may matter; of some, as they flow, only whether NULL. */
  void any(Sources sources, String where) {
    sources.each(
        (oid, number, flow) ->
            add(
                new Influence(
                    oid, number, flow == Flow.NULLNESS ? Kind.NULLNESS : Kind.OTHER, where)));
  }

  /** Notes columns of whose values it matters which are the same, their own and each other's. */
  void identity(Sources sources, String where) {
    Set<ColumnSource> alike = sources.toSet();
    if (alike.size() > MOST_ALIKE || !exact.test(sources)) {
      any(sources, where);
      return;
    }
    sources.each(
        (oid, number, flow) ->
            add(new Influence(oid, number, Kind.IDENTITY, where, Set.of(), alike)));
  }

  /** Notes columns that are compared for equality with constants. */
  void equality(Sources sources, String where, Set<Guess> guesses) {
    if (!exact.test(sources)) {
      any(sources, where); // one guess would hold for several values
      return;
    }
    sources.each(
        (oid, number, flow) ->
            add(new Influence(oid, number, Kind.EQUALITY, where, guesses, Set.of())));
  }

  void add(Influence influence) {
    long key = Sources.key(influence.relationOid(), influence.number());
    Map<Long, Influence> of =
        switch (influence.kind()) {
          case NULLNESS -> nullness;
          case IDENTITY -> identities;
          case EQUALITY -> equalities;
          case OTHER -> others;
        };
    Influence both = of.merge(key, influence, Influences::merged);
    if (both.guesses().size() > MOST_GUESSES) {
      String where = LineageWording.MANY_CONSTANTS.words(both.where(), MOST_GUESSES);
      others.putIfAbsent(key, new Influence(both.relationOid(), both.number(), Kind.OTHER, where));
    }
  }

  private static Influence merged(Influence earlier, Influence later) {
    // What is a search already stays one: to go on collecting would cost the square of a long text.
    boolean knowsGuesses =
        earlier.guesses().size() > MOST_GUESSES || earlier.guesses().containsAll(later.guesses());
    if (knowsGuesses && earlier.alike().containsAll(later.alike())) {
      return earlier;
    }
    Set<Guess> guesses = new HashSet<>(earlier.guesses());
    guesses.addAll(later.guesses());
    Set<ColumnSource> alike = new HashSet<>(earlier.alike());
    alike.addAll(later.alike());
    return new Influence(
        earlier.relationOid(), earlier.number(), earlier.kind(), earlier.where(), guesses, alike);
  }

  /** Each column with what matters of it; where anything does, the rest is left out. */
  Set<Influence> all() {
    Set<Influence> all = new LinkedHashSet<>(others.values());
    for (Map<Long, Influence> kind : java.util.List.of(equalities, identities, nullness)) {
      kind.forEach(
          (key, influence) -> {
            if (!others.containsKey(key)) {
              all.add(influence);
            }
          });
    }
    return all;
  }
}
