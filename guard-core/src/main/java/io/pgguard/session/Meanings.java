package io.pgguard.session;

import io.pgguard.judge.Touched;
import io.pgguard.plan.Meaning;
import io.pgguard.plan.TextPlan;
import org.jspecify.annotations.Nullable;

/**
 * What the texts mean that a session asks for again and again, as long as they touch the same and
 * its settings are the same: to hash that anew took a sixth of a decision. Used by the session's
 * thread.
 */
final class Meanings {
  private static final int PLACES = 64;

  private final String role;
  private final @Nullable Known[] places = new Known[PLACES];

  /** What was hashed; settings may be equal in other words of the same content. */
  private record Known(Touched touched, String settings, Meaning meaning) {}

  /**
   * @param role the role that the session's texts run as
   */
  Meanings(String role) {
    this.role = role;
  }

  /** What a text means under these settings. */
  Meaning of(TextPlan text, String settings) {
    if (text.parts().size() != 1) {
      return Meaning.of(text, role, settings);
    }
    Touched touched = text.parts().get(0).touched();
    int place = System.identityHashCode(touched) & PLACES - 1;
    Known known = places[place];
    if (known == null || known.touched() != touched || !known.settings().equals(settings)) {
      known = new Known(touched, settings, Meaning.of(text, role, settings));
      places[place] = known;
    }
    return known.meaning();
  }
}
