package io.pgguard.statement;

/** A text that PostgreSQL's scanner would refuse, or that Guard refuses to guess about. */
public final class LexicalException extends Exception {
  private static final long serialVersionUID = 1L;
  private final int position;

  /**
   * @param message what is wrong, in PostgreSQL's words where it has some
   * @param position index into the text, from 0
   */
  public LexicalException(String message, int position) {
    super(message);
    this.position = position;
  }

  /** Index into the text, from 0. */
  public int position() {
    return position;
  }
}
