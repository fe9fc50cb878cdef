package io.pgguard.catalog;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * The code that the objects of a snapshot bring with them, each piece with what it refers to
 * itself: {@code io.pgguard.reach} follows it from there. Immutable.
 */
public final class Code {
  /** A snapshot whose objects bring no code. */
  public static final Code NONE = of(new CodeDraft());

  private final Map<Integer, CodeOfRelation> relations;
  private final Map<Integer, Refers> functions;
  private final Map<Integer, TypeCode> types;
  private final Map<Integer, Set<Integer>> operators;
  private final List<EventTrigger> eventTriggers;
  private final long fingerprint;

  private Code(
      Map<Integer, CodeOfRelation> relations,
      Map<Integer, Refers> functions,
      Map<Integer, TypeCode> types,
      Map<Integer, Set<Integer>> operators,
      List<EventTrigger> eventTriggers,
      long fingerprint) {
    this.relations = relations;
    this.functions = functions;
    this.types = types;
    this.operators = operators;
    this.eventTriggers = eventTriggers;
    this.fingerprint = fingerprint;
  }

  /** All that was read. */
  static Code of(CodeDraft read) {
    Map<Integer, CodeOfRelation> relations = read.relations();
    Map<Integer, Refers> functions = read.functions();
    Map<Integer, TypeCode> types = read.types();
    Map<Integer, Set<Integer>> operators = read.operators();
    List<EventTrigger> eventTriggers = List.copyOf(read.eventTriggers());
    return new Code(
        relations,
        functions,
        types,
        operators,
        eventTriggers,
        of(relations.keySet(), relations)
            ^ of(functions.keySet(), functions)
            ^ of(types.keySet(), types)
            ^ of(operators.keySet(), operators)
            ^ Fingerprint.of(eventTriggers));
  }

  private static long of(Set<Integer> oids, Map<Integer, ?> parts) {
    long all = 0;
    for (int oid : oids) {
      Object part = parts.get(oid);
      all ^= part == null ? 0 : Fingerprint.of(oid + "=" + part);
    }
    return all;
  }

  /**
   * The same with the code of some owners read anew: this object where nothing differs.
   *
   * @param readRelations the relations that were read anew, those that have gone among them
   */
  Code with(
      CodeDraft read,
      Set<Integer> readRelations,
      Set<Integer> readFunctions,
      Set<Integer> readTypes) {
    Map<Integer, CodeOfRelation> newRelations =
        exchanged(relations, readRelations, read.relations());
    Map<Integer, Refers> newFunctions = exchanged(functions, readFunctions, read.functions());
    Map<Integer, TypeCode> newTypes = exchanged(types, readTypes, read.types());
    boolean same = newRelations == relations && newFunctions == functions && newTypes == types;
    return same
        ? this
        : new Code(
            newRelations,
            newFunctions,
            newTypes,
            operators,
            eventTriggers,
            fingerprint
                ^ of(readRelations, relations)
                ^ of(readRelations, newRelations)
                ^ of(readFunctions, functions)
                ^ of(readFunctions, newFunctions)
                ^ of(readTypes, types)
                ^ of(readTypes, newTypes));
  }

  /** The map itself where what was read is what it holds. */
  private static <V> Map<Integer, V> exchanged(
      Map<Integer, V> before, Set<Integer> oids, Map<Integer, V> read) {
    boolean same = true;
    for (int oid : oids) {
      same &= Objects.equals(before.get(oid), read.get(oid));
    }
    if (same) {
      return before;
    }
    Map<Integer, V> now = new HashMap<>(before);
    now.keySet().removeAll(oids);
    now.putAll(read);
    return now;
  }

  /** Whether another one says the same of a relation. */
  boolean sameOfRelation(int oid, Code other) {
    return relations == other.relations
        || Objects.equals(relations.get(oid), other.relations.get(oid));
  }

  /** Whether another one says the same of a type. */
  boolean sameOfType(int oid, Code other) {
    return types == other.types || Objects.equals(types.get(oid), other.types.get(oid));
  }

  /** Whether another one says the same of functions, operators and events. */
  boolean sameBesideRelations(Code other) {
    return (functions == other.functions || functions.equals(other.functions))
        && (operators == other.operators || operators.equals(other.operators))
        && eventTriggers.equals(other.eventTriggers);
  }

  /** A number made of all of it, the same in every run. */
  long fingerprint() {
    return fingerprint;
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
    return relations.getOrDefault(oid, CodeOfRelation.NOTHING).pieces();
  }

  /**
   * A hash of the code that belongs to a relation, as it is written: row policies, triggers,
   * defaults, checks, rules. Empty where there is none.
   */
  public String definition(int oid) {
    return relations.getOrDefault(oid, CodeOfRelation.NOTHING).definition();
  }

  /** What values of a type bring with them. */
  public TypeCode ofType(int oid) {
    return types.getOrDefault(oid, TypeCode.NOTHING);
  }

  /** The foreign keys that point to a relation. */
  public List<ForeignKey> keysTo(int oid) {
    return relations.getOrDefault(oid, CodeOfRelation.NOTHING).keysTo();
  }

  /** The foreign keys of a relation. */
  public List<ForeignKey> keysFrom(int oid) {
    return relations.getOrDefault(oid, CodeOfRelation.NOTHING).keysFrom();
  }

  /** What compares the rows of a relation with each other or with themselves. */
  public List<Comparing> comparing(int oid) {
    return relations.getOrDefault(oid, CodeOfRelation.NOTHING).comparing();
  }

  /** The enabled event triggers. */
  public List<EventTrigger> eventTriggers() {
    return eventTriggers;
  }
}
