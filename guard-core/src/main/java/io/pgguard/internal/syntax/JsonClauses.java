package io.pgguard.internal.syntax;

import io.pgguard.internal.syntax.tree.Argument;
import io.pgguard.internal.syntax.tree.Expression;
import io.pgguard.internal.syntax.tree.TypeName;
import io.pgguard.statement.Keyword;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the clauses that SQL/JSON functions and JSON_TABLE share. */
final class JsonClauses {
  /** What to do where there is nothing, or an error: the value of DEFAULT, if that was said. */
  record Behaviors(@Nullable Expression onEmpty, @Nullable Expression onError) {}

  private final Grammar g;
  private final Cursor in;

  JsonClauses(Grammar g) {
    this.g = g;
    this.in = g.in;
  }

  /** An expression, perhaps with FORMAT JSON. */
  Expression value() {
    Expression value = g.expressions.any();
    format();
    return value;
  }

  /** {@code FORMAT JSON [ENCODING name]}. */
  void format() {
    if (in.accept(Keyword.FORMAT, Keyword.JSON) && in.accept(Keyword.ENCODING)) {
      g.names.columnName();
    }
  }

  /** {@code RETURNING type [FORMAT JSON]}. */
  @Nullable TypeName returning() {
    if (!in.accept(Keyword.RETURNING)) {
      return null;
    }
    TypeName type = g.types.type();
    format();
    return type;
  }

  /** {@code WITH | WITHOUT UNIQUE [KEYS]}; true for WITH. */
  boolean uniqueKeys() {
    if (in.accept(Keyword.WITH, Keyword.UNIQUE)) {
      in.accept(Keyword.KEYS);
      return true;
    }
    if (in.accept(Keyword.WITHOUT, Keyword.UNIQUE)) {
      in.accept(Keyword.KEYS);
    }
    return false;
  }

  /** {@code NULL | ABSENT ON NULL}. */
  void nullClause() {
    if ((in.is(Keyword.NULL) || in.is(Keyword.ABSENT)) && in.is(1, Keyword.ON)) {
      in.skip(2);
      in.expect(Keyword.NULL);
    }
  }

  /** {@code PASSING value AS name, ...}. */
  void passing(List<Argument> arguments) {
    if (!in.accept(Keyword.PASSING)) {
      return;
    }
    do {
      int token = in.at();
      Expression value = value();
      in.expect(Keyword.AS);
      arguments.add(new Argument(token, g.names.label(), value));
    } while (in.accept(','));
  }

  /** WITH or WITHOUT WRAPPER. */
  void wrapper() {
    if (in.is(Keyword.WITHOUT) && (in.is(1, Keyword.WRAPPER) || in.is(1, Keyword.ARRAY))) {
      in.skip(1);
      in.accept(Keyword.ARRAY);
      in.expect(Keyword.WRAPPER);
    } else if (in.accept(Keyword.WITH)) {
      if (!in.accept(Keyword.CONDITIONAL)) {
        in.accept(Keyword.UNCONDITIONAL);
      }
      in.accept(Keyword.ARRAY);
      in.expect(Keyword.WRAPPER);
    }
  }

  /** KEEP or OMIT QUOTES. */
  void quotes() {
    if (in.accept(Keyword.KEEP) || in.accept(Keyword.OMIT)) {
      in.expect(Keyword.QUOTES);
      if (in.accept(Keyword.ON)) {
        in.expect(Keyword.SCALAR, Keyword.STRING);
      }
    }
  }

  /** {@code ... ON EMPTY} and {@code ... ON ERROR}, in that order, each optional. */
  Behaviors behaviors() {
    Expression onEmpty = null;
    Expression onError = null;
    boolean started = atBehavior();
    if (started) {
      Expression first = behavior();
      in.expect(Keyword.ON);
      if (in.accept(Keyword.EMPTY)) {
        onEmpty = first;
        if (atBehavior()) {
          onError = behavior();
          in.expect(Keyword.ON, Keyword.ERROR);
        }
      } else {
        in.expect(Keyword.ERROR);
        onError = first;
      }
    }
    return new Behaviors(onEmpty, onError);
  }

  private boolean atBehavior() {
    Keyword word = in.keyword();
    if (word == null) {
      return false;
    }
    return switch (word) {
      case DEFAULT, ERROR, NULL, TRUE, FALSE, UNKNOWN, EMPTY -> true;
      default -> false;
    };
  }

  private @Nullable Expression behavior() {
    if (in.accept(Keyword.DEFAULT)) {
      return g.expressions.any();
    }
    if (in.accept(Keyword.EMPTY)) {
      if (!in.accept(Keyword.ARRAY)) {
        in.accept(Keyword.OBJECT);
      }
    } else {
      in.skip(1);
    }
    return null;
  }
}
