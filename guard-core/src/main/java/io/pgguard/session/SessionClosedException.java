package io.pgguard.session;

/**
 * The session cannot go on safely; the edge closes the connection and gives the client the message.
 */
public final class SessionClosedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public SessionClosedException(String message) {
    super(message);
  }
}
