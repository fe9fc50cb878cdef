package io.pgguard.corpus;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Finds any of a few hundred words in a text, looking closer only where four characters fit.
 * Immutable.
 */
final class WordIndex {
  private static final int HEAD = 4;
  private final Map<String, List<Map.Entry<String, String>>> byHead = new HashMap<>();
  private final BitSet heads = new BitSet(1 << 16);

  /**
   * @param words what is looked for, at least four characters each, with what it stands for
   */
  WordIndex(Map<String, String> words) {
    for (Map.Entry<String, String> word : words.entrySet()) {
      String head = word.getKey().substring(0, HEAD);
      byHead
          .computeIfAbsent(head, h -> new ArrayList<>())
          .add(Map.entry(word.getKey(), word.getValue()));
      heads.set(hash(head, 0));
    }
  }

  private static int hash(String text, int at) {
    int hash = text.charAt(at);
    for (int i = 1; i < HEAD; i++) {
      hash = hash * 31 + text.charAt(at + i);
    }
    return hash & 0xffff;
  }

  /** What the first accepted word in the text stands for. */
  Optional<String> find(String text, Predicate<String> accepted) {
    for (int at = 0; at + HEAD <= text.length(); at++) {
      if (heads.get(hash(text, at))) {
        for (Map.Entry<String, String> word :
            byHead.getOrDefault(text.substring(at, at + HEAD), List.of())) {
          if (text.startsWith(word.getKey(), at) && accepted.test(word.getValue())) {
            return Optional.of(word.getValue());
          }
        }
      }
    }
    return Optional.empty();
  }
}
