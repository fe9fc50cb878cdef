package io.pgguard.catalog;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Reads relations of a snapshot, all or some. One instance reads once; not thread-safe. */
final class RelationReader {
  private final Map<Integer, RelationDraft> drafts = new LinkedHashMap<>();
  private final Map<Integer, Integer> tables = new HashMap<>();
  private final Set<Integer> unprinted = new HashSet<>();
  private final Shared shared;
  private final IntFunction<@Nullable Relation> before;
  private final Function<RelationFacet, Scope> scopes;

  /** Reads all of all. */
  RelationReader(Shared shared) {
    this.shared = shared;
    this.before = oid -> null;
    this.scopes = facet -> Scope.ALL;
  }

  /**
   * Reads some.
   *
   * @param before what was known of the relation of an OID, which stands for what is not read
   * @param scopes which relations to read of each part; all that are read of any part are in that
   *     of {@link RelationFacet#ITSELF}
   */
  RelationReader(
      Shared shared,
      IntFunction<@Nullable Relation> before,
      Function<RelationFacet, Scope> scopes) {
    this.shared = shared;
    this.before = before;
    this.scopes = scopes;
  }

  /** What is asked first: everything but what is printed. */
  List<CatalogQuestion> facts() {
    List<CatalogQuestion> questions = new ArrayList<>();
    ask(questions, RelationFacet.ITSELF, RelationQueries.RELATIONS, this::addRelation);
    ask(
        questions,
        RelationFacet.PARENTS,
        RelationQueries.PARENTS,
        row -> with(row, draft -> draft.parents.add(row.number(1))));
    ask(questions, RelationFacet.READS, RelationQueries.READS, this::addRead);
    ask(
        questions,
        RelationFacet.RULES,
        RelationQueries.RULES,
        row -> with(row, draft -> draft.rules = true));
    ask(
        questions,
        RelationFacet.TRIGGERS,
        RelationQueries.TRIGGERS,
        row ->
            with(
                row,
                draft ->
                    draft.triggers.add(Trigger.of(row.number(1), row.number(2), row.text(3)))));
    ask(
        questions,
        RelationFacet.CASCADES,
        RelationQueries.CASCADES,
        row -> with(row, draft -> draft.cascades.add(row.number(1))));
    ask(
        questions,
        RelationFacet.CALLS,
        RelationQueries.CALLS,
        row -> with(row, draft -> draft.calls.add(row.number(1))));
    ask(questions, RelationFacet.COLUMNS, RelationQueries.COLUMNS, this::addColumn);
    return questions;
  }

  /** What is asked then: what the server prints from stored trees. */
  List<CatalogQuestion> printed() {
    List<CatalogQuestion> questions = new ArrayList<>();
    if (drafts.values().stream().anyMatch(draft -> isView(draft.kind))) {
      ask(questions, RelationFacet.DEFINITION, RelationQueries.DEFINITIONS, this::addDefinition);
    }
    ask(questions, RelationFacet.EXPRESSIONS, RelationQueries.EXPRESSIONS, this::addExpression);
    return questions;
  }

  /** The same, before it is known what they are. */
  List<CatalogQuestion> printedOfAny() {
    List<CatalogQuestion> questions = new ArrayList<>();
    ask(questions, RelationFacet.DEFINITION, RelationQueries.DEFINITIONS, this::addDefinition);
    ask(questions, RelationFacet.EXPRESSIONS, RelationQueries.EXPRESSIONS, this::addExpression);
    return questions;
  }

  private void addDefinition(CatalogRow row) {
    with(row, draft -> draft.definition = known(row, row.text(1)));
  }

  private void ask(
      List<CatalogQuestion> questions,
      RelationFacet facet,
      String text,
      Consumer<CatalogRow> rows) {
    Scope scope = scopes.apply(facet);
    if (!scope.isEmpty()) {
      questions.add(scope.question(text, rows));
    }
  }

  private static boolean isView(RelationKind kind) {
    return kind == RelationKind.VIEW || kind == RelationKind.MATERIALIZED_VIEW;
  }

  /** The OIDs of those of which not everything was printed. */
  Set<Integer> unprinted() {
    return unprinted;
  }

  /** Printing failed, nobody knows at which. */
  void printingFailed() {
    unprinted.addAll(drafts.keySet());
  }

  /** What was read. Where a TOAST table was read anew, its table must have been too. */
  List<Relation> relations() {
    tables.forEach(
        (toast, table) -> {
          RelationDraft draft = drafts.get(toast);
          if (draft != null) {
            draft.dependsOn.clear();
            draft.dependsOn.add(table);
          }
        });
    return drafts.values().stream().map(RelationDraft::relation).toList();
  }

  private void addRelation(CatalogRow row) {
    int oid = row.number(0);
    RelationDraft draft =
        new RelationDraft(
            oid,
            shared.text(row.required(1)),
            shared.text(row.required(2)),
            RelationKind.of(row.letter(3)),
            row.flag(4),
            shared.textOrNull(row.text(5)));
    drafts.put(oid, draft);
    if (row.number(6) != 0) {
      tables.put(row.number(6), oid);
    }
    Relation earlier = before.apply(oid);
    if (earlier != null) {
      draft.takeOver(earlier, facet -> scopes.apply(facet).has(oid));
    }
  }

  private void addRead(CatalogRow row) {
    int read = row.number(1);
    if (read != row.number(0)) { // before PostgreSQL 16 a view's tree names the view itself
      with(row, draft -> draft.dependsOn.add(read));
    }
  }

  private void addExpression(CatalogRow row) {
    String expression = known(row, row.text(2));
    if (expression != null) {
      with(row, draft -> draft.expressions.put(row.number(1), expression));
    }
  }

  private void addColumn(CatalogRow row) {
    with(
        row,
        draft ->
            draft.columns.add(
                shared.column(
                    new Column(
                        row.number(1),
                        shared.text(row.required(2)),
                        row.number(3),
                        row.letter(4) != '\0',
                        row.number(5),
                        row.flag(6),
                        null))));
  }

  private @Nullable String known(CatalogRow row, @Nullable String printed) {
    if (printed == null && drafts.containsKey(row.number(0))) {
      unprinted.add(row.number(0));
    }
    return printed;
  }

  /** A row of a relation that is not in the snapshot, as a temporary one's, is passed over. */
  private void with(CatalogRow row, Consumer<RelationDraft> use) {
    RelationDraft draft = drafts.get(row.number(0));
    if (draft != null) {
      use.accept(draft);
    }
  }
}
