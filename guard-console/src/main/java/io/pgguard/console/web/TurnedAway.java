package io.pgguard.console.web;

/** A request that is not served, with what its sender is told. */
public final class TurnedAway extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;

  /**
   * @param status the HTTP status
   * @param message for the person
   */
  public TurnedAway(int status, String message) {
    super(message);
    this.status = status;
  }

  public int status() {
    return status;
  }

  /** What a person is told. */
  public String told() {
    return String.valueOf(getMessage());
  }

  /** There is nothing here, or nothing for them. */
  public static TurnedAway notFound() {
    return new TurnedAway(404, "There is no such page.");
  }
}
