package io.pgguard.pgwire.message;

/** COPY data goes both ways (replication). Type {@code W}. */
@SuppressWarnings("ArrayRecordComponent") // used once, never compared
public record CopyBothResponse(boolean binary, short[] columns) implements Message {

  public static CopyBothResponse decode(MessageReader in) {
    byte format = in.int8();
    if (format != 0 && format != 1) {
      throw in.violation("unknown format " + format);
    }
    short[] columns = in.formats();
    in.end();
    return new CopyBothResponse(format == 1, columns);
  }

  @Override
  public void encode(MessageWriter out) {
    out.begin('W');
    out.int8((byte) (binary ? 1 : 0)).formats(columns);
    out.end();
  }
}
