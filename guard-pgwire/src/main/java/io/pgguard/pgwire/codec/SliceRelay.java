package io.pgguard.pgwire.codec;

import io.pgguard.pgwire.message.Bytes;
import io.pgguard.pgwire.message.Message;
import io.pgguard.pgwire.message.MessageWriter;
import java.io.IOException;

/**
 * Relays messages in order and joins neighbours of one array, so that a buffer full of passing
 * messages is one write. Not thread-safe.
 */
public final class SliceRelay {
  private static final byte[] EMPTY = new byte[0];

  private final ByteSink sink;
  private final MessageWriter writer = new MessageWriter();
  private final byte[] header = new byte[5];
  private byte[] array = EMPTY;
  private int offset;
  private int length;

  public SliceRelay(ByteSink sink) {
    this.sink = sink;
  }

  /** Relays bytes; the array must keep them until {@link #flush}. */
  public void slice(byte[] bytes, int from, int count) throws IOException {
    if (bytes == array && from == offset + length) {
      length += count;
      return;
    }
    flush();
    array = bytes;
    offset = from;
    length = count;
  }

  /** Writes a message of our own. */
  public void message(Message message) throws IOException {
    flush();
    message.encode(writer.clear());
    sink.write(writer.buffer(), 0, writer.length());
    writer.clear();
  }

  /** Writes a message with a body that will change right afterwards. */
  public void body(char type, byte[] body, int from, int count) throws IOException {
    flush();
    header[0] = (byte) type;
    Bytes.int32(header, 1, count + 4);
    sink.write(header, 0, header.length);
    sink.write(body, from, count);
  }

  /** Writes out what is still referred to. */
  public void flush() throws IOException {
    if (length > 0) {
      byte[] bytes = array;
      int from = offset;
      int count = length;
      array = EMPTY;
      length = 0;
      sink.write(bytes, from, count);
    }
  }
}
