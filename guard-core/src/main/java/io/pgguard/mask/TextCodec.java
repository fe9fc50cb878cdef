package io.pgguard.mask;

/**
 * Types whose binary format is their text; jsonb puts a version byte before it (source file
 * jsonb.c, jsonb_send).
 */
record TextCodec(boolean versioned) implements BinaryCodec {
  private static final int VERSION = 1;

  @Override
  public boolean toText(byte[] in, int offset, int length, ByteSink out) {
    int skipped = versioned ? 1 : 0;
    if (versioned && (length < 1 || in[offset] != VERSION)) {
      throw new MalformedRowException("a binary jsonb value does not start with version 1");
    }
    out.append(in, offset + skipped, length - skipped);
    return true;
  }

  @Override
  public boolean fromText(byte[] in, int offset, int length, ByteSink out) {
    if (versioned) {
      out.append(VERSION);
    }
    out.append(in, offset, length);
    return true;
  }
}
