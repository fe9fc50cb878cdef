package io.pgguard.approval;

import java.text.Normalizer;
import java.util.Locale;

/** Tells whether two subjects are one person, whatever was done to letters and spaces. */
final class Person {
  private Person() {}

  /**
   * What all spellings of a subject share: compatibility forms made one (Unicode Standard Annex 15,
   * NFKC), white space, control and invisible format characters gone, case folded.
   */
  static String key(String subject) {
    StringBuilder key = new StringBuilder(subject.length());
    Normalizer.normalize(subject, Normalizer.Form.NFKC)
        .codePoints()
        .filter(Person::isSeen)
        .forEach(key::appendCodePoint);
    String folded = key.toString().toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
    return Normalizer.normalize(folded, Normalizer.Form.NFKC);
  }

  static boolean same(String a, String b) {
    return key(a).equals(key(b));
  }

  private static boolean isSeen(int codePoint) {
    return !Character.isWhitespace(codePoint)
        && !Character.isSpaceChar(codePoint)
        && !Character.isISOControl(codePoint)
        && Character.getType(codePoint) != Character.FORMAT;
  }
}
