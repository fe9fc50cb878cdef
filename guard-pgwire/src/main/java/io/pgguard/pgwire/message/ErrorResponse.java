package io.pgguard.pgwire.message;

import io.pgguard.session.ServerMessage;

/** A statement failed. Type {@code E}. */
public record ErrorResponse(ServerMessage message) implements Message {

  public static ErrorResponse decode(MessageReader in) {
    return new ErrorResponse(Fields.read(in));
  }

  @Override
  public void encode(MessageWriter out) {
    out.begin('E');
    Fields.write(out, message);
    out.end();
  }
}
