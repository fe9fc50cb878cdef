package io.pgguard.pgwire.message;

/** Asks the server to send what it holds back. Type {@code H}; no body. */
public record Flush() implements Message {

  public static Flush decode(MessageReader in) {
    in.end();
    return new Flush();
  }

  @Override
  public void encode(MessageWriter out) {
    out.begin('H').end();
  }
}
