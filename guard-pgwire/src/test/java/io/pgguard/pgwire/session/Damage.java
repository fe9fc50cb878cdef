package io.pgguard.pgwire.session;

import io.pgguard.pgwire.message.Bytes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Damages streams of messages: whole messages, their lengths, and single bytes. */
final class Damage {
  private static final byte[] TYPES = "PBDECSHQFdcfXpRKvZTtDANGHWsIn123V?".getBytes();
  private static final int[] NUMBERS = {
    0, 1, 2, 3, 4, 5, 255, 65535, -1, -2, Integer.MAX_VALUE, Integer.MIN_VALUE, 1 << 24
  };

  private final Random random;

  Damage(Random random) {
    this.random = random;
  }

  /** Damages a list of whole messages in a few places. */
  void messages(List<byte[]> messages, int places) {
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
      Bytes.int32(cut, 1, length - 1);
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
            Bytes.int32(damaged, at, NUMBERS[random.nextInt(NUMBERS.length)]);
          }
        }
        case 4 -> put(damaged, at, damaged[random.nextInt(damaged.length)]);
        default -> put(damaged, at, (byte) random.nextInt(256));
      }
    }
    return damaged;
  }

  /** No damage makes a byte that only protected values have. */
  private static void put(byte[] bytes, int at, byte value) {
    if (value != StandInResults.CANARY) {
      bytes[at] = value;
    }
  }

  /** Whole messages of bytes that are well formed. */
  static List<byte[]> split(byte[] bytes) {
    List<byte[]> messages = new ArrayList<>();
    for (int at = 0; at < bytes.length; ) {
      int next = at + 1 + Bytes.int32(bytes, at + 1);
      messages.add(Arrays.copyOfRange(bytes, at, next));
      at = next;
    }
    return messages;
  }

  static byte[] join(List<byte[]> messages) {
    byte[] all = new byte[messages.stream().mapToInt(message -> message.length).sum()];
    int at = 0;
    for (byte[] message : messages) {
      System.arraycopy(message, 0, all, at, message.length);
      at += message.length;
    }
    return all;
  }
}
