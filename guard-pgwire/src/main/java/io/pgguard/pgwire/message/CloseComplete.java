package io.pgguard.pgwire.message;

/** A statement or portal was closed. Type {@code 3}; no body. */
public record CloseComplete() implements Message {

  public static CloseComplete decode(MessageReader in) {
    in.end();
    return new CloseComplete();
  }

  @Override
  public void encode(MessageWriter out) {
    out.begin('3').end();
  }
}
