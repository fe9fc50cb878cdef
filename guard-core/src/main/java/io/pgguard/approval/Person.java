package io.pgguard.approval;

import io.pgguard.identity.Principal;
import java.text.Normalizer;
import java.util.Collections;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** Tells whether two principals are one person, whatever was done to letters and spaces. */
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

  /** What all spellings of an account and of the person behind it share. */
  static Set<String> keys(Principal principal) {
    return principal.people().stream().map(Person::key).collect(Collectors.toUnmodifiableSet());
  }

  /** Whether the account or the person behind it is the same: then it is one person's word. */
  static boolean same(Principal a, Principal b) {
    return !Collections.disjoint(keys(a), keys(b));
  }

  private static boolean isSeen(int codePoint) {
    return !Character.isWhitespace(codePoint)
        && !Character.isSpaceChar(codePoint)
        && !Character.isISOControl(codePoint)
        && Character.getType(codePoint) != Character.FORMAT;
  }
}
