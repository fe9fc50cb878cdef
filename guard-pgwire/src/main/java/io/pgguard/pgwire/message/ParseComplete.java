package io.pgguard.pgwire.message;

/** A text was prepared. Type {@code 1}; no body. */
public record ParseComplete() implements Message {

  public static ParseComplete decode(MessageReader in) {
    in.end();
    return new ParseComplete();
  }

  @Override
  public void encode(MessageWriter out) {
    out.begin('1').end();
  }
}
