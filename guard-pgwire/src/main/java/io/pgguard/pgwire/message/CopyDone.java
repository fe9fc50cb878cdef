package io.pgguard.pgwire.message;

/** The data of a COPY is complete; either direction. Type {@code c}; no body. */
public record CopyDone() implements Message {

  public static CopyDone decode(MessageReader in) {
    in.end();
    return new CopyDone();
  }

  @Override
  public void encode(MessageWriter out) {
    out.begin('c').end();
  }
}
