package io.pgguard.pgwire.codec;

import io.pgguard.pgwire.message.Bytes;
import io.pgguard.pgwire.message.MalformedMessageException;
import java.io.IOException;
import java.util.Arrays;

/**
 * Cuts a stream of bytes into whole messages. Messages that lie whole in the given array are handed
 * on where they lie; only one that is split is copied. All message lengths are checked here. Not
 * thread-safe.
 */
public final class Framer {
  private static final int HEADER = 5;
  private static final int KEPT_BUFFER = 256 << 10;
  private static final byte[] EMPTY = new byte[0];

  private final boolean fromClient;
  private final WireLimits limits;
  private byte[] held = EMPTY;
  private int heldLength;
  private boolean refused;

  private Framer(boolean fromClient, WireLimits limits) {
    this.fromClient = fromClient;
    this.limits = limits;
  }

  public static Framer fromClient(WireLimits limits) {
    return new Framer(true, limits);
  }

  public static Framer fromServer(WireLimits limits) {
    return new Framer(false, limits);
  }

  /** Whether the handler refused a message, which waits for {@link #resume}. */
  public boolean waiting() {
    return refused;
  }

  /**
   * Takes the next bytes of the stream.
   *
   * @throws MalformedMessageException when a type is unknown, a length is out of bounds, or too
   *     much waits; nothing of that message or after it was handed on
   */
  public void feed(byte[] bytes, int offset, int length, FrameHandler handler) throws IOException {
    int at = offset;
    int end = offset + length;
    if (refused) {
      hold(bytes, at, length);
      return;
    }
    if (heldLength > 0) {
      at = complete(bytes, at, end, handler);
    }
    if (heldLength == 0) {
      at = scan(bytes, at, end, handler);
    }
    handler.pause();
    hold(bytes, at, end - at);
  }

  /** Offers again what the handler refused before. */
  public void resume(FrameHandler handler) throws IOException {
    if (!refused) {
      return;
    }
    refused = false;
    int used = scan(held, 0, heldLength, handler);
    handler.pause();
    System.arraycopy(held, used, held, 0, heldLength - used);
    heldLength -= used;
    shrink();
  }

  /** Fills up the message that is held in part; returns the first byte after it. */
  private int complete(byte[] bytes, int from, int end, FrameHandler handler) throws IOException {
    int at = from;
    if (heldLength < HEADER) {
      int more = Math.min(HEADER - heldLength, end - at);
      hold(bytes, at, more);
      at += more;
      if (heldLength < HEADER) {
        return at;
      }
    }
    int total = total(held, 0);
    int more = Math.min(total - heldLength, end - at);
    hold(bytes, at, more, total);
    at += more;
    if (heldLength < total) {
      return at;
    }
    if (handler.frame(held, 0, total)) {
      handler.pause();
      heldLength = 0;
      shrink();
    } else {
      refused = true;
    }
    return at;
  }

  private int scan(byte[] bytes, int from, int end, FrameHandler handler) throws IOException {
    int at = from;
    while (end - at >= HEADER) {
      int total = total(bytes, at);
      if (total > end - at) {
        break;
      }
      if (!handler.frame(bytes, at, total)) {
        refused = true;
        break;
      }
      at += total;
    }
    return at;
  }

  /** The length of the message whose header stands at an offset, once it has been checked. */
  private int total(byte[] bytes, int at) {
    byte type = bytes[at];
    MessageKind kind = fromClient ? MessageKind.fromClient(type) : MessageKind.fromServer(type);
    if (kind == null) {
      throw MalformedMessageException.violation(
          "message type " + (type & 0xff), "not known from the " + end());
    }
    int length = Bytes.int32(bytes, at + 1);
    int limit = kind.limit(limits);
    if (length < 4 || length > limit) {
      throw MalformedMessageException.violation(
          kind.messageName(), "a length of " + length + " is outside 4 to " + limit);
    }
    return length + 1;
  }

  private String end() {
    return fromClient ? "client" : "server";
  }

  private void hold(byte[] bytes, int offset, int length) {
    hold(bytes, offset, length, 1 << 30);
  }

  /**
   * @param most more than this is not expected; what is there is only doubled up to it
   */
  private void hold(byte[] bytes, int offset, int length, int most) {
    if (length == 0) {
      return;
    }
    if (length > limits.waiting() - heldLength) {
      throw MalformedMessageException.violation("the " + end(), "sent too much without waiting");
    }
    int need = heldLength + length;
    if (need > held.length) {
      held = Arrays.copyOf(held, (int) Math.max(need, Math.min(held.length * 2L, most)));
    }
    System.arraycopy(bytes, offset, held, heldLength, length);
    heldLength = need;
  }

  private void shrink() {
    if (heldLength == 0 && held.length > KEPT_BUFFER) {
      held = EMPTY;
    }
  }
}
