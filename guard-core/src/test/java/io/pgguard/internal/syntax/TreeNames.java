package io.pgguard.internal.syntax;

import io.pgguard.internal.syntax.tree.CommonTable;
import io.pgguard.internal.syntax.tree.FunctionCall;
import io.pgguard.internal.syntax.tree.Insert;
import io.pgguard.internal.syntax.tree.Into;
import io.pgguard.internal.syntax.tree.Like;
import io.pgguard.internal.syntax.tree.Locking;
import io.pgguard.internal.syntax.tree.Node;
import io.pgguard.internal.syntax.tree.RelationItem;
import io.pgguard.internal.syntax.tree.Statement;
import java.util.HashSet;
import java.util.Set;

/**
 * The relations and functions that a tree names, as the corpus lists them: FOR UPDATE OF names
 * aliases, and the corpus counts those too.
 */
record TreeNames(Set<String> relations, Set<String> functions, Set<String> commonTables) {
  static TreeNames of(Statement statement) {
    TreeNames names = new TreeNames(new HashSet<>(), new HashSet<>(), new HashSet<>());
    statement.walk(names::add);
    return names;
  }

  private void add(Node node) {
    if (node instanceof RelationItem item) {
      relations.add(item.name().text());
    } else if (node instanceof Insert insert) {
      relations.add(insert.relation().text());
    } else if (node instanceof Into into) {
      relations.add(into.name().text());
    } else if (node instanceof Locking locking) {
      locking.relations().forEach(name -> relations.add(name.text()));
    } else if (node instanceof FunctionCall call) {
      functions.add(call.name().text());
    } else if (node instanceof Like like && like.kind() == Like.Kind.SIMILAR) {
      functions.add("pg_catalog.similar_to_escape");
    } else if (node instanceof Like like && like.escape() != null) {
      functions.add("pg_catalog.like_escape");
    } else if (node instanceof CommonTable table) {
      commonTables.add(table.name());
    }
  }
}
