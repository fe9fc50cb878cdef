package io.pgguard.console.read;

import io.pgguard.statement.Keyword;
import io.pgguard.statement.Lexer;
import io.pgguard.statement.LexicalException;
import io.pgguard.statement.TokenKind;
import io.pgguard.statement.Tokens;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tells to which column each parameter of a statement belongs, where its tokens leave no doubt:
 * {@code column = $1} as a whole condition or assignment, and the place in an INSERT's list of
 * columns. Immutable.
 *
 * @param columns the columns' names by the parameters' numbers; a parameter with a use that is none
 *     of these, or with uses for several columns, is not in it
 */
public record ParameterColumns(Map<Integer, String> columns) {
  private static final Set<String> COMPARE = Set.of("=", "<>", "!=", "<", ">", "<=", ">=");
  private static final Set<Keyword> BEFORE =
      Set.of(
          Keyword.WHERE,
          Keyword.AND,
          Keyword.OR,
          Keyword.NOT,
          Keyword.SET,
          Keyword.ON,
          Keyword.HAVING,
          Keyword.WHEN);

  public ParameterColumns {
    columns = Map.copyOf(columns);
  }

  /** Those of a text; none where it does not lex. */
  public static ParameterColumns of(String text) {
    try {
      return new Finder(Lexer.lex(text)).find();
    } catch (LexicalException notSql) {
      return new ParameterColumns(Map.of());
    }
  }

  /** Looks at every use of every parameter. */
  private static final class Finder {
    private final Tokens tokens;
    private final Map<Integer, String> found = new HashMap<>();
    private final Set<Integer> doubtful = new HashSet<>();

    Finder(Tokens tokens) {
      this.tokens = tokens;
    }

    ParameterColumns find() {
      Map<Integer, String> inserted = inserted();
      for (int i = 0; i < tokens.size(); i++) {
        if (tokens.is(i, TokenKind.PARAMETER)) {
          String column = inserted.containsKey(i) ? inserted.get(i) : compared(i);
          int number = tokens.parameter(i);
          String before = column == null ? null : found.putIfAbsent(number, column);
          if (column == null || (before != null && !before.equals(column))) {
            doubtful.add(number);
          }
        }
      }
      found.keySet().removeAll(doubtful);
      return new ParameterColumns(found);
    }

    private @Nullable String compared(int i) {
      if (i < 2
          || !tokens.is(i - 1, TokenKind.OPERATOR)
          || !COMPARE.contains(tokens.text(i - 1))
          || !tokens.isIdentifier(i - 2)
          || !ends(i + 1)) {
        return null;
      }
      int first = i - 2;
      while (first >= 2 && tokens.is(first - 1, '.') && tokens.isIdentifier(first - 2)) {
        first -= 2;
      }
      boolean begins =
          first > 0
              && (tokens.is(first - 1, '(')
                  || tokens.is(first - 1, ',')
                  || BEFORE.contains(tokens.keyword(first - 1)));
      return begins ? tokens.value(i - 2) : null;
    }

    /** Whether an expression ends before a token; a cast belongs to the parameter. */
    private boolean ends(int at) {
      int i = at;
      if (i < tokens.size() && tokens.is(i, TokenKind.TYPECAST)) {
        i += 2;
      }
      return i >= tokens.size()
          || tokens.is(i, ')')
          || tokens.is(i, ',')
          || tokens.is(i, ';')
          || tokens.is(i, Keyword.AND)
          || tokens.is(i, Keyword.OR)
          || tokens.is(i, Keyword.WHERE)
          || tokens.is(i, Keyword.RETURNING)
          || tokens.is(i, Keyword.ORDER)
          || tokens.is(i, Keyword.LIMIT);
    }

    /** The columns of parameters that are whole values of INSERT INTO t (...) VALUES (...). */
    private Map<Integer, String> inserted() {
      Map<Integer, String> inserted = new HashMap<>();
      int i = 0;
      if (tokens.size() < 4 || !tokens.is(0, Keyword.INSERT) || !tokens.is(1, Keyword.INTO)) {
        return inserted;
      }
      i = 3;
      while (i + 1 < tokens.size() && tokens.is(i, '.')) {
        i += 2;
      }
      if (i >= tokens.size() || !tokens.is(i, '(')) {
        return inserted;
      }
      List<String> columns = new ArrayList<>();
      while (i + 2 < tokens.size() && tokens.isIdentifier(i + 1)) {
        columns.add(tokens.value(i + 1));
        i += 2;
        if (!tokens.is(i, ',')) {
          break;
        }
      }
      if (i + 1 < tokens.size() && tokens.is(i, ')') && tokens.is(i + 1, Keyword.VALUES)) {
        rows(i + 2, columns, inserted);
      }
      return inserted;
    }

    private void rows(int at, List<String> columns, Map<Integer, String> inserted) {
      int i = at;
      while (i < tokens.size() && tokens.is(i, '(')) {
        int depth = 0;
        int column = 0;
        do {
          if (tokens.is(i, '(')) {
            depth++;
          } else if (tokens.is(i, ')')) {
            depth--;
          } else if (tokens.is(i, ',') && depth == 1) {
            column++;
          }
          boolean whole =
              depth == 1
                  && tokens.is(i, TokenKind.PARAMETER)
                  && (tokens.is(i - 1, '(') || tokens.is(i - 1, ','))
                  && ends(i + 1);
          if (whole && column < columns.size()) {
            inserted.put(i, columns.get(column));
          }
          i++;
        } while (i < tokens.size() && depth > 0);
        i += i < tokens.size() && tokens.is(i, ',') ? 1 : 0;
      }
    }
  }
}
