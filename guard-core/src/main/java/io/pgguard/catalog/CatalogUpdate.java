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
  private final CatalogExchange exchange;
  private Map<Integer, String> spaces = Map.of();
  private final Set<Integer> readRelations = new HashSet<>();
  private final Set<Integer> seenRelations = new HashSet<>();
  private final Set<Integer> seenFunctions = new HashSet<>();
  private final Renames renames;

  private CatalogUpdate(CatalogReading before, CatalogChanges changes, CatalogQueries queries) {
    this.before = before;
    this.changes = changes;
    this.queries = queries;
    this.renames = new Renames(queries);
    this.exchange = new CatalogExchange(before, renames);
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
    RelationReader relationReader =
        new RelationReader(shared, exchange::relation, facets(relations));
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
    exchange.take(relationReader, relations);
    exchange.take(functionReader, functions);
    exchange.take(typeReader, types);
    if (!renames.isEmpty()) {
      return Optional.empty();
    }
    exchange.code(code.update().apply(before.catalog().code()));
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
    return exchange.reading(changes, spaces);
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
    RelationReader relationReader = new RelationReader(shared, exchange::relation, facets);
    FunctionReader functionReader = new FunctionReader(shared, Scope.of(functions));
    TypeReader typeReader = new TypeReader(shared, Scope.of(types));
    List<CatalogQuestion> facts = new ArrayList<>(relationReader.facts());
    facts.addAll(functionReader.facts());
    facts.addAll(typeReader.facts());
    queries.ask(facts);
    Printing.read(queries, true, relationReader, functionReader);
    exchange.take(relationReader, relations);
    exchange.take(functionReader, functions);
    exchange.take(typeReader, types);
  }

  /** What is read all or not at all. */
  private void whole() {
    TypeReader reader = new TypeReader(shared, Scope.ALL);
    if (!changes.owners(Owner.CASTS).isEmpty()) {
      reader.casts(queries, exchange.differing().removeCasts());
    }
    if (!changes.owners(Owner.OPERATORS).isEmpty()) {
      reader.operators(queries, exchange.differing().removeOperators());
    }
    if (!changes.owners(Owner.SERVER).isEmpty()) {
      exchange.differing().eventTriggers(CatalogReader.eventTriggers(queries));
    }
  }

  /** What objects bring: that of all where operators differ, which stand behind any of it. */
  private void code() {
    Code earlier = before.catalog().code();
    boolean all =
        !changes.owners(Owner.OPERATORS).isEmpty() || !changes.owners(Owner.SERVER).isEmpty();
    if (all) {
      exchange.code(CodeReader.read(queries));
      return;
    }
    CodeReader.Some some =
        CodeReader.some(readRelations, seenFunctions, changes.owners(Owner.TYPE), queries);
    queries.ask(some.questions());
    exchange.code(some.update().apply(earlier));
  }

  /** Those whose printed texts have a name in them that has changed, and that were not read yet. */
  private void printers(Set<Integer> relations, Set<Integer> functions) {
    renames.printers(relations, functions);
    relations.removeAll(seenRelations);
    functions.removeAll(seenFunctions);
  }
}
