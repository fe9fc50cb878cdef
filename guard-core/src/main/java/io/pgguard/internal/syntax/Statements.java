package io.pgguard.internal.syntax;

import io.pgguard.internal.syntax.tree.ReturnBody;
import io.pgguard.internal.syntax.tree.Statement;
import io.pgguard.internal.syntax.tree.With;
import io.pgguard.statement.Keyword;
import java.util.ArrayList;
import java.util.List;

/** Tells statements apart by their first words. */
final class Statements {
  private final Grammar g;
  private final Cursor in;

  Statements(Grammar g) {
    this.g = g;
    this.in = g.in;
  }

  /** Any statement that the parser knows. */
  Statement any() {
    Keyword word = in.keyword();
    if (word == null) {
      return preparable();
    }
    return switch (word) {
      case EXPLAIN -> g.carriers.explain();
      case PREPARE -> g.carriers.prepare();
      case EXECUTE -> g.carriers.execute();
      case DECLARE -> g.carriers.declare();
      case COPY -> g.copies.copy();
      case CREATE -> g.definitions.create();
      default -> preparable();
    };
  }

  /** A query or a data change: what may stand in WITH, PREPARE, COPY. */
  Statement preparable() {
    in.enter(6);
    int token = in.at();
    With with = in.is(Keyword.WITH) ? g.commonTables.with() : null;
    Keyword word = in.keyword();
    Statement statement;
    if (word == Keyword.INSERT) {
      statement = g.inserts.insert(token, with);
    } else if (word == Keyword.UPDATE) {
      statement = g.updates.update(token, with);
    } else if (word == Keyword.DELETE) {
      statement = g.updates.delete(token, with);
    } else if (word == Keyword.MERGE) {
      statement = g.merges.merge(token, with);
    } else if (in.is('(') || g.queries.startsPlain()) {
      if (word == Keyword.WITH) {
        throw in.fail("WITH is given twice");
      }
      statement = g.queries.query(token, with);
    } else {
      throw in.fail("not a statement that Guard's parser knows");
    }
    in.leave(6);
    return statement;
  }

  /** Statements between semicolons; empty ones leave nothing. */
  List<Statement> list() {
    List<Statement> statements = new ArrayList<>();
    while (!in.atEnd()) {
      if (in.accept(';')) {
        continue;
      }
      if (in.is(Keyword.BEGIN) && in.is(1, Keyword.ATOMIC)) {
        atomic(statements);
      } else {
        statements.add(bodyStatement());
      }
      if (!in.atEnd()) {
        in.expect(';');
      }
    }
    return statements;
  }

  private void atomic(List<Statement> statements) {
    in.skip(2);
    while (!in.is(Keyword.END)) {
      if (!in.accept(';')) {
        statements.add(bodyStatement());
        in.expect(';');
      }
    }
    in.expect(Keyword.END);
  }

  private Statement bodyStatement() {
    int token = in.at();
    return in.accept(Keyword.RETURN) ? new ReturnBody(token, g.expressions.any()) : any();
  }
}
