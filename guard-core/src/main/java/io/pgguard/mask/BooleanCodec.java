package io.pgguard.mask;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Booleans: one byte, or t and f. */
record BooleanCodec() implements BinaryCodec {
  @Override
  public boolean toText(byte[] in, int offset, int length, ByteSink out) {
    BinaryCodec.checkLength(length, 1);
    out.append(in[offset] == 0 ? 'f' : 't');
    return true;
  }

  @Override
  public boolean fromText(byte[] in, int offset, int length, ByteSink out) {
    String word = new String(in, offset, length, StandardCharsets.UTF_8).toLowerCase(Locale.ROOT);
    switch (word) {
      case "t", "true", "yes", "on", "1" -> out.append(1);
      case "f", "false", "no", "off", "0" -> out.append(0);
      default -> {
        return false;
      }
    }
    return true;
  }
}
