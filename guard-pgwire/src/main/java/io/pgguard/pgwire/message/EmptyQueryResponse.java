package io.pgguard.pgwire.message;

/** The text held no statement. Type {@code I}; no body. */
public record EmptyQueryResponse() implements Message {

  public static EmptyQueryResponse decode(MessageReader in) {
    in.end();
    return new EmptyQueryResponse();
  }

  @Override
  public void encode(MessageWriter out) {
    out.begin('I').end();
  }
}
