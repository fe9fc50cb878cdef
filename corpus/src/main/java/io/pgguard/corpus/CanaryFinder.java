package io.pgguard.corpus;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Finds canaries in a text, plain or behind up to two of the transformations that the corpus uses.
 * Immutable.
 */
final class CanaryFinder {
  private static final int LONGEST_DECODED = 300_000;
  private final Canaries canaries;

  CanaryFinder(Canaries canaries) {
    this.canaries = canaries;
  }

  /**
   * @param hint how the corpus line says that it transforms, for what cannot be guessed
   */
  Optional<Found> find(String text, String hint) {
    return find(text, hint, true);
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
