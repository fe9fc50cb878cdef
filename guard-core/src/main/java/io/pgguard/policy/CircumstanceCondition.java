package io.pgguard.policy;

import com.google.re2j.Pattern;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What must hold around a statement, whatever its text: where it goes, where it comes from, when,
 * and what for. All of what is given must hold. A class and not a record: conditions are told apart
 * by which rule has them. Immutable and thread-safe.
 */
final class CircumstanceCondition {
  /** Nothing is asked. */
  static final CircumstanceCondition ANY =
      new CircumstanceCondition(List.of(), Set.of(), new Source(Set.of(), List.of()), null, null);

  private final List<WordPattern> databases;
  private final Set<String> environments;
  private final Source source;
  private final @Nullable TimeWindow time;
  private final @Nullable Pattern intent;

  /**
   * Where statements come from.
   *
   * @param edges any of these ways in; empty for all
   * @param addresses any of these ranges; empty for all
   */
  record Source(Set<String> edges, List<AddressRange> addresses) {
    Source {
      edges = Set.copyOf(edges);
      addresses = List.copyOf(addresses);
    }

    boolean isAny() {
      return edges.isEmpty() && addresses.isEmpty();
    }

    boolean holds(Surroundings around) {
      return (edges.isEmpty() || edges.contains(around.edge()))
          && (addresses.isEmpty()
              || around.client() != null
                  && addresses.stream().anyMatch(range -> range.holds(around.client())));
    }
  }

  /** What does not hold. */
  enum Part {
    NOTHING,
    DATABASE,
    ENVIRONMENT,
    SOURCE,
    TIME,
    INTENT
  }

  /**
   * @param databases any of these databases, by pattern; empty for all
   * @param environments any of these labels of the server; empty for all
   * @param source where it comes from
   * @param time when, or null for always
   * @param intent the form of the whole intent, or null for any; matched in linear time
   */
  CircumstanceCondition(
      List<WordPattern> databases,
      Set<String> environments,
      Source source,
      @Nullable TimeWindow time,
      @Nullable Pattern intent) {
    this.databases = List.copyOf(databases);
    this.environments = Set.copyOf(environments);
    this.source = source;
    this.time = time;
    this.intent = intent;
  }

  boolean isAny() {
    return databases.isEmpty()
        && environments.isEmpty()
        && source.isAny()
        && time == null
        && intent == null;
  }

  List<WordPattern> databases() {
    return databases;
  }

  Set<String> environments() {
    return environments;
  }

  Source source() {
    return source;
  }

  @Nullable TimeWindow time() {
    return time;
  }

  @Nullable Pattern intent() {
    return intent;
  }

  /**
   * What of it does not hold.
   *
   * @param allows whether it is of a rule that allows: a server without labels has none of them for
   *     such a rule, and may have each for one that stops
   */
  Part misses(Surroundings around, @Nullable String stated, Instant moment, boolean allows) {
    if (!databases.isEmpty()
        && databases.stream().noneMatch(pattern -> pattern.matches(around.database()))) {
      return Part.DATABASE;
    }
    if (!environments.isEmpty() && !inEnvironment(around.environment(), allows)) {
      return Part.ENVIRONMENT;
    }
    if (!source.holds(around)) {
      return Part.SOURCE;
    }
    if (time != null && !time.holds(moment)) {
      return Part.TIME;
    }
    return intent == null || stated != null && intent.matches(stated) ? Part.NOTHING : Part.INTENT;
  }

  private boolean inEnvironment(Set<String> labels, boolean allows) {
    return labels.isEmpty() ? !allows : labels.stream().anyMatch(environments::contains);
  }
}
