package io.pgguard.wording;

/**
 * A wording that is a part of a sentence: a reason, a place, a fact. It goes out in the place that
 * another wording has for it, with the SQLSTATE of that. Immutable and thread-safe.
 */
public sealed interface PartWording extends Wording
    permits LineageWording, ReachWording, RuleWording {
  /** Its form, taken apart once. */
  SplitForm form();

  @Override
  default Phrase phrase() {
    return new Phrase(null, form().text(), null, null);
  }

  /**
   * The part, with values in its places.
   *
   * @throws IllegalArgumentException if there are more or fewer of them than places
   */
  default String words(Object... values) {
    return form().filled(values);
  }
}
