package io.pgguard.corpus.opinion;

import io.pgguard.statement.Name;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import net.sf.jsqlparser.expression.AnalyticExpression;
import net.sf.jsqlparser.expression.Function;
import net.sf.jsqlparser.schema.Column;
import net.sf.jsqlparser.schema.Table;
import net.sf.jsqlparser.statement.select.AllTableColumns;
import net.sf.jsqlparser.statement.select.WithItem;
import org.jspecify.annotations.Nullable;

/**
 * Finds the names in JSqlParser's tree: whatever a field leads to is looked at, since JSqlParser's
 * own visitors leave parts out. Used by one thread, for one tree.
 */
final class TreeWalk {
  private static final String TREE = "net.sf.jsqlparser.";
  private static final String POSITIONS = "net.sf.jsqlparser.parser.";

  /** Outside quotes. */
  private static final Pattern POINTS = Pattern.compile("\\.(?=([^\"]*\"[^\"]*\")*[^\"]*$)");

  private final Set<Name> relations = new HashSet<>();
  private final Set<Name> functions = new HashSet<>();
  private final Set<String> commonTables = new HashSet<>();
  private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Deque<Object> ahead = new ArrayDeque<>();

  private TreeWalk() {}

  static Opinion of(Object tree) {
    TreeWalk walk = new TreeWalk();
    walk.meet(tree);
    while (!walk.ahead.isEmpty()) {
      walk.look(walk.ahead.pop());
    }
    return new Opinion(walk.relations, walk.functions, walk.commonTables);
  }

  private void meet(@Nullable Object part) {
    if (part != null && seen.add(part)) {
      ahead.push(part);
    }
  }

  private void look(Object part) {
    if (part instanceof Iterable<?> several) {
      several.forEach(this::meet);
    } else if (part instanceof Map<?, ?> map) {
      map.values().forEach(this::meet);
    }
    note(part);
    for (Class<?> type = part.getClass(); type != null; type = type.getSuperclass()) {
      if (type.getName().startsWith(TREE) && !type.getName().startsWith(POSITIONS)) {
        fields(part, type);
      }
    }
  }

  private void note(Object part) {
    if (part instanceof Table table && table.getName() != null) {
      relations.add(
          WrittenName.of(
              table.getSchemaName() == null
                  ? List.of(table.getName())
                  : List.of(table.getSchemaName(), table.getName())));
    } else if (part instanceof Function function && function.getMultipartName() != null) {
      functions.add(called(String.join(".", function.getMultipartName())));
    } else if (part instanceof AnalyticExpression call) {
      functions.add(called(call.getName()));
    } else if (part instanceof WithItem<?> with) {
      commonTables.add(WrittenName.folded(with.getAliasName()));
    }
  }

  /** Some of its names hold their points. */
  private static Name called(String name) {
    return WrittenName.of(List.of(POINTS.split(name, -1)));
  }

  private void fields(Object part, Class<?> type) {
    // the relation that stands before a column is an alias, or one that stands in FROM too
    boolean column = part instanceof Column || part instanceof AllTableColumns;
    for (Field field : type.getDeclaredFields()) {
      boolean followed =
          !Modifier.isStatic(field.getModifiers())
              && !field.getType().isPrimitive()
              && !(column && Table.class.isAssignableFrom(field.getType()));
      if (followed) {
        field.setAccessible(true);
        try {
          meet(field.get(part));
        } catch (IllegalAccessException e) {
          throw new IllegalStateException("JSqlParser's tree cannot be read", e);
        }
      }
    }
  }
}
