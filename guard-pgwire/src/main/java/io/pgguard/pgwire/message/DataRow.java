package io.pgguard.pgwire.message;

import org.jspecify.annotations.Nullable;

/**
 * One row; null for SQL NULL. The machine relays rows as bytes; this is for tests and tools. Type
 * {@code D}.
 */
@SuppressWarnings("ArrayRecordComponent") // used once, never compared
public record DataRow(byte[] @Nullable [] values) implements Message {

  public static DataRow decode(MessageReader in) {
    byte[] @Nullable [] values = Values.read(in);
    in.end();
    return new DataRow(values);
  }

  @Override
  public void encode(MessageWriter out) {
    out.begin('D');
    Values.write(out, values);
    out.end();
  }
}
