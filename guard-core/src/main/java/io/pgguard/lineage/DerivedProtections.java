package io.pgguard.lineage;

import io.pgguard.catalog.Catalog;
import io.pgguard.catalog.Column;
import io.pgguard.catalog.Relation;
import io.pgguard.wording.LineageWording;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What protects a column that is made of others. Used by one thread.
 *
 * @param <P> what a column is marked with
 */
final class DerivedProtections<P> {
  private final Snapshot snapshot;
  private final Catalog catalog;
  private final ProtectedColumns.Marks<P> marks;
  private final Map<Long, Protection<P>> columns;

  /**
   * @param columns what is protected so far, by {@link Sources#key}; grows meanwhile
   */
  DerivedProtections(
      Snapshot snapshot, ProtectedColumns.Marks<P> marks, Map<Long, Protection<P>> columns) {
    this.snapshot = snapshot;
    this.catalog = snapshot.catalog();
    this.marks = marks;
    this.columns = columns;
  }

  /** Copies of one marked column keep its mark; everything else is derived. */
  @Nullable Protection<P> of(Sources sources) {
    List<Protection<P>> found = new ArrayList<>();
    boolean[] copied = {true};
    boolean[] mixed = {false};
    sources.each(
        (oid, number, flow) -> {
          Protection<P> protection = columns.get(Sources.key(oid, number));
          if (protection != null && !(flow == Flow.NULLNESS && showsNulls(protection))) {
            found.add(protection);
            copied[0] &= flow == Flow.COPY;
          }
          mixed[0] |= protection == null && flow.isOwn() && isOpen(oid, number);
        });
    if (found.isEmpty()) {
      return null;
    }
    Protection<P> first = found.get(0);
    boolean alike = found.stream().allMatch(other -> alike(first, other));
    P mark = first.marked();
    // Pseudonyms of open values beside those of hidden ones would tell which are the same.
    boolean tells = mixed[0] && mark != null && marks.showsIdentity(mark);
    if (copied[0] && alike && !tells) {
      return first;
    }
    return new Protection<>(
        Protection.Kind.DERIVED, first.marked(), LineageWording.MADE_OF.words(first.reason()));
  }

  /** Whether a column holds values of its own; a view's are those of others, unless released. */
  private boolean isOpen(int oid, int number) {
    Relation relation = catalog.relation(oid).orElse(null);
    Column column = relation == null ? null : relation.column(number).orElse(null);
    return relation == null
        || column == null
        || !Relations.isView(relation)
        || snapshot.views().isReleased(relation, column);
  }

  private boolean showsNulls(Protection<P> protection) {
    P mark = protection.marked();
    return mark != null && protection.kind() == Protection.Kind.MARKED && marks.showsNulls(mark);
  }

  private boolean alike(Protection<P> left, Protection<P> right) {
    return left.kind() == right.kind() && Objects.equals(left.marked(), right.marked());
  }
}
