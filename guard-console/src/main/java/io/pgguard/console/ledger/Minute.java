package io.pgguard.console.ledger;

/**
 * What happened in one minute. Immutable.
 *
 * @param allowed statements that were let run
 * @param held statements that waited for people
 * @param denied statements that were refused
 * @param masked values that were masked
 */
public record Minute(long allowed, long held, long denied, long masked) {
  static final Minute NOTHING = new Minute(0, 0, 0, 0);

  /** Both together. */
  public Minute plus(Minute other) {
    return new Minute(
        allowed + other.allowed, held + other.held, denied + other.denied, masked + other.masked);
  }

  /** How many statements were decided. */
  public long statements() {
    return allowed + held + denied;
  }

  static Minute of(String outcome) {
    return switch (outcome) {
      case "approve" -> new Minute(0, 1, 0, 0);
      case "deny" -> new Minute(0, 0, 1, 0);
      default -> new Minute(1, 0, 0, 0);
    };
  }
}
