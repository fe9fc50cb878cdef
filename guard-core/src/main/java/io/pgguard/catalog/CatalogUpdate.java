package io.pgguard.catalog;

import io.pgguard.catalog.CatalogTable.Owner;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes a snapshot from an earlier one by reading what has changed: the changed things themselves,
 * and what the server prints with a name that has changed. How much it reads depends on how much
 * has changed, not on how large the catalog is. One instance makes one; not thread-safe.
 */
final class CatalogUpdate {
  private final CatalogReading before;
  private final CatalogQueries queries;
  private final CatalogChanges changes;
  private final Shared shared = new Shared();
  private final CatalogBuilder catalog;
  private Map<Integer, String> spaces = Map.of();
  private final Map<Integer, Relation> changed = new HashMap<>();
  private final Set<Integer> unprintedRelations = new HashSet<>();
  private final Set<Integer> unprintedFunctions = new HashSet<>();
  private final Set<Integer> readRelations = new HashSet<>();
  private final Set<Integer> seenRelations = new HashSet<>();
  private final Set<Integer> seenFunctions = new HashSet<>();
  private final Renames renames;
  private boolean differs;

  private CatalogUpdate(CatalogReading before, CatalogChanges changes, CatalogQueries queries) {
    this.before = before;
    this.changes = changes;
    this.queries = queries;
    this.catalog = new CatalogBuilder(before.catalog());
    this.renames = new Renames(queries);
  }

  /** Of the snapshot that the transaction at hand sees; null where all has to be read. */
  static @Nullable CatalogUpdate of(
      CatalogReading before, CatalogChanges changes, CatalogQueries queries) {
    if (!before.horizon().reaches(changes.horizon())) {
      return null;
    }
    Map<Integer, String> spaces = spaces(before, changes, queries);
    if (spaces == null) {
      return null;
    }
    CatalogUpdate update = new CatalogUpdate(before, changes, queries);
    update.spaces = spaces;
    return update;
  }

  /** Names of schemas; null where one has another name, which many printed texts have in them. */
  private static @Nullable Map<Integer, String> spaces(
      CatalogReading before, CatalogChanges changes, CatalogQueries queries) {
    Set<Integer> changed = changes.owners(Owner.SPACE);
    if (changed.isEmpty()) {
      return before.spaces();
    }
    Map<Integer, String> now = new HashMap<>(before.spaces());
    now.keySet().removeAll(changed);
    queries.ask(
        List.of(
            Scope.of(changed)
                .question(RelationQueries.SPACES, row -> now.put(row.number(0), row.required(1)))));
    for (int oid : changed) {
      String earlier = before.spaces().get(oid);
      if (earlier != null && now.containsKey(oid) && !earlier.equals(now.get(oid))) {
        return null;
      }
    }
    return now;
  }

  /**
   * Reads all that has changed in one round, with which the transaction ends; empty where more has
   * to be asked then: something has another name, which texts of others may have in them.
   */
  Optional<CatalogReading> readAtOnce(CatalogTransaction transaction) {
    if (!isOrdinary()) {
      return Optional.of(read());
    }
    Set<Integer> relations = withTables(changes.owners(Owner.RELATION));
    Set<Integer> functions = changes.owners(Owner.FUNCTION);
    Set<Integer> types = changes.owners(Owner.TYPE);
    RelationReader relationReader = new RelationReader(shared, this::relation, facets(relations));
    FunctionReader functionReader = new FunctionReader(shared, Scope.of(functions));
    TypeReader typeReader = new TypeReader(shared, Scope.of(types));
    CodeReader.Some code = CodeReader.some(relations, functions, types, queries);
    List<CatalogQuestion> questions = new ArrayList<>(relationReader.facts());
    questions.addAll(functionReader.facts());
    questions.addAll(typeReader.facts());
    questions.addAll(code.questions());
    questions.addAll(relationReader.printedOfAny());
    questions.addAll(functionReader.printedOfAny());
    questions.add(transaction.end());
    queries.ask(questions);
    take(relationReader, relations);
    take(functionReader, functions);
    take(typeReader, types);
    if (!renames.isEmpty()) {
      return Optional.empty();
    }
    code(code.update().apply(before.catalog().code()));
    return Optional.of(reading());
  }

