package io.pgguard.statement;

import org.jspecify.annotations.Nullable;

/**
 * Finds the keyword that a piece of text spells, without making a string. Only ASCII letters are
 * folded, as PostgreSQL does. Thread-safe: immutable.
 */
final class KeywordTable {
  private static final int SIZE = 2048;
  private static final int MAX_LENGTH = 17;
  private static final Keyword[] KEYWORDS = Keyword.values();
  private static final short[] SLOTS = new short[SIZE];

  static {
    for (Keyword keyword : KEYWORDS) {
      if (keyword.word().length() > MAX_LENGTH) {
        throw new AssertionError(keyword);
      }
      int slot = slot(hash(keyword.word()));
      while (SLOTS[slot] != 0) {
        slot = (slot + 1) & (SIZE - 1);
      }
      SLOTS[slot] = (short) (keyword.ordinal() + 1);
    }
  }

  private KeywordTable() {}

  private static int hash(String word) {
    int hash = 0;
    for (int i = 0; i < word.length(); i++) {
      hash = extend(hash, word.charAt(i));
    }
    return hash;
  }

  /** The hash of a word that is one character longer. */
  static int extend(int hash, char folded) {
    return hash * 31 + folded;
  }

  private static int slot(int hash) {
    return (hash ^ (hash >>> 13)) & (SIZE - 1);
  }

  static @Nullable Keyword at(int code) {
    return code == 0 ? null : KEYWORDS[code - 1];
  }

  /** The keyword's ordinal plus one, or 0 when the text from start to end is no keyword. */
  static int find(String text, int start, int end, int hash) {
    if (end - start > MAX_LENGTH) {
      return 0;
    }
    int slot = slot(hash);
    while (SLOTS[slot] != 0) {
      if (spells(KEYWORDS[SLOTS[slot] - 1].word(), text, start, end)) {
        return SLOTS[slot];
      }
      slot = (slot + 1) & (SIZE - 1);
    }
    return 0;
  }

  private static boolean spells(String word, String text, int start, int end) {
    if (word.length() != end - start) {
      return false;
    }
    for (int i = 0; i < word.length(); i++) {
      if (word.charAt(i) != CharClass.fold(text.charAt(start + i))) {
        return false;
      }
    }
    return true;
  }
}
