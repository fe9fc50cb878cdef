package io.pgguard.pgwire.message;

/** A portal was made. Type {@code 2}; no body. */
public record BindComplete() implements Message {

  public static BindComplete decode(MessageReader in) {
    in.end();
    return new BindComplete();
  }

  @Override
  public void encode(MessageWriter out) {
    out.begin('2').end();
  }
}