  /** Whether nothing has changed that is read all or not at all, and all was printed before. */
  private boolean isOrdinary() {
    return changes.owners(Owner.CASTS).isEmpty()
        && changes.owners(Owner.OPERATORS).isEmpty()
        && changes.owners(Owner.SERVER).isEmpty()
        && before.unprintedRelations().isEmpty()
        && before.unprintedFunctions().isEmpty();
  }

  /** Reads what has changed, and then what the server prints with names that have. */
  CatalogReading read() {
    Set<Integer> relations = new HashSet<>(changes.owners(Owner.RELATION));
    relations.addAll(before.unprintedRelations());
    Set<Integer> functions = new HashSet<>(changes.owners(Owner.FUNCTION));
    functions.addAll(before.unprintedFunctions());
    whole();
    parts(facets(withTables(relations)), functions, changes.owners(Owner.TYPE));
    relations.clear();
    functions.clear();
    printers(relations, functions);
    while (!relations.isEmpty() || !functions.isEmpty()) {
      seenRelations.addAll(relations);
      parts(printed(Set.copyOf(relations)), Set.copyOf(functions), Set.of());
      relations.clear();
      functions.clear();
      printers(relations, functions);
    }
    code();
    return reading();
  }

  private CatalogReading reading() {
    boolean complete = unprintedRelations.isEmpty() && unprintedFunctions.isEmpty();
    Catalog now =
        differs || complete != before.catalog().complete()
            ? catalog.complete(complete).build()
            : before.catalog();
    return new CatalogReading(
        now,
        changes.appliedTo(before.rows()),
        changes.horizon(),
        spaces,
        unprintedRelations,
        unprintedFunctions);
  }

  /** What of which relation has to be read: of each itself, and the parts that have changed. */
  private java.util.function.Function<RelationFacet, Scope> facets(Set<Integer> relations) {
    Set<Integer> expressed = new HashSet<>(changes.relations(RelationFacet.EXPRESSIONS));
    expressed.addAll(before.unprintedRelations());
    Set<Integer> defined = new HashSet<>(changes.relations(RelationFacet.DEFINITION));
    defined.addAll(before.unprintedRelations());
    return facet ->
        switch (facet) {
          case ITSELF -> Scope.of(relations);
          case EXPRESSIONS -> Scope.of(expressed);
          case DEFINITION -> Scope.of(defined);
          default -> Scope.of(changes.relations(facet));
        };
  }

  /** What is printed of these relations. */
  private static java.util.function.Function<RelationFacet, Scope> printed(Set<Integer> relations) {
    Scope all = Scope.of(relations);
    Scope none = Scope.of(Set.of());
    return facet ->
        switch (facet) {
          case ITSELF, EXPRESSIONS, DEFINITION -> all;
          default -> none;
        };
  }

  /** What a TOAST table belongs to its owner tells. */
  private Set<Integer> withTables(Set<Integer> relations) {
    Set<Integer> all = new HashSet<>(relations);
    for (int oid : relations) {
      before
          .catalog()
          .relation(oid)
          .filter(relation -> relation.kind() == RelationKind.TOAST)
          .ifPresent(toast -> all.addAll(toast.dependsOn()));
    }
    return all;
  }

  private void parts(
      java.util.function.Function<RelationFacet, Scope> facets,
      Set<Integer> functions,
      Set<Integer> types) {
    Set<Integer> relations = new HashSet<>();
    Set<Integer> only = facets.apply(RelationFacet.ITSELF).only();
    if (only != null) {
      relations.addAll(only);
    }
    seenFunctions.addAll(functions);
    readRelations.addAll(relations);
    RelationReader relationReader = new RelationReader(shared, this::relation, facets);
    FunctionReader functionReader = new FunctionReader(shared, Scope.of(functions));
    TypeReader typeReader = new TypeReader(shared, Scope.of(types));
    List<CatalogQuestion> facts = new ArrayList<>(relationReader.facts());
    facts.addAll(functionReader.facts());
    facts.addAll(typeReader.facts());
    queries.ask(facts);
    Printing.read(queries, true, relationReader, functionReader);
    take(relationReader, relations);
    take(functionReader, functions);
    take(typeReader, types);
  }

