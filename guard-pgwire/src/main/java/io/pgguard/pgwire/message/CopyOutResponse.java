package io.pgguard.pgwire.message;

/** COPY data follows. Type {@code H}. */
@SuppressWarnings("ArrayRecordComponent") // used once, never compared
public record CopyOutResponse(boolean binary, short[] columns) implements Message {

  public static CopyOutResponse decode(MessageReader in) {
    byte format = in.int8();
    if (format != 0 && format != 1) {
      throw in.violation("unknown format " + format);
    }
    short[] columns = in.formats();
    in.end();
    return new CopyOutResponse(format == 1, columns);
  }

  @Override
  public void encode(MessageWriter out) {
    out.begin('H');
    out.int8((byte) (binary ? 1 : 0)).formats(columns);
    out.end();
  }
}
