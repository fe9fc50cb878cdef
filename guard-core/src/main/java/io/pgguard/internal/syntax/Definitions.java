package io.pgguard.internal.syntax;

import io.pgguard.internal.syntax.tree.CreateTableAs;
import io.pgguard.internal.syntax.tree.CreateView;
import io.pgguard.internal.syntax.tree.Name;
import io.pgguard.internal.syntax.tree.Option;
import io.pgguard.internal.syntax.tree.Query;
import io.pgguard.internal.syntax.tree.Statement;
import io.pgguard.statement.Keyword;
import java.util.ArrayList;
import java.util.List;

/** Reads CREATE TABLE AS, CREATE VIEW and CREATE MATERIALIZED VIEW. */
final class Definitions {
  private final Grammar g;
  private final Cursor in;

  Definitions(Grammar g) {
    this.g = g;
    this.in = g.in;
  }

  Statement create() {
    int token = in.take();
    boolean replace = in.accept(Keyword.OR, Keyword.REPLACE);
    if (in.is(Keyword.LOCAL) || in.is(Keyword.GLOBAL)) {
      in.skip(1);
      if (!in.is(Keyword.TEMP) && !in.is(Keyword.TEMPORARY)) {
        throw in.fail("expected TEMPORARY");
      }
    }
    boolean temporary = in.accept(Keyword.TEMP) || in.accept(Keyword.TEMPORARY);
    boolean unlogged = !temporary && in.accept(Keyword.UNLOGGED);
    if (!replace && in.accept(Keyword.TABLE)) {
      return table(token, temporary, false);
    }
    if (!replace && !temporary && in.accept(Keyword.MATERIALIZED)) {
      in.expect(Keyword.VIEW);
      return table(token, false, true);
    }
    boolean recursive = in.accept(Keyword.RECURSIVE);
    if (unlogged) {
      throw in.fail("not a statement that Guard's parser knows");
    }
    in.expect(Keyword.VIEW);
    return view(token, replace, temporary, recursive);
  }

  private CreateTableAs table(int token, boolean temporary, boolean materialized) {
    boolean ifNotExists = in.accept(Keyword.IF);
    if (ifNotExists) {
      in.expect(Keyword.NOT, Keyword.EXISTS);
    }
    Name name = g.names.relation();
    List<String> columns = g.names.optionalList();
    if (in.accept(Keyword.USING)) {
      g.names.columnName();
    }
    if (in.accept(Keyword.WITH)) {
      storageOptions();
    } else if (!materialized && in.accept(Keyword.WITHOUT)) {
      in.expect(Keyword.OIDS);
    }
    if (!materialized && in.accept(Keyword.ON)) {
      onCommit();
    }
    if (in.accept(Keyword.TABLESPACE)) {
      g.names.columnName();
    }
    in.expect(Keyword.AS);
    Statement source =
        !materialized && in.is(Keyword.EXECUTE) ? g.carriers.execute() : g.queries.query();
    boolean withData = true;
    if (in.accept(Keyword.WITH)) {
      withData = !in.accept(Keyword.NO);
      in.expect(Keyword.DATA);
    }
    return new CreateTableAs(
        token, name, materialized, temporary, ifNotExists, columns, source, withData);
  }

  private void onCommit() {
    in.expect(Keyword.COMMIT);
    if (in.accept(Keyword.DELETE) || in.accept(Keyword.PRESERVE)) {
      in.expect(Keyword.ROWS);
    } else {
      in.expect(Keyword.DROP);
    }
  }

  private CreateView view(int token, boolean replace, boolean temporary, boolean recursive) {
    Name name = g.names.relation();
    List<String> columns = recursive ? g.names.parenthesizedList() : g.names.optionalList();
    List<Option> options = in.accept(Keyword.WITH) ? storageOptions() : List.of();
    in.expect(Keyword.AS);
    Query query = g.queries.query();
    if (in.accept(Keyword.WITH)) {
      if (!in.accept(Keyword.LOCAL)) {
        in.accept(Keyword.CASCADED);
      }
      in.expect(Keyword.CHECK, Keyword.OPTION);
    }
    return new CreateView(token, name, replace, temporary, recursive, columns, options, query);
  }

  /** {@code (name = value, ...)}. */
  private List<Option> storageOptions() {
    in.expect('(');
    List<Option> options = new ArrayList<>();
    do {
      int token = in.at();
      String name = g.names.label();
      if (in.accept('.')) {
        name = name + "." + g.names.label();
      }
      List<String> values = in.acceptOperator("=") ? g.carriers.optionValues() : List.of();
      options.add(new Option(token, name, values));
    } while (in.accept(','));
    in.expect(')');
    return options;
  }
}
