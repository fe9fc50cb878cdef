package io.pgguard.judge;

import io.pgguard.catalog.Catalog;
import io.pgguard.catalog.Relation;
import io.pgguard.catalog.RelationKind;
import io.pgguard.internal.syntax.tree.CommonTable;
import io.pgguard.internal.syntax.tree.CurrentOf;
import io.pgguard.internal.syntax.tree.Delete;
import io.pgguard.internal.syntax.tree.Insert;
import io.pgguard.internal.syntax.tree.Merge;
import io.pgguard.internal.syntax.tree.Name;
import io.pgguard.internal.syntax.tree.Query;
import io.pgguard.internal.syntax.tree.RelationItem;
import io.pgguard.internal.syntax.tree.Statement;
import io.pgguard.internal.syntax.tree.Update;
import io.pgguard.internal.syntax.tree.With;
import io.pgguard.statement.Quoted;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A relation of which a statement picks the rows that it changes. Immutable.
 *
 * @param sql how FROM names it in the session
 * @param relations OIDs of the relations that hold its rows; empty where they are not known
 * @param byTag whether the command tag counts the rows of it that a statement with no other target
 *     changes, and all of those rows are still there, or all are gone
 * @param removes whether they are gone then
 */
public record ChangeTarget(String sql, Set<Integer> relations, boolean byTag, boolean removes) {
  public ChangeTarget {
    relations = Set.copyOf(relations);
  }

  /** The targets of a statement and of the changes in its WITH clauses. */
  static List<ChangeTarget> of(Statement statement, Perspective perspective) {
    List<ChangeTarget> found = new ArrayList<>();
    add(statement, perspective, found);
    return found;
  }

  private static void add(Statement statement, Perspective perspective, List<ChangeTarget> found) {
    With with = null;
    if (statement instanceof Update update) {
      with = update.with();
      if (!(update.where() instanceof CurrentOf)) {
        found.add(of(update.relation(), true, false, perspective));
      }
    } else if (statement instanceof Delete delete) {
      with = delete.with();
      if (!(delete.where() instanceof CurrentOf)) {
        found.add(of(delete.relation(), true, true, perspective));
      }
    } else if (statement instanceof Merge merge) {
      with = merge.with();
      found.add(of(merge.relation(), false, false, perspective));
    } else if (statement instanceof Insert insert) {
      with = insert.with();
      if (insert.onConflict() != null && insert.onConflict().update()) {
        found.add(of(insert.relation(), false, false, false, perspective));
      }
    } else if (statement instanceof Query query) {
      with = query.with();
    }
    if (with != null) {
      for (CommonTable table : with.tables()) {
        add(table.statement(), perspective, found);
      }
    }
  }

  private static ChangeTarget of(
      RelationItem item, boolean byTag, boolean removes, Perspective perspective) {
    return of(item.name(), item.only(), byTag, removes, perspective);
  }

  private static ChangeTarget of(
      Name name, boolean only, boolean byTag, boolean removes, Perspective perspective) {
    String sql = name.parts().stream().map(Quoted::name).collect(Collectors.joining("."));
    return new ChangeTarget(
        only ? "ONLY " + sql : sql, relations(name, perspective), byTag, removes);
  }

  private static Set<Integer> relations(Name name, Perspective perspective) {
    Relation relation = resolve(name, perspective);
    if (relation == null || relation.kind() == RelationKind.VIEW) {
      return Set.of();
    }
    Set<Integer> all = new HashSet<>();
    all.add(relation.oid());
    perspective.catalog().children(relation.oid()).forEach(child -> all.add(child.oid()));
    return all;
  }

  private static @Nullable Relation resolve(Name name, Perspective perspective) {
    Catalog catalog = perspective.catalog();
    if (name.schema() != null) {
      return catalog.relation(name.schema(), name.last()).orElse(null);
    }
    if (perspective.objects().temporaryRelations().containsKey(name.last())) {
      return null;
    }
    for (String schema : perspective.path().schemas()) {
      Relation relation = catalog.relation(schema, name.last()).orElse(null);
      if (relation != null) {
        return relation;
      }
    }
    return null;
  }
}
