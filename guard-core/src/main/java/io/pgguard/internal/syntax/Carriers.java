package io.pgguard.internal.syntax;

import io.pgguard.internal.syntax.tree.CreateView;
import io.pgguard.internal.syntax.tree.DeclareCursor;
import io.pgguard.internal.syntax.tree.Execute;
import io.pgguard.internal.syntax.tree.Explain;
import io.pgguard.internal.syntax.tree.Expression;
import io.pgguard.internal.syntax.tree.Option;
import io.pgguard.internal.syntax.tree.Prepare;
import io.pgguard.internal.syntax.tree.Query;
import io.pgguard.internal.syntax.tree.Statement;
import io.pgguard.internal.syntax.tree.TypeName;
import io.pgguard.statement.Keyword;
import io.pgguard.statement.TokenKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Reads EXPLAIN, PREPARE, EXECUTE and DECLARE: statements that carry statements. */
final class Carriers {
  private final Grammar g;
  private final Cursor in;

  Carriers(Grammar g) {
    this.g = g;
    this.in = g.in;
  }

  Explain explain() {
    int token = in.take();
    List<Option> options = new ArrayList<>();
    if (in.is('(') && !g.parentheses.maySelect()) {
      options.addAll(options());
    } else {
      addWord(options, Keyword.ANALYZE, Keyword.ANALYSE);
      addWord(options, Keyword.VERBOSE, Keyword.VERBOSE);
    }
    Keyword word = in.keyword();
    if (word == Keyword.EXPLAIN || word == Keyword.PREPARE || word == Keyword.COPY) {
      throw in.fail("not a statement that can be explained");
    }
    Statement statement = g.statements.any();
    if (statement instanceof CreateView) {
      throw in.fail("not a statement that can be explained");
    }
    return new Explain(token, options, statement);
  }

  private void addWord(List<Option> options, Keyword word, Keyword alias) {
    int token = in.at();
    if (in.accept(word) || in.accept(alias)) {
      options.add(new Option(token, word.word(), List.of()));
    }
  }

  /** {@code (name [value], ...)}: options of EXPLAIN and COPY. */
  List<Option> options() {
    in.expect('(');
    List<Option> options = new ArrayList<>();
    do {
      int token = in.at();
      String name = in.accept(Keyword.FORMAT) ? "format" : g.names.label();
      if (name.equals("analyse")) {
        name = Keyword.ANALYZE.word();
      }
      options.add(new Option(token, name.toLowerCase(Locale.ROOT), optionValues()));
    } while (in.accept(','));
    in.expect(')');
    return options;
  }

  /** The value of an option: a word, a constant, a star, or a list of those. */
  List<String> optionValues() {
    List<String> values = new ArrayList<>(1);
    if (in.is(',') || in.is(')')) {
      return values;
    }
    if (in.accept('(')) {
      do {
        values.add(optionValue());
      } while (in.accept(','));
      in.expect(')');
    } else {
      values.add(optionValue());
    }
    return values;
  }

  private String optionValue() {
    String sign = "";
    if (in.isOperator("-") || in.isOperator("+")) {
      sign = in.takeValue();
    }
    boolean number = in.is(TokenKind.INTEGER) || in.is(TokenKind.NUMERIC);
    if (number) {
      return sign + in.takeValue();
    }
    boolean word = sign.isEmpty() && (in.is(TokenKind.STRING) || in.isOperator("*"));
    if (!word && (!sign.isEmpty() || !g.names.isLabel(0))) {
      throw in.fail("expected the value of an option");
    }
    return in.takeValue();
  }

  Prepare prepare() {
    int token = in.take();
    String name = g.names.columnName();
    List<TypeName> types = new ArrayList<>();
    if (in.accept('(')) {
      do {
        types.add(g.types.type());
      } while (in.accept(','));
      in.expect(')');
    }
    in.expect(Keyword.AS);
    Statement statement = g.statements.preparable();
    return new Prepare(token, name, types, statement);
  }

  Execute execute() {
    int token = in.take();
    String name = g.names.columnName();
    List<Expression> arguments = in.is('(') ? g.expressions.parenthesizedList() : List.of();
    return new Execute(token, name, arguments);
  }

  DeclareCursor declare() {
    int token = in.take();
    String name = g.names.columnName();
    boolean binary = false;
    while (!in.is(Keyword.CURSOR)) {
      if (in.accept(Keyword.BINARY)) {
        binary = true;
      } else if (!in.accept(Keyword.NO, Keyword.SCROLL)
          && !in.accept(Keyword.SCROLL)
          && !in.accept(Keyword.ASENSITIVE)) {
        in.expect(Keyword.INSENSITIVE);
      }
    }
    in.expect(Keyword.CURSOR);
    boolean hold = in.accept(Keyword.WITH, Keyword.HOLD);
    if (!hold) {
      in.accept(Keyword.WITHOUT, Keyword.HOLD);
    }
    in.expect(Keyword.FOR);
    Query query = g.queries.query();
    return new DeclareCursor(token, name, binary, hold, query);
  }
}
