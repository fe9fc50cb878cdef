package io.pgguard.pgwire.message;

/** The server waits for COPY data. Type {@code G}. */
@SuppressWarnings("ArrayRecordComponent") // used once, never compared
public record CopyInResponse(boolean binary, short[] columns) implements Message {

  public static CopyInResponse decode(MessageReader in) {
    byte format = in.int8();
    if (format != 0 && format != 1) {
      throw in.violation("unknown format " + format);
    }
    short[] columns = in.formats();
    in.end();
    return new CopyInResponse(format == 1, columns);
  }

  @Override
  public void encode(MessageWriter out) {
    out.begin('G');
    out.int8((byte) (binary ? 1 : 0)).formats(columns);
    out.end();
  }
}
