package io.pgguard.pgwire.message;

/** Ends the connection. Type {@code X}; no body. */
public record Terminate() implements Message {

  public static Terminate decode(MessageReader in) {
    in.end();
    return new Terminate();
  }

  @Override
  public void encode(MessageWriter out) {
    out.begin('X').end();
  }
}
