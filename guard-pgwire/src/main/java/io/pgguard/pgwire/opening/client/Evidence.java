package io.pgguard.pgwire.opening.client;

/** What a client shows to prove who it is; never printed. */
public sealed interface Evidence {

  /** A bearer token, as it stands. */
  record Token(String text) implements Evidence {
    @Override
    public String toString() {
      return "Token";
    }
  }
}
