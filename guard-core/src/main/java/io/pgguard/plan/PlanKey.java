package io.pgguard.plan;

import io.pgguard.judge.Perspective;

/**
 * What a plan depends on beside the catalog: a text and the perspective on it. Compared in full, so
 * that no crafted text can meet another's plan; hashed by the text and by how many names the
 * session has of its own, which is what differs.
 */
final class PlanKey {
  private final String text;
  private final Perspective perspective;
  private final int hash;

  PlanKey(String text, Perspective perspective) {
    this.text = text;
    this.perspective = perspective;
    this.hash = hash(text) * 31 + perspective.ownNames();
  }

  String text() {
    return text;
  }

  Perspective perspective() {
    return perspective;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PlanKey key
        && hash == key.hash
        && text.equals(key.text)
        && perspective.sameBesideCatalog(key.perspective);
  }

  /**
   * Every character counts, in four lanes: String's own hash waits for one character before it
   * takes the next, which on JDK 17 is most of the time that finding a known plan takes.
   */
  private static int hash(String text) {
    int a = 0;
    int b = 0;
    int c = 0;
    int d = 0;
    int i = 0;
    for (int last = text.length() - 4; i <= last; i += 4) {
      a = 31 * a + text.charAt(i);
      b = 31 * b + text.charAt(i + 1);
      c = 31 * c + text.charAt(i + 2);
      d = 31 * d + text.charAt(i + 3);
    }
    for (; i < text.length(); i++) {
      a = 31 * a + text.charAt(i);
    }
    return ((a * 31 + b) * 31 + c) * 31 + d;
  }

  @Override
  public int hashCode() {
    return hash;
  }
}
