package io.pgguard.pgwire.message;

import io.pgguard.session.ServerMessage;

/** A warning or a note. Type {@code N}. */
public record NoticeResponse(ServerMessage message) implements Message {

  public static NoticeResponse decode(MessageReader in) {
    return new NoticeResponse(Fields.read(in));
  }

  @Override
  public void encode(MessageWriter out) {
    out.begin('N');
    Fields.write(out, message);
    out.end();
  }
}
