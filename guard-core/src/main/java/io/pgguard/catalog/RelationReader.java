package io.pgguard.catalog;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads the relations of a snapshot. One instance reads once; not thread-safe. */
final class RelationReader {
  private final Map<Integer, RelationDraft> drafts = new LinkedHashMap<>();
  private final Shared shared;
  private boolean complete = true;

  RelationReader(Shared shared) {
    this.shared = shared;
  }

  /** Reads everything but what {@link #readPrinted} and {@link #readColumns} read. */
  void readFacts(CatalogQueries queries) {
    queries.forEachRow(RelationQueries.RELATIONS, this::addRelation);
    queries.forEachRow(
        RelationQueries.PARENTS, row -> with(row, draft -> draft.parents.add(row.number(1))));
    queries.forEachRow(RelationQueries.READS, this::addRead);
    queries.forEachRow(RelationQueries.RULES, row -> with(row, draft -> draft.rules = true));
    queries.forEachRow(
        RelationQueries.TRIGGERS,
        row -> with(row, draft -> draft.triggers.add(Trigger.of(row.number(1), row.number(2)))));
    queries.forEachRow(
        RelationQueries.CASCADES, row -> with(row, draft -> draft.cascades.add(row.number(1))));
    queries.forEachRow(
        RelationQueries.CALLS, row -> with(row, draft -> draft.calls.add(row.number(1))));
  }

  /** Reads what the server prints from stored trees. */
  void readPrinted(CatalogQueries queries) {
    queries.forEachRow(
        RelationQueries.DEFINITIONS,
        row -> with(row, draft -> draft.definition = known(row.text(1))));
    queries.forEachRow(RelationQueries.EXPRESSIONS, this::addExpression);
  }

  /** Reads the columns; comes last, since columns carry their expressions. */
  void readColumns(CatalogQueries queries) {
    queries.forEachRow(RelationQueries.COLUMNS, this::addColumn);
  }

  /** Whether everything that the server was asked to print was printed. */
  boolean complete() {
    return complete;
  }

  /** Adds what was read. */
  void addTo(Catalog.Builder catalog) {
    drafts.values().forEach(draft -> catalog.add(draft.relation()));
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
    String expression = known(row.text(2));
    if (expression != null) {
      with(row, draft -> draft.expressions.put(row.number(1), expression));
    }
  }

  private void addColumn(CatalogRow row) {
    with(
        row,
        draft -> {
          int number = row.number(1);
          draft.columns.add(
              shared.column(
                  new Column(
                      number,
                      shared.text(row.required(2)),
                      row.number(3),
                      row.letter(4) != '\0',
                      draft.expressions.get(number))));
        });
  }

  private @Nullable String known(@Nullable String printed) {
    complete &= printed != null;
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
