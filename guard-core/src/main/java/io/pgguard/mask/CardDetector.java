package io.pgguard.mask;

/**
 * Payment card numbers (ISO/IEC 7812-1): 13 to 19 digits with the prefix and length of a known
 * issuer and a right check digit (Luhn). Digits may stand in groups, 4 of them first, with one and
 * the same separator, a blank or a dash.
 */
record CardDetector() implements Detector {
  private static final int FEWEST = 13;
  private static final int MOST = 19;
  private static final int FIRST_GROUP = 4;

  @Override
  public String name() {
    return "credit-card";
  }

  @Override
  public boolean anchors(int unit) {
    return unit >= '2' && unit <= '6';
  }

  @Override
  public long find(byte[] text, int from, int to, int at) {
    if (!startsRun(text, from, to, at)) {
      return NOTHING;
    }
    long digits = 0;
    int count = 0;
    int group = 0;
    int groups = 1;
    byte separator = 0;
    int found = -1;
    int i = at;
    for (; i < to; i++) {
      byte b = text[i];
      if (Ascii.digit(b)) {
        group++;
        if (++count > MOST) {
          break;
        }
        digits = digits * 10 + (b - '0');
        continue;
      }
      if (ends(text, i, to, groups, group) && isCard(digits, count, groups)) {
        found = i;
      }
      boolean continues =
          (b == ' ' || b == '-')
              && (separator == 0 || separator == b)
              && Ascii.digit(Ascii.at(text, i + 1, from, to))
              && goodGroup(groups, group);
      if (!continues) {
        break;
      }
      separator = b;
      groups++;
      group = 0;
    }
    if (i == to && ends(text, i, to, groups, group) && isCard(digits, count, groups)) {
      found = i;
    }
    return found < 0 ? NOTHING : Detector.span(at, found);
  }

  private static boolean startsRun(byte[] text, int from, int to, int at) {
    byte before = Ascii.at(text, at - 1, from, to);
    if (Ascii.digit(before) || Ascii.hexLetter(before) && hexBefore(text, from, at)) {
      return false;
    }
    byte earlier = Ascii.at(text, at - 2, from, to);
    boolean fraction = before == '.' && Ascii.digit(earlier);
    return !fraction && !(before == 'x' && earlier == '0');
  }

  private static boolean ends(byte[] text, int end, int to, int groups, int group) {
    boolean hex = end < to && Ascii.hexLetter(text[end]) && hexAfter(text, end, to);
    return !hex && (groups == 1 || group >= 1 && group <= 7);
  }

  /** Whether the letters and digits before an index could all be of one hexadecimal number. */
  private static boolean hexBefore(byte[] text, int from, int at) {
    int i = at - 1;
    while (i >= from && (Ascii.digit(text[i]) || Ascii.hexLetter(text[i]))) {
      i--;
    }
    return i < from || !Ascii.letter(text[i]) || text[i] == 'x';
  }

  private static boolean hexAfter(byte[] text, int end, int to) {
    int i = end;
    while (i < to && (Ascii.digit(text[i]) || Ascii.hexLetter(text[i]))) {
      i++;
    }
    return i == to || !Ascii.letter(text[i]);
  }

  private static boolean goodGroup(int groups, int group) {
    return groups == 1 ? group == FIRST_GROUP : group >= 3 && group <= 7;
  }

  private static boolean isCard(long digits, int count, int groups) {
    return count >= FEWEST
        && count <= MOST
        && CardIssuers.issues(digits, count)
        && luhn(digits)
        // 13 digits are most often an article number (EAN-13), which has a check digit of its own.
        && (count != 13 || groups > 1 || !articleNumber(digits));
  }

  /** Luhn's check: every second digit from the right counts double, its own digits added. */
  private static boolean luhn(long digits) {
    int sum = 0;
    boolean twice = false;
    for (long rest = digits; rest > 0; rest /= 10) {
      int digit = (int) (rest % 10);
      int weighed = twice ? digit * 2 : digit;
      sum += weighed > 9 ? weighed - 9 : weighed;
      twice = !twice;
    }
    return sum % 10 == 0;
  }

  private static boolean articleNumber(long digits) {
    int sum = 0;
    boolean thrice = false;
    for (long rest = digits; rest > 0; rest /= 10) {
      int digit = (int) (rest % 10);
      sum += thrice ? digit * 3 : digit;
      thrice = !thrice;
    }
    return sum % 10 == 0;
  }
}
