package io.pgguard.testkit;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * Damages streams of PostgreSQL messages: whole messages, their lengths, and single bytes. Used by
 * one thread.
 */
public final class Damage {
  private static final byte[] TYPES =
      "PBDECSHQFdcfXpRKvZTtDANGHWsIn123V?".getBytes(StandardCharsets.US_ASCII);
  private static final int[] NUMBERS = {
    0, 1, 2, 3, 4, 5, 255, 65535, -1, -2, Integer.MAX_VALUE, Integer.MIN_VALUE, 1 << 24
  };

  private final Random random;
  private final int spared;

  /** Damage that may make any byte. */
  public Damage(Random random) {
    this(random, -1);
  }

  /**
   * @param spared a byte that damage never makes, 0 to 255; -1 for none
   */
  public Damage(Random random, int spared) {
    this.random = random;
    this.spared = spared;
  }

  /** Damages a list of whole messages in a few places. */
  public void messages(List<byte[]> messages, int places) {
    for (int left = places; left > 0 && !messages.isEmpty(); left--) {
      int at = random.nextInt(messages.size());
      switch (random.nextInt(8)) {
        case 0 -> messages.remove(at);
        case 1 -> messages.add(random.nextInt(messages.size() + 1), messages.get(at));
        case 2 -> messages.add(random.nextInt(messages.size()), messages.remove(at));
        case 3 -> messages.set(at, cut(messages.get(at)));
        default -> messages.set(at, bytes(messages.get(at)));
      }
    }
  }

  /** One message that starts with another's part, its length mended or not. */
  private byte[] cut(byte[] message) {
    if (message.length == 0) {
      return message;
    }
    int length = random.nextInt(message.length + 8);
    byte[] cut = Arrays.copyOf(message, length);
    if (length >= 5 && random.nextInt(4) > 0) {
      ByteBuffer.wrap(cut).putInt(1, length - 1);
    }
    return cut;
  }

  private byte[] bytes(byte[] message) {
    if (message.length == 0) {
      return message;
    }
    byte[] damaged = message.clone();
    for (int left = 1 + random.nextInt(3); left > 0; left--) {
      int at = random.nextInt(damaged.length);
      switch (random.nextInt(6)) {
        case 0 -> put(damaged, 0, TYPES[random.nextInt(TYPES.length)]);
        case 1 -> put(damaged, at, (byte) (damaged[at] ^ 1 << random.nextInt(8)));
        case 2 -> put(damaged, at, (byte) NUMBERS[random.nextInt(NUMBERS.length)]);
        case 3 -> {
          if (at + 4 <= damaged.length) {
            ByteBuffer.wrap(damaged).putInt(at, NUMBERS[random.nextInt(NUMBERS.length)]);
          }
        }
        case 4 -> put(damaged, at, damaged[random.nextInt(damaged.length)]);
        default -> put(damaged, at, (byte) random.nextInt(256));
      }
    }
    return damaged;
  }

  private void put(byte[] bytes, int at, byte value) {
    if ((value & 0xff) != spared) {
      bytes[at] = value;
    }
  }

  /** The messages of a stream that is well formed and ends with a message. */
  public static List<byte[]> split(byte[] bytes) {
    List<byte[]> messages = new ArrayList<>();
    for (int at = 0; at < bytes.length; ) {
      int next = at + 1 + ByteBuffer.wrap(bytes).getInt(at + 1);
      messages.add(Arrays.copyOfRange(bytes, at, next));
      at = next;
    }
    return messages;
  }

  /** A stream of messages. */
  public static byte[] join(List<byte[]> messages) {
    byte[] all = new byte[messages.stream().mapToInt(message -> message.length).sum()];
    int at = 0;
    for (byte[] message : messages) {
      System.arraycopy(message, 0, all, at, message.length);
      at += message.length;
    }
    return all;
  }
}
