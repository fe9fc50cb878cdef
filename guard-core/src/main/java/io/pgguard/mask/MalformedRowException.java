package io.pgguard.mask;

/**
 * A row, or a value in it, that is not what its description says. It cannot be masked, so nothing
 * of it may be relayed; a session that meets this ends.
 */
public final class MalformedRowException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * Says what is wrong with the row.
   *
   * @param message which length or count is wrong; never a byte of the row
   */
  public MalformedRowException(String message) {
    super(message);
  }
}
