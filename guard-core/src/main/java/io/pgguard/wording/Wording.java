package io.pgguard.wording;

import java.util.Locale;

/**
 * One entry of the catalog: what Guard says in one case. Its forms hold names in braces; {@link
 * #say} puts values in their places, in the order in which the names first appear in message,
 * detail and hint. Immutable and thread-safe.
 */
public sealed interface Wording
    permits ConnectWording,
        DriverWording,
        FindingWording,
        LimitWording,
        NeutralWording,
        PartWording,
        SessionWording,
        WireWording {
  /** The room of the catalog that it stands in: one word. */
  String room();

  /** Its name in that room, as an enum constant. */
  String name();

  /** Its SQLSTATE and forms. */
  Phrase phrase();

  /** By which documents and tests name it. */
  default String key() {
    return room() + "." + name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * What is said, with values in its places.
   *
   * @throws IllegalArgumentException if there are more or fewer of them than places
   */
  default Said say(Object... values) {
    return phrase().say(this, values);
  }
}