  private void take(RelationReader reader, Set<Integer> asked) {
    Set<Integer> gone = new HashSet<>(asked);
    for (Relation relation : reader.relations()) {
      gone.remove(relation.oid());
      exchange(before.catalog().relation(relation.oid()).orElse(null), relation);
    }
    gone.forEach(this::removeRelation);
    unprintedRelations.addAll(reader.unprinted());
  }

  private void take(FunctionReader reader, Set<Integer> asked) {
    Set<Integer> gone = new HashSet<>(asked);
    for (Function function : reader.functions()) {
      gone.remove(function.oid());
      exchange(before.catalog().function(function.oid()).orElse(null), function);
    }
    gone.forEach(this::removeFunction);
    unprintedFunctions.addAll(reader.unprinted());
  }

  private void take(TypeReader reader, Set<Integer> asked) {
    Set<Integer> gone = new HashSet<>(asked);
    for (TypeInfo type : reader.types()) {
      gone.remove(type.oid());
      exchange(before.catalog().type(type.oid()).orElse(null), type);
    }
    gone.forEach(this::removeType);
  }

  /** As it is known so far. */
  private @Nullable Relation relation(int oid) {
    Relation read = changed.get(oid);
    return read == null ? before.catalog().relation(oid).orElse(null) : read;
  }

  private void removeRelation(int oid) {
    if (before.catalog().relation(oid).isPresent()) {
      differs = true;
      catalog.removeRelation(oid);
    }
  }

  private void removeFunction(int oid) {
    if (before.catalog().function(oid).isPresent()) {
      differs = true;
      catalog.removeFunction(oid);
    }
  }

  private void removeType(int oid) {
    if (before.catalog().type(oid).isPresent()) {
      differs = true;
      catalog.removeType(oid);
    }
  }

  private void exchange(@Nullable Relation earlier, Relation now) {
    if (!now.equals(earlier)) {
      differs = true;
      catalog.add(now);
      changed.put(now.oid(), now);
      renames.note(earlier, now);
    }
  }

  private void exchange(@Nullable Function earlier, Function now) {
    if (!now.equals(earlier)) {
      differs = true;
      catalog.add(now);
      renames.note(earlier, now);
    }
  }

  private void exchange(@Nullable TypeInfo earlier, TypeInfo now) {
    if (!now.equals(earlier)) {
      differs = true;
      catalog.add(now);
      renames.note(earlier, now);
    }
  }

  /** What is read all or not at all. */
  private void whole() {
    TypeReader reader = new TypeReader(shared, Scope.ALL);
    if (!changes.owners(Owner.CASTS).isEmpty()) {
      differs = true;
      reader.casts(queries, catalog.removeCasts());
    }
    if (!changes.owners(Owner.OPERATORS).isEmpty()) {
      differs = true;
      reader.operators(queries, catalog.removeOperators());
    }
    if (!changes.owners(Owner.SERVER).isEmpty()) {
      differs = true;
      catalog.eventTriggers(CatalogReader.eventTriggers(queries));
    }
  }

  /** What objects bring: that of all where operators differ, which stand behind any of it. */
  private void code() {
    Code earlier = before.catalog().code();
    boolean all =
        !changes.owners(Owner.OPERATORS).isEmpty() || !changes.owners(Owner.SERVER).isEmpty();
    if (all) {
      code(CodeReader.read(queries));
      return;
    }
    CodeReader.Some some =
        CodeReader.some(readRelations, seenFunctions, changes.owners(Owner.TYPE), queries);
    queries.ask(some.questions());
    code(some.update().apply(earlier));
  }

  private void code(Code now) {
    if (now != before.catalog().code()) {
      differs = true;
      catalog.code(now);
    }
  }

  /** Those whose printed texts have a name in them that has changed, and that were not read yet. */
  private void printers(Set<Integer> relations, Set<Integer> functions) {
    renames.printers(relations, functions);
    relations.removeAll(seenRelations);
    functions.removeAll(seenFunctions);
  }
}
