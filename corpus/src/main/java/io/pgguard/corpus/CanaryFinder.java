package io.pgguard.corpus;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Finds canaries in a text, plain or behind up to two of the transformations that the corpus uses.
 * Thread-safe.
 */
final class CanaryFinder {
  private static final int LONGEST_DECODED = 300_000;
  private static final int LONGEST_KEPT = 200;
  private static final int MOST_KEPT = 200_000;
  private final Canaries canaries;

  /** Short texts that held nothing: the same harmless cells come back with every line. */
  private final Set<String> harmless = ConcurrentHashMap.newKeySet();

  CanaryFinder(Canaries canaries) {
    this.canaries = canaries;
  }

  /**
   * @param hint how the corpus line says that it transforms, for what cannot be guessed
   */
  Optional<Found> find(String text, String hint) {
    String key = hint + '\0' + text;
    if (harmless.contains(key)) {
      return Optional.empty();
    }
    Optional<Found> found = find(text, hint, true);
    if (found.isEmpty() && text.length() <= LONGEST_KEPT && harmless.size() < MOST_KEPT) {
      harmless.add(key);
    }
    return found;
  }

  private Optional<Found> find(String text, String hint, boolean again) {
    Optional<Found> found = canaries.in(text).or(() -> canaries.digestIn(text));
    if (found.isPresent() || text.length() > LONGEST_DECODED) {
      return found;
    }
    Set<String> tried = new HashSet<>(Set.of(text, ""));
    for (Decoded decoded : decodings(text, hint)) {
      if (tried.add(decoded.text())) {
        Optional<Found> inner =
            again ? find(decoded.text(), hint, false) : canaries.in(decoded.text());
        if (inner.isPresent()) {
          return inner.map(f -> new Found(f.canary(), decoded.how() + ", " + f.how()));
        }
      }
    }
    return Optional.empty();
  }

  private static List<Decoded> decodings(String text, String hint) {
    List<Decoded> all = TextDecodings.of(text);
    all.addAll(ByteDecodings.of(text));
    all.addAll(NumberDecodings.of(text, hint));
    return all;
  }
}
