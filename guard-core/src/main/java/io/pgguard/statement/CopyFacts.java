package io.pgguard.statement;

/**
 * What a COPY statement moves and where. Immutable.
 *
 * @param direction into the database, or out of it
 * @param endpoint the other end
 * @param format {@code text}, {@code csv}, {@code binary}, or what the text gives, folded
 * @param query whether a query's result is copied, not a relation
 */
public record CopyFacts(Direction direction, Endpoint endpoint, String format, boolean query) {

  /** Which way the rows go. */
  public enum Direction {
    /** COPY FROM. */
    IN,
    /** COPY TO. */
    OUT
  }

  /** Where the rows come from or go to. */
  public enum Endpoint {
    /** The client's own connection. */
    CLIENT,
    /** A file of the server. */
    FILE,
    /** A program that the server runs. */
    PROGRAM
  }
}
