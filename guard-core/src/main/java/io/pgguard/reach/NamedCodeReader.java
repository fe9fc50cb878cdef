package io.pgguard.reach;

import io.pgguard.internal.syntax.tree.Alias;
import io.pgguard.internal.syntax.tree.Argument;
import io.pgguard.internal.syntax.tree.ArrayQuery;
import io.pgguard.internal.syntax.tree.ArrayValue;
import io.pgguard.internal.syntax.tree.ColumnRef;
import io.pgguard.internal.syntax.tree.Constant;
import io.pgguard.internal.syntax.tree.FieldSelection;
import io.pgguard.internal.syntax.tree.FunctionCall;
import io.pgguard.internal.syntax.tree.Node;
import io.pgguard.internal.syntax.tree.RelationItem;
import io.pgguard.internal.syntax.tree.Target;
import io.pgguard.internal.syntax.tree.TypeName;
import io.pgguard.statement.Lexer;
import io.pgguard.statement.LexicalException;
import io.pgguard.statement.Name;
import io.pgguard.statement.StatementFacts;
import io.pgguard.statement.TokenKind;
import io.pgguard.statement.Tokens;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads what a text may make the server call by name, from its tree or its tokens alone. */
public final class NamedCodeReader {
  /** Functions that read a value of a type that another value names. */
  private static final Set<String> BY_VALUE = Set.of("pg_input_is_valid", "pg_input_error_info");

  /** Words of the grammar and the operators that it makes of them (PostgreSQL, gram.y). */
  private static final Map<String, List<String>> WORDS =
      Map.of(
          "between", List.of("<", "<=", ">", ">="),
          "like", List.of("~~", "!~~"),
          "ilike", List.of("~~*", "!~~*"),
          "similar", List.of("~", "!~"),
          "not", List.of("<>"),
          "distinct", List.of("<>"));

  /** What IN, USING, NATURAL, CASE, NULLIF and others compare with. */
  private static final String EQUALS = "=";

  private final Set<Name> functions = new HashSet<>();
  private final Set<String> fields = new HashSet<>();
  private final Set<String> operators = new HashSet<>(Set.of(EQUALS));
  private final Set<Name> types = new HashSet<>();
  private final Set<String> words;

  /**
   * Words for a row of a relation, and names without a star: where one is the other, it is whole.
   */
  private final Set<String> rows = new HashSet<>(Set.of("excluded", "old", "new"));

  private final Set<String> bare = new HashSet<>();

  /** Stars that do not stand for the columns of a list. */
  private int stars;

  private boolean builds;
  private boolean anyType;

  /**
   * @param words every word and quoted name of the text
   */
  private NamedCodeReader(Set<String> words) {
    this.words = words;
  }

  /**
   * From a tree. What a name after a point means is left to whoever follows the columns.
   *
   * @param facts of the statement that the tree was made from
   */
  public static NamedCode ofTree(Node statement, StatementFacts facts) {
    NamedCodeReader reader = new NamedCodeReader(facts.identifiers());
    reader.marks(facts.tokens(), facts.from(), facts.to());
    statement.walk(reader::note);
    return reader.named(Set.of());
  }

  /** From tokens: every word may be a type, and every word after a point a function. */
  public static NamedCode ofTokens(Tokens tokens, int from, int to) {
    Set<String> words = new HashSet<>();
    for (int i = from; i < to; i++) {
      if (isName(tokens, i)) {
        words.add(tokens.value(i));
      }
    }
    NamedCodeReader reader = new NamedCodeReader(words);
    reader.marks(tokens, from, to);
    reader.words(tokens, from, to);
    reader.builds = true;
    reader.anyType |= reader.words.stream().anyMatch(BY_VALUE::contains);
    reader.words.forEach(word -> reader.types.add(Name.of(word)));
    return reader.named(reader.fields);
  }

  /** From a function's body, whose names may be looked for anywhere. */
  static NamedCode ofBody(Tokens tokens) {
    NamedCode named = ofTokens(tokens, 0, tokens.size());
    return new NamedCode(
        named.functions(),
        named.fields(),
        named.operators(),
        named.types(),
        named.anyType(),
        true,
        true,
        true);
  }

  private NamedCode named(Set<String> selected) {
    WORDS.forEach(
        (word, symbols) -> {
          if (words.contains(word)) {
            operators.addAll(symbols);
          }
        });
    return new NamedCode(
        functions,
        selected,
        operators,
        types,
        anyType,
        words.contains("operator"),
        words.contains("default"),
        builds || !Collections.disjoint(rows, bare) || stars > 0);
  }

  /** Operators that stand in the text. */
  private void marks(Tokens tokens, int from, int to) {
    for (int i = from; i < to; i++) {
      if (tokens.is(i, TokenKind.OPERATOR)) {
        String symbol = tokens.text(i);
        operators.add(symbol.equals("!=") ? "<>" : symbol);
      }
    }
  }

  private void words(Tokens tokens, int from, int to) {
    for (int i = from; i < to; i++) {
      if (!isName(tokens, i)) {
        continue;
      }
      String name = tokens.value(i);
      boolean selected = i > from && tokens.is(i - 1, '.');
      if (selected) {
        fields.add(name);
      }
      if (i + 1 < to && tokens.is(i + 1, '(')) {
        boolean qualified = selected && i - 2 >= from && isName(tokens, i - 2);
        functions.add(new Name(qualified ? tokens.value(i - 2) : null, name));
      }
    }
  }

  private static boolean isName(Tokens tokens, int i) {
    return tokens.isIdentifier(i);
  }

  private void note(Node node) {
    noteRows(node);
    if (node instanceof FunctionCall call) {
      Name name = new Name(call.name().schema(), call.name().last());
      functions.add(name);
      types.add(name); // f(x) is a cast where there is no function f
      if (BY_VALUE.contains(call.name().last())) {
        byValue(call.arguments());
      }
    } else if (node instanceof TypeName type) {
      types.add(new Name(type.name().schema(), type.name().last()));
      if (type.name().parts().size() > 1) {
        type.name().parts().forEach(part -> types.add(Name.of(part))); // %TYPE names a column
      }
    } else if (node instanceof FieldSelection selection) {
      types.add(Name.of(selection.field()));
    }
  }

  private void noteRows(Node node) {
    if (node instanceof ArrayValue || node instanceof ArrayQuery) {
      builds = true;
    } else if (node instanceof RelationItem relation) {
      rows.add(relation.name().last());
    } else if (node instanceof Alias alias) {
      rows.add(alias.name());
    } else if (node instanceof Target target && isStar(target.value())) {
      stars--;
    } else if (isStar(node)) {
      stars++;
    } else if (node instanceof ColumnRef column) {
      bare.add(column.names().get(column.names().size() - 1));
    }
  }

  private static boolean isStar(Node node) {
    return node instanceof ColumnRef column && column.star();
  }

  /** The words of a type that a constant names; any type, where it is none. */
  private void byValue(List<Argument> arguments) {
    boolean known =
        arguments.size() == 2
            && arguments.get(1).name() == null
            && arguments.get(1).value() instanceof Constant;
    if (!known) {
      anyType = true;
      return;
    }
    String text = ((Constant) arguments.get(1).value()).value();
    try {
      Tokens tokens = Lexer.lex(text);
      for (int i = 0; i < tokens.size(); i++) {
        if (isName(tokens, i)) {
          types.add(Name.of(tokens.value(i)));
        }
      }
    } catch (LexicalException e) {
      anyType = true;
    }
  }
}
