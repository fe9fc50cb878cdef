package io.pgguard.statement;

/** A text that PostgreSQL's scanner would refuse, or that Guard refuses to guess about. */
public final class LexicalException extends Exception {
  private static final long serialVersionUID = 1L;
  private final int position;
  private final boolean tooLarge;

  /**
   * @param message what is wrong, in PostgreSQL's words where it has some
   * @param position index into the text, from 0
   */
  public LexicalException(String message, int position) {
    this(message, position, false);
  }

  private LexicalException(String message, int position, boolean tooLarge) {
    super(message);
    this.position = position;
    this.tooLarge = tooLarge;
  }

  /** Of a text that Guard does not read because of its size alone. */
  static LexicalException tooLarge(String message, int position) {
    return new LexicalException(message, position, true);
  }

  /** Whether nothing is wrong with the text but its size. */
  public boolean tooLarge() {
    return tooLarge;
  }

  /** Index into the text, from 0. */
  public int position() {
    return position;
  }
}
