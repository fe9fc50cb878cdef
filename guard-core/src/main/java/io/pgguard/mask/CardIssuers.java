package io.pgguard.mask;

/** The prefixes and lengths under which card numbers are issued (ISO/IEC 7812-1). Stateless. */
final class CardIssuers {
  private CardIssuers() {}

  /** Whether a number of so many digits, 13 to 19, can be a card's. */
  static boolean issues(long digits, int count) {
    long prefix = digits;
    for (int i = count; i > 4; i--) {
      prefix /= 10;
    }
    int four = (int) prefix;
    int two = four / 100;
    boolean long16 = count >= 16;
    if (four / 1000 == 4) {
      return count == 13 || count == 16 || count == 19; // Visa
    }
    if (two >= 51 && two <= 55 || four >= 2221 && four <= 2720) {
      return count == 16; // Mastercard
    }
    if (two == 34 || two == 37) {
      return count == 15; // American Express
    }
    if (four / 10 >= 300 && four / 10 <= 305 || two == 36 || two == 38 || two == 39) {
      return count == 14 || long16; // Diners Club
    }
    if (four == 6011 || four / 10 >= 644 && four / 10 <= 649 || two == 65 || two == 62) {
      return long16; // Discover, UnionPay
    }
    if (four >= 3528 && four <= 3589 || four >= 2200 && four <= 2204) {
      return long16; // JCB, Mir
    }
    return switch (four) {
      case 5018, 5020, 5038, 5893, 6304, 6759, 6761, 6762, 6763 -> true; // Maestro
      default -> false;
    };
  }
}
