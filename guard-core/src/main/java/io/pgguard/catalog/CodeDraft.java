package io.pgguard.catalog;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The code of some objects while it comes in from several queries. Not thread-safe. */
final class CodeDraft {
  private record Place(AttachedCode.Part part, int number) implements Comparable<Place> {
    @Override
    public int compareTo(Place other) {
      int byPart = part.compareTo(other.part);
      return byPart != 0 ? byPart : Integer.compare(number, other.number);
    }
  }

  /** What a piece refers to, by the letter of its kind. */
  private static final class References {
    private final Map<Character, Set<Integer>> byKind = new HashMap<>();
    private final Set<String> settings = new TreeSet<>();

    void add(char kind, int oid) {
      byKind.computeIfAbsent(kind, k -> new TreeSet<>()).add(oid);
    }

    Refers refers() {
      return new Refers(of('f'), of('t'), of('r'), settings);
    }

    Set<Integer> of(char kind) {
      return byKind.getOrDefault(kind, Set.of());
    }
  }

  private final Map<Integer, Map<Place, References>> pieces = new HashMap<>();
  private final Map<Integer, List<ForeignKey>> keysTo = new HashMap<>();
  private final Map<Integer, List<ForeignKey>> keysFrom = new HashMap<>();
  private final Map<Integer, List<Comparing>> comparing = new HashMap<>();
  private final Map<Integer, String> definitions = new HashMap<>();
  private final Map<Integer, References> functions = new HashMap<>();
  private final Map<Integer, References> types = new HashMap<>();
  private final Map<Integer, Set<Integer>> operators = new HashMap<>();
  private final List<EventTrigger> eventTriggers = new ArrayList<>();

  void piece(int relation, AttachedCode.Part part, int number, char kind, int oid) {
    references(relation, part, number).add(kind, oid);
  }

  /** A piece reads a setting. */
  void setting(int relation, AttachedCode.Part part, int number, String name) {
    references(relation, part, number).settings.add(name);
  }

  private References references(int relation, AttachedCode.Part part, int number) {
    return pieces
        .computeIfAbsent(relation, r -> new TreeMap<>())
        .computeIfAbsent(new Place(part, number), p -> new References());
  }

  void definition(int relation, String hash) {
    definitions.put(relation, hash);
  }

  void function(int function, char kind, int oid) {
    functions.computeIfAbsent(function, f -> new References()).add(kind, oid);
  }

  /**
   * @param kind {@code f} for its forms, {@code o} for its order, {@code t} for a type within it
   */
  void type(int type, char kind, int oid) {
    types.computeIfAbsent(type, t -> new References()).add(kind, oid);
  }

  void operator(int operator, int function) {
    operators.computeIfAbsent(operator, o -> new TreeSet<>()).add(function);
  }

  /** Adds a foreign key to the relation that it points to, or to its own. */
  void key(int owner, boolean pointedTo, ForeignKey key) {
    (pointedTo ? keysTo : keysFrom).computeIfAbsent(owner, r -> new ArrayList<>()).add(key);
  }

  void add(Comparing one) {
    comparing.computeIfAbsent(one.relation(), r -> new ArrayList<>()).add(one);
  }

  void add(EventTrigger trigger) {
    eventTriggers.add(trigger);
  }

  Map<Integer, CodeOfRelation> relations() {
    Set<Integer> oids = new TreeSet<>(pieces.keySet());
    oids.addAll(keysTo.keySet());
    oids.addAll(keysFrom.keySet());
    oids.addAll(comparing.keySet());
    oids.addAll(definitions.keySet());
    Map<Integer, CodeOfRelation> all = new HashMap<>();
    for (int oid : oids) {
      List<AttachedCode> attached = new ArrayList<>();
      pieces
          .getOrDefault(oid, Map.of())
          .forEach(
              (place, refers) ->
                  attached.add(new AttachedCode(place.part(), place.number(), refers.refers())));
      all.put(
          oid,
          new CodeOfRelation(
              attached,
              keysTo.getOrDefault(oid, List.of()),
              keysFrom.getOrDefault(oid, List.of()),
              comparing.getOrDefault(oid, List.of()),
              definitions.getOrDefault(oid, "")));
    }
    return all;
  }

  Map<Integer, Refers> functions() {
    Map<Integer, Refers> all = new HashMap<>();
    functions.forEach((oid, references) -> all.put(oid, references.refers()));
    return all;
  }

  Map<Integer, TypeCode> types() {
    Map<Integer, TypeCode> all = new HashMap<>();
    types.forEach(
        (oid, inner) -> all.put(oid, new TypeCode(inner.of('f'), inner.of('o'), inner.of('t'))));
    return all;
  }

  Map<Integer, Set<Integer>> operators() {
    return operators;
  }

  List<EventTrigger> eventTriggers() {
    return eventTriggers;
  }
}
