package io.pgguard.internal.syntax;

import io.pgguard.internal.syntax.tree.Expression;
import io.pgguard.internal.syntax.tree.Target;
import io.pgguard.internal.syntax.tree.TypeName;
import io.pgguard.internal.syntax.tree.XmlColumn;
import io.pgguard.internal.syntax.tree.XmlTable;
import io.pgguard.statement.Keyword;
import java.util.ArrayList;
import java.util.List;

/** Reads XMLTABLE. */
final class XmlTables {
  private final Grammar g;
  private final Cursor in;

  XmlTables(Grammar g) {
    this.g = g;
    this.in = g.in;
  }

  XmlTable table(int token, boolean lateral) {
    in.skip(2);
    List<Target> namespaces = new ArrayList<>();
    if (in.is(Keyword.XMLNAMESPACES) && in.is(1, '(')) {
      in.skip(2);
      do {
        namespaces.add(namespace());
      } while (in.accept(','));
      in.expect(')');
      in.expect(',');
    }
    Expression rows = g.primaries.primary(false);
    Expression document = g.xml.passing();
    in.expect(Keyword.COLUMNS);
    List<XmlColumn> columns = new ArrayList<>();
    do {
      columns.add(column());
    } while (in.accept(','));
    in.expect(')');
    return new XmlTable(token, lateral, namespaces, rows, document, columns, g.from.alias());
  }

  private Target namespace() {
    int token = in.at();
    if (in.accept(Keyword.DEFAULT)) {
      return new Target(token, g.expressions.restricted(), null);
    }
    Expression uri = g.expressions.restricted();
    in.expect(Keyword.AS);
    return new Target(token, uri, g.names.label());
  }

  private XmlColumn column() {
    int token = in.at();
    String name = g.names.columnName();
    if (in.accept(Keyword.FOR)) {
      in.expect(Keyword.ORDINALITY);
      return new XmlColumn(token, name, null, null, null, false);
    }
    TypeName type = g.types.type();
    Expression path = null;
    Expression defaultValue = null;
    boolean notNull = false;
    while (!in.is(',') && !in.is(')')) {
      if (path == null && in.accept(Keyword.PATH)) {
        path = g.expressions.restricted();
      } else if (defaultValue == null && in.accept(Keyword.DEFAULT)) {
        defaultValue = g.expressions.restricted();
      } else if (!in.accept(Keyword.NULL)) {
        in.expect(Keyword.NOT, Keyword.NULL);
        notNull = true;
      }
    }
    return new XmlColumn(token, name, type, path, defaultValue, notNull);
  }
}
