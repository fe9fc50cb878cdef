package io.pgguard.catalog;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The code that the objects of a snapshot bring with them, each piece with what it refers to
 * itself: {@code io.pgguard.reach} follows it from there. Immutable.
 */
public final class Code {
  /** A snapshot whose objects bring no code. */
  public static final Code NONE = new Builder().build();

  private final Map<Integer, Refers> functions;
  private final Map<Integer, Set<Integer>> operators;
  private final Map<Integer, List<AttachedCode>> relations;
  private final Map<Integer, TypeCode> types;
  private final Map<Integer, List<ForeignKey>> keysTo;
  private final Map<Integer, List<Comparing>> comparing;
  private final List<EventTrigger> eventTriggers;

  private Code(Builder from) {
    functions = from.functions.built();
    operators = Map.copyOf(from.operators);
    relations = copied(from.relations());
    types = from.types();
    keysTo = copied(from.keysTo);
    comparing = copied(from.comparing);
    eventTriggers = List.copyOf(from.eventTriggers);
  }

  private static <V> Map<Integer, List<V>> copied(Map<Integer, List<V>> from) {
    Map<Integer, List<V>> copy = new HashMap<>();
    from.forEach((key, list) -> copy.put(key, List.copyOf(list)));
    return Map.copyOf(copy);
  }

  /**
   * What a function refers to: its arguments' defaults, the parts of an aggregate, and a body that
   * is stored as a tree. Types are those of its arguments and its result too.
   */
  public Refers ofFunction(int oid) {
    return functions.getOrDefault(oid, Refers.NOTHING);
  }

  /**
   * The functions behind an operator that is not PostgreSQL's own: its own, its estimators', and
   * those of its commutator and negator, which the planner may put in its place.
   */
  public Set<Integer> ofOperator(int oid) {
    return operators.getOrDefault(oid, Set.of());
  }

  /** The pieces of code that belong to a relation. */
  public List<AttachedCode> ofRelation(int oid) {
    return relations.getOrDefault(oid, List.of());
  }

  /** What values of a type bring with them. */
  public TypeCode ofType(int oid) {
    return types.getOrDefault(oid, TypeCode.NOTHING);
  }

  /** The foreign keys that point to a relation. */
  public List<ForeignKey> keysTo(int oid) {
    return keysTo.getOrDefault(oid, List.of());
  }

  /** What compares the rows of a relation with each other or with themselves. */
  public List<Comparing> comparing(int oid) {
    return comparing.getOrDefault(oid, List.of());
  }

  /** The enabled event triggers. */
  public List<EventTrigger> eventTriggers() {
    return eventTriggers;
  }

  /** Collects the code of a snapshot. Not thread-safe. */
  public static final class Builder {
    private record Place(int relation, AttachedCode.Part part, int number) {}

    private final References<Integer> functions = new References<>();
    private final References<Place> places = new References<>();
    private final Map<Integer, Set<Integer>> operators = new HashMap<>();
    private final Map<Integer, Set<Integer>> forms = new HashMap<>();
    private final Map<Integer, Set<Integer>> order = new HashMap<>();
    private final Map<Integer, List<ForeignKey>> keysTo = new HashMap<>();
    private final Map<Integer, List<Comparing>> comparing = new HashMap<>();
    private final List<EventTrigger> eventTriggers = new ArrayList<>();

    /**
     * Adds that a function refers to something.
     *
     * @param kind {@code f}, {@code t} or {@code r}: a function, a type, a relation
     */
    public Builder function(int function, char kind, int oid) {
      functions.add(function, kind, oid);
      return this;
    }

    /** Adds that a piece of a relation's code refers to something, as above. */
    public Builder relation(
        int relation, AttachedCode.Part part, int number, char kind, int oid) {
      places.add(new Place(relation, part, number), kind, oid);
      return this;
    }

    /** Adds a function behind an operator. */
    public Builder operator(int operator, int function) {
      operators.computeIfAbsent(operator, key -> new HashSet<>()).add(function);
      return this;
    }

    /** Adds a function that reads or prints values of a type. */
    public Builder form(int type, int function) {
      forms.computeIfAbsent(type, key -> new HashSet<>()).add(function);
      return this;
    }

    /** Adds a function that an operator class of a type calls. */
    public Builder order(int type, int function) {
      order.computeIfAbsent(type, key -> new HashSet<>()).add(function);
      return this;
    }

    /** Adds a foreign key. */
    public Builder add(ForeignKey key) {
      keysTo.computeIfAbsent(key.referenced(), oid -> new ArrayList<>()).add(key);
      return this;
    }

    /** Adds what compares rows. */
    public Builder add(Comparing one) {
      comparing.computeIfAbsent(one.relation(), oid -> new ArrayList<>()).add(one);
      return this;
    }

    /** Adds an event trigger. */
    public Builder add(EventTrigger trigger) {
      eventTriggers.add(trigger);
      return this;
    }

    /** What was added. */
    public Code build() {
      return new Code(this);
    }

    private Map<Integer, List<AttachedCode>> relations() {
      Map<Integer, List<AttachedCode>> all = new HashMap<>();
      places
          .built()
          .forEach(
              (place, refers) ->
                  all.computeIfAbsent(place.relation(), oid -> new ArrayList<>())
                      .add(new AttachedCode(place.part(), place.number(), refers)));
      return all;
    }

    private Map<Integer, TypeCode> types() {
      Set<Integer> oids = new HashSet<>(forms.keySet());
      oids.addAll(order.keySet());
      Map<Integer, TypeCode> all = new HashMap<>();
      for (int oid : oids) {
        all.put(
            oid,
            new TypeCode(
                forms.getOrDefault(oid, Set.of()), order.getOrDefault(oid, Set.of())));
      }
      return Map.copyOf(all);
    }
  }

  /** Gathers what pieces of code refer to. */
  private static final class References<K> {
    private final Map<K, Map<Character, Set<Integer>>> all = new HashMap<>();

    void add(K key, char kind, int oid) {
      all.computeIfAbsent(key, k -> new HashMap<>())
          .computeIfAbsent(kind, k -> new HashSet<>())
          .add(oid);
    }

    Map<K, Refers> built() {
      Map<K, Refers> built = new HashMap<>();
      all.forEach(
          (key, kinds) ->
              built.put(
                  key,
                  new Refers(
                      kinds.getOrDefault('f', Set.of()),
                      kinds.getOrDefault('t', Set.of()),
                      kinds.getOrDefault('r', Set.of()))));
      return Map.copyOf(built);
    }
  }
}
