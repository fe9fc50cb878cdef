package io.pgguard.catalog;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads relations of a snapshot, all or some. One instance reads once; not thread-safe. */
final class RelationReader {
  private final Map<Integer, RelationDraft> drafts = new LinkedHashMap<>();
  private final Set<Integer> unprinted = new HashSet<>();
  private final Shared shared;
  private final Scope scope;

  RelationReader(Shared shared, Scope scope) {
    this.shared = shared;
    this.scope = scope;
  }

  /** What is asked first: everything but what is printed. */
  List<CatalogQuestion> facts() {
    if (scope.isEmpty()) {
      return List.of();
    }
    return List.of(
        scope.question(RelationQueries.RELATIONS, this::addRelation),
        scope.question(
            RelationQueries.PARENTS, row -> with(row, draft -> draft.parents.add(row.number(1)))),
        scope.question(RelationQueries.READS, this::addRead),
        scope.question(RelationQueries.RULES, row -> with(row, draft -> draft.rules = true)),
        scope.question(
            RelationQueries.TRIGGERS,
            row ->
                with(row, draft -> draft.triggers.add(Trigger.of(row.number(1), row.number(2))))),
        scope.question(
            RelationQueries.CASCADES, row -> with(row, draft -> draft.cascades.add(row.number(1)))),
        scope.question(
            RelationQueries.CALLS, row -> with(row, draft -> draft.calls.add(row.number(1)))),
        scope.question(RelationQueries.COLUMNS, this::addColumn));
  }

  /** What is asked then: what the server prints from stored trees. */
  List<CatalogQuestion> printed() {
    List<CatalogQuestion> questions = new ArrayList<>();
    if (drafts.values().stream().anyMatch(draft -> isView(draft.kind))) {
      questions.add(
          scope.question(
              RelationQueries.DEFINITIONS,
              row -> with(row, draft -> draft.definition = known(row, row.text(1)))));
    }
    if (drafts.values().stream().anyMatch(draft -> draft.expressed)) {
      questions.add(scope.question(RelationQueries.EXPRESSIONS, this::addExpression));
    }
    return questions;
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

  /** What was read. */
  List<Relation> relations() {
    return drafts.values().stream().map(RelationDraft::relation).toList();
  }

  private void addRelation(CatalogRow row) {
    int oid = row.number(0);
    drafts.put(
        oid,
        new RelationDraft(
            oid,
            shared.text(row.required(1)),
            shared.text(row.required(2)),
            RelationKind.of(row.letter(3)),
            row.flag(4),
            shared.textOrNull(row.text(5))));
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
        draft -> {
          draft.columns.add(
              shared.column(
                  new Column(
                      row.number(1),
                      shared.text(row.required(2)),
                      row.number(3),
                      row.letter(4) != '\0')));
          draft.expressed |= row.flag(5);
        });
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
