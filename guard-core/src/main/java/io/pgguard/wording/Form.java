package io.pgguard.wording;

import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * A sentence with places, which are words in braces. Immutable.
 *
 * @param text the sentence
 */
record Form(String text) {
  /** The names of its places, in order. */
  Set<String> places() {
    Set<String> places = new LinkedHashSet<>();
    for (int open = text.indexOf('{'); open >= 0; open = text.indexOf('{', open + 1)) {
      places.add(text.substring(open + 1, text.indexOf('}', open)));
    }
    return places;
  }

  /** With values in its places. */
  String filled(Map<String, Object> values) {
    int open = text.indexOf('{');
    if (open < 0) {
      return text;
    }
    StringBuilder filled = new StringBuilder(text.length() + 64);
    int from = 0;
    while (open >= 0) {
      int close = text.indexOf('}', open);
      filled.append(text, from, open).append(values.get(text.substring(open + 1, close)));
      from = close + 1;
      open = text.indexOf('{', from);
    }
    return filled.append(text, from, text.length()).toString();
  }
}
