package io.pgguard.internal.syntax.tree;

import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * XMLTABLE.
 *
 * @param token index of the first token
 * @param lateral LATERAL; it sees earlier items even without it
 * @param namespaces each a URI and its name; no name for DEFAULT
 * @param rows the row expression
 * @param document PASSING
 * @param columns COLUMNS
 * @param alias AS
 */
public record XmlTable(
    int token,
    boolean lateral,
    List<Target> namespaces,
    Expression rows,
    Expression document,
    List<XmlColumn> columns,
    @Nullable Alias alias)
    implements FromItem {
  public XmlTable {
    namespaces = List.copyOf(namespaces);
    columns = List.copyOf(columns);
  }

  @Override
  public void children(Consumer<? super Node> each) {
    namespaces.forEach(each);
    each.accept(rows);
    each.accept(document);
    columns.forEach(each);
    if (alias != null) {
      each.accept(alias);
    }
  }
}
