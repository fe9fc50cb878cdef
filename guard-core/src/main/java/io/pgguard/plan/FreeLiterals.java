package io.pgguard.plan;

import io.pgguard.internal.syntax.tree.ArrayValue;
import io.pgguard.internal.syntax.tree.Assignment;
import io.pgguard.internal.syntax.tree.Between;
import io.pgguard.internal.syntax.tree.Cast;
import io.pgguard.internal.syntax.tree.Constant;
import io.pgguard.internal.syntax.tree.Expression;
import io.pgguard.internal.syntax.tree.InList;
import io.pgguard.internal.syntax.tree.Like;
import io.pgguard.internal.syntax.tree.Node;
import io.pgguard.internal.syntax.tree.Operation;
import io.pgguard.internal.syntax.tree.QuantifiedArray;
import io.pgguard.internal.syntax.tree.Query;
import io.pgguard.internal.syntax.tree.Row;
import io.pgguard.internal.syntax.tree.Statement;
import io.pgguard.internal.syntax.tree.TypeName;
import io.pgguard.internal.syntax.tree.Values;
import io.pgguard.statement.TokenKind;
import io.pgguard.statement.Tokens;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the literals that are data and nothing else, by where they stand in the tree: compared with
 * something, in a list after IN, in VALUES or SET, after LIMIT or OFFSET. Everywhere else a literal
 * may name a column by its position, a setting, a relation or a unit, or be SQL text, and so counts
 * as part of the statement. Used by one thread, for one tree.
 */
final class FreeLiterals {
  private static final Set<String> COMPARISONS = Set.of("=", "<>", "!=", "<", ">", "<=", ">=");
  private static final Set<String> SIGNS = Set.of("-", "+");

  /** Types whose values name nothing: unlike regclass, regproc, regrole and their kin. */
  private static final Set<String> PLAIN_TYPES =
      Set.of(
          "bool",
          "int2",
          "int4",
          "int8",
          "float4",
          "float8",
          "numeric",
          "text",
          "varchar",
          "bpchar",
          "date",
          "time",
          "timetz",
          "timestamp",
          "timestamptz",
          "uuid",
          "bytea");

  private final Tokens tokens;
  private final BitSet free = new BitSet();

  private FreeLiterals(Tokens tokens) {
    this.tokens = tokens;
  }

  /** The indexes of the tokens that are free literals. */
  static BitSet of(Statement statement, Tokens tokens) {
    FreeLiterals found = new FreeLiterals(tokens);
    Deque<Node> open = new ArrayDeque<>();
    open.push(statement);
    while (!open.isEmpty()) {
      Node next = open.pop();
      found.look(next);
      next.children(open::push);
    }
    return found.free;
  }

  private void look(Node node) {
    if (node instanceof Operation operation) {
      if (operation.operands().size() == 2
          && operation.operator().schema().isEmpty()
          && COMPARISONS.contains(operation.operator().symbol())) {
        operation.operands().forEach(this::data);
      }
    } else if (node instanceof InList list) {
      list.values().forEach(this::data);
    } else if (node instanceof Between between) {
      data(between.low());
      data(between.high());
    } else if (node instanceof Like like) {
      if (like.kind() != Like.Kind.SIMILAR && like.escape() == null) { // else it may be no pattern
        data(like.pattern());
      }
    } else if (node instanceof QuantifiedArray quantified) {
      if (!(quantified.array() instanceof Constant)) { // else it says how many there are
        data(quantified.array());
      }
    } else if (node instanceof Values values) {
      values.rows().forEach(this::data);
    } else if (node instanceof Assignment assignment) {
      data(assignment.value());
    } else if (node instanceof Query query) {
      if (query.locking().isEmpty()) { // else it says how many rows are locked
        data(query.limit());
      }
      data(query.offset());
    }
  }

  private void data(@Nullable Expression e) {
    if (e instanceof Constant constant) {
      int token = constant.token();
      if (token < tokens.size() && isFree(tokens, token)) {
        free.set(token);
      }
    } else if (e instanceof Cast cast) {
      if (isPlain(cast.type())) {
        data(cast.operand());
      }
    } else if (e instanceof Operation sign) {
      if (sign.operands().size() == 1
          && sign.operator().schema().isEmpty()
          && SIGNS.contains(sign.operator().symbol())) {
        data(sign.operands().get(0));
      }
    } else if (e instanceof ArrayValue array) {
      array.elements().forEach(this::data);
    } else if (e instanceof Row row) {
      row.fields().forEach(this::data);
    }
  }

  /**
   * Whether a token may be free at all: a text that ends in a backslash means something else than
   * any other where it is a pattern.
   */
  static boolean isFree(Tokens tokens, int token) {
    return Shape.isLiteral(tokens.kind(token))
        && !(tokens.is(token, TokenKind.STRING) && tokens.value(token).endsWith("\\"));
  }

  /**
   * Whether literals of one kind have the same type by themselves: an integer that four bytes do
   * not hold has its size's, which a minus before it may change.
   */
  static boolean sameType(Tokens one, Tokens other, int token) {
    if (!one.is(token, TokenKind.NUMERIC)) {
      return true;
    }
    int type = bytes(one.text(token));
    return type >= 0 && type == bytes(other.text(token));
  }

  /** 0 for one with a fraction, -1 where it is not plain to see. */
  private static int bytes(String number) {
    int whole = digits(number, 0);
    if (whole < number.length()) {
      return isFraction(number, whole) ? 0 : -1;
    }
    return whole <= 18 && !number.equals("2147483648") ? 8 : -1;
  }

  /** A point among digits, or an exponent of a number that begins with a digit. */
  private static boolean isFraction(String number, int whole) {
    int at = number.charAt(whole) == '.' ? digits(number, whole + 1) : whole;
    if (at == number.length()) {
      return true;
    }
    if (whole == 0 || (number.charAt(at) | 0x20) != 'e') {
      return false;
    }
    int exponent = number.startsWith("+", at + 1) || number.startsWith("-", at + 1) ? 2 : 1;
    return digits(number, at + exponent) == number.length() && at + exponent < number.length();
  }

  /** Where the digits end that begin there. */
  private static int digits(String number, int from) {
    int at = from;
    while (at < number.length() && number.charAt(at) >= '0' && number.charAt(at) <= '9') {
      at++;
    }
    return at;
  }

  private static boolean isPlain(TypeName type) {
    return PLAIN_TYPES.contains(type.name().last()) && !type.setOf() && !type.columnType();
  }
}
