package io.pgguard.session;

import io.pgguard.judge.Perspective;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The plans of the short texts that one session asks for again and again, for as long as its
 * perspective stays the same object. What all sessions share is slower to look into: it is hashed
 * over the whole text, and keeps account of who asks. Used by the session's thread.
 *
 * <p>Texts lie in pairs of places, by some of their characters, and are compared in full. One that
 * was asked for once never drives out one that was found here.
 */
final class RecentPlans {
  private static final int PLACES = 64;

  /** Longer texts are left to the plans that sessions share, whose weight is bounded. */
  private static final int LONGEST = 1_024;

  /** Every so many finds the shared plans are asked, so that they do not forget the text. */
  private static final int BETWEEN = 32;

  private final @Nullable PlannedText[] places = new PlannedText[PLACES];
  private @Nullable Perspective seen;
  private int found;

  /** The plan of a text as it is seen now; null where it is not known here. */
  @Nullable PlannedText find(String text, List<Integer> types, Perspective now) {
    if (now != seen) {
      return null;
    }
    int first = place(text);
    PlannedText plan = places[first];
    if (!isOf(plan, text, types)) {
      plan = places[first + 1];
      if (!isOf(plan, text, types)) {
        return null;
      }
      places[first + 1] = places[first];
      places[first] = plan;
    }
    return ++found % BETWEEN == 0 ? null : plan;
  }

  /** Keeps a plan that nothing could show in another light while the perspective stays. */
  void keep(PlannedText plan, Perspective now) {
    if (now != seen) {
      Arrays.fill(places, null);
      seen = now;
    }
    String text = plan.text();
    if (text.length() <= LONGEST) {
      int first = place(text);
      int at = isOf(places[first], text, plan.types()) ? first : first + 1;
      places[at] = plan;
    }
  }

  private static boolean isOf(@Nullable PlannedText plan, String text, List<Integer> types) {
    return plan != null && plan.text().equals(text) && plan.types().equals(types);
  }

  /**
   * Where the pair of a text begins: by its length and up to 17 characters, its last among them.
   */
  private static int place(String text) {
    int hash = text.length();
    int step = (text.length() >> 4) + 1;
    for (int i = text.length() - 1; i >= 0; i -= step) {
      hash = 31 * hash + text.charAt(i);
    }
    return (hash ^ hash >>> 6 ^ hash >>> 12) & PLACES - 2;
  }
}
