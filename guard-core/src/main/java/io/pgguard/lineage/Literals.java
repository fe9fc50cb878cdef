package io.pgguard.lineage;

import io.pgguard.internal.syntax.tree.Constant;
import io.pgguard.internal.syntax.tree.Expression;
import io.pgguard.internal.syntax.tree.Operation;
import io.pgguard.reach.Coercions;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What the constants of a text are (PostgreSQL documentation, chapter "Lexical Structure"). */
final class Literals {
  private static final Set<String> LEAST = Set.of("2147483648", "9223372036854775808");
  private static final Pattern FRACTION = Pattern.compile("^[^xX]*[.eE]");
  private static final Pattern DIGITS = Pattern.compile("\\d+");

  /** Digits before a point, and after it. */
  private static final int FEW = 9;

  /** The largest integer of eight bytes. */
  private static final String LARGEST = Long.toString(Long.MAX_VALUE);

  private static final int INT4 = 23;
  private static final int INT8 = 20;
  private static final int NUMERIC = 1700;
  private static final int BIT = 1560;
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9 %_@:-]*");

  private Literals() {}

  /** OID of the type that a constant has by itself. */
  static int type(Constant constant) {
    return switch (constant.kind()) {
      case STRING, NULL -> Coercions.UNKNOWN;
      case BOOLEAN -> Choices.BOOL;
      case BIT_STRING -> BIT;
      case NUMERIC -> FRACTION.matcher(constant.value()).find() ? NUMERIC : large(constant.value());
      case INTEGER -> INT4;
    };
  }

  /** An integer that is too large for four bytes; of 0x, 0o and 0b nothing is said. */
  private static int large(String text) {
    String digits = digits(text);
    if (!DIGITS.matcher(digits).matches()) {
      return 0;
    }
    int longer =
        digits.length() - LARGEST.length(); // to work it out takes the square of its length
    return longer > 0 || (longer == 0 && digits.compareTo(LARGEST) > 0) ? NUMERIC : INT8;
  }

  /** A number as it is written, without underscores and zeros in front. */
  private static String digits(String text) {
    return text.replace("_", "").replaceFirst("^0+(?=.)", "");
  }

  /**
   * OID of the type of a number with its sign, or 0: the least integer of a type has its sign alone
   * to thank that it is one.
   */
  static int signedType(Operation operation) {
    Constant constant = (Constant) operation.operands().get(0);
    return LEAST.contains(digits(constant.value())) ? 0 : type(constant);
  }

  /**
   * Whether an operation is a number with its sign: the server's grammar makes one constant of it.
   */
  static boolean isSigned(Operation operation) {
    return operation.operands().size() == 1
        && operation.operator().schema().isEmpty()
        && (operation.operator().symbol().equals("-") || operation.operator().symbol().equals("+"))
        && operation.operands().get(0) instanceof Constant constant
        && (constant.kind() == Constant.Kind.INTEGER || constant.kind() == Constant.Kind.NUMERIC);
  }

  /**
   * Whether an expression is a number that every numeric type of four bytes and more holds, or
   * nearly.
   */
  static boolean isSmall(Expression e) {
    return e instanceof Constant constant
        && (constant.kind() == Constant.Kind.INTEGER || constant.kind() == Constant.Kind.NUMERIC)
        && isSmall(constant.value());
  }

  private static boolean isSmall(String number) {
    int whole = digits(number, 0);
    if (whole == number.length() || whole > FEW) {
      return whole <= FEW;
    }
    int fraction = digits(number, whole + 1);
    return number.charAt(whole) == '.'
        && fraction == number.length()
        && fraction - whole - 1 <= FEW;
  }

  /** Where the digits end that begin there. */
  private static int digits(String number, int from) {
    int at = from;
    while (at < number.length() && number.charAt(at) >= '0' && number.charAt(at) <= '9') {
      at++;
    }
    return at;
  }

  /**
   * Whether a pattern of SIMILAR TO, or of LIKE with an escape, holds nothing that could be wrong.
   */
  static boolean isPlainPattern(Expression pattern, @Nullable Expression escape) {
    String text = Conditions.text(pattern);
    String sign = escape == null ? "\\" : Conditions.text(escape);
    return text != null
        && sign != null
        && sign.length() == 1
        && PLAIN.matcher(text).matches()
        && !text.contains(sign);
  }
}
