package io.pgguard.pgwire.message;

import org.jspecify.annotations.Nullable;

/** Values with their lengths, where -1 is SQL NULL. */
final class Values {
  private Values() {}

  static byte[] @Nullable [] read(MessageReader in) {
    byte[] @Nullable [] values = new byte[in.count(4)][];
    for (int i = 0; i < values.length; i++) {
      values[i] = readOne(in);
    }
    return values;
  }

  static byte @Nullable [] readOne(MessageReader in) {
    int length = in.int32();
    return length == -1 ? null : in.bytes(length);
  }

  static void write(MessageWriter out, byte[] @Nullable [] values) {
    out.int16(values.length);
    for (byte @Nullable [] value : values) {
      writeOne(out, value);
    }
  }

  static void writeOne(MessageWriter out, byte @Nullable [] value) {
    if (value == null) {
      out.int32(-1);
    } else {
      out.int32(value.length).bytes(value);
    }
  }
}
