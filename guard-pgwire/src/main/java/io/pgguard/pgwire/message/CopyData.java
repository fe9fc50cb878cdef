package io.pgguard.pgwire.message;

/** A piece of COPY data; either direction. Type {@code d}. */
@SuppressWarnings("ArrayRecordComponent") // used once, never compared
public record CopyData(byte[] data) implements Message {

  public static CopyData decode(MessageReader in) {
    return new CopyData(in.rest());
  }

  @Override
  public void encode(MessageWriter out) {
    out.begin('d');
    out.bytes(data);
    out.end();
  }
}
