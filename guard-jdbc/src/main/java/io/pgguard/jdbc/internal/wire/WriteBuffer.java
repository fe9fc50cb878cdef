package io.pgguard.jdbc.internal.wire;

import io.pgguard.pgwire.codec.ByteSink;
import java.io.IOException;
import java.io.OutputStream;

/** Gathers small writes to the server; large ones go straight through. Not thread-safe. */
final class WriteBuffer implements ByteSink {
  private final OutputStream out;
  private final byte[] buffer = new byte[16 << 10];
  private int length;

  WriteBuffer(OutputStream out) {
    this.out = out;
  }

  @Override
  public void write(byte[] bytes, int offset, int count) throws IOException {
    if (count > buffer.length - length) {
      flush();
    }
    if (count > buffer.length) {
      out.write(bytes, offset, count);
    } else {
      System.arraycopy(bytes, offset, buffer, length, count);
      length += count;
    }
  }

  void flush() throws IOException {
    if (length > 0) {
      int count = length;
      length = 0;
      out.write(buffer, 0, count);
    }
  }
}
