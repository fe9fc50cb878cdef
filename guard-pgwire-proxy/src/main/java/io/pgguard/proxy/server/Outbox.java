package io.pgguard.proxy.server;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.pgguard.pgwire.codec.ByteSink;
import org.jspecify.annotations.Nullable;

/**
 * What a turn has written for one end, until the turn is over. Used by one thread at a time: the
 * worker's or the loop's.
 */
final class Outbox implements ByteSink {
  private final Channel channel;
  private @Nullable ByteBuf written;

  Outbox(Channel channel) {
    this.channel = channel;
  }

  @Override
  public void write(byte[] bytes, int offset, int length) {
    ByteBuf buffer = written;
    if (buffer == null) {
      buffer = channel.alloc().buffer(Math.max(length, 256));
      written = buffer;
    }
    buffer.writeBytes(bytes, offset, length);
  }

  boolean isEmpty() {
    return written == null;
  }

  /** Sends it. To be called by the channel's loop. */
  void flush() {
    ByteBuf buffer = written;
    if (buffer != null) {
      written = null;
      channel.writeAndFlush(buffer, channel.voidPromise());
    }
  }

  /** Drops it. */
  void discard() {
    ByteBuf buffer = written;
    if (buffer != null) {
      written = null;
      buffer.release();
    }
  }
}
