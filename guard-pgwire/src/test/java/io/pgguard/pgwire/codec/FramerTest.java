package io.pgguard.pgwire.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pgguard.pgwire.message.Bytes;
import io.pgguard.pgwire.message.MalformedMessageException;
import io.pgguard.pgwire.message.MessageWriter;
import io.pgguard.pgwire.message.Query;
import io.pgguard.pgwire.message.Sync;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FramerTest {

  private static final class Taken implements FrameHandler {
    final List<String> frames = new ArrayList<>();
    boolean refuse;

    @Override
    public boolean frame(byte[] bytes, int offset, int length) {
      if (!refuse) {
        frames.add((char) bytes[offset] + ":" + length);
      }
      return !refuse;
    }

    @Override
    public void pause() {}
  }

  private static byte[] three() {
    MessageWriter out = new MessageWriter();
    new Query("SELECT 1").encode(out);
    new Sync().encode(out);
    new Query("").encode(out);
    return out.toByteArray();
  }

  @Test
  void everyPairOfSplits_givesTheSameMessages() throws IOException {
    byte[] bytes = three();
    for (int a = 0; a <= bytes.length; a++) {
      for (int b = a; b <= bytes.length; b++) {
        Taken taken = new Taken();
        Framer framer = Framer.fromClient(WireLimits.DEFAULT);
        framer.feed(bytes, 0, a, taken);
        framer.feed(bytes, a, b - a, taken);
        framer.feed(bytes, b, bytes.length - b, taken);
        assertEquals(List.of("Q:14", "S:5", "Q:6"), taken.frames);
      }
    }
  }

  @Test
  void refusedMessages_areKeptInOrderUntilResumed() throws IOException {
    byte[] bytes = three();
    for (int a = 0; a <= bytes.length; a++) {
      Taken taken = new Taken();
      taken.refuse = true;
      Framer framer = Framer.fromClient(WireLimits.DEFAULT);
      framer.feed(bytes, 0, a, taken);
      framer.feed(bytes, a, bytes.length - a, taken);
      assertTrue(framer.waiting());
      taken.refuse = false;
      framer.resume(taken);
      assertEquals(List.of("Q:14", "S:5", "Q:6"), taken.frames);
    }
  }

  @Test
  void lengthsOutOfBounds_areRefusedFromTheHeaderAlone() {
    for (int length : new int[] {-1, 0, 3, WireLimits.DEFAULT.text() + 1, Integer.MAX_VALUE}) {
      byte[] header = {'Q', 0, 0, 0, 0};
      Bytes.int32(header, 1, length);
      Framer framer = Framer.fromClient(WireLimits.DEFAULT);
      MalformedMessageException e =
          assertThrows(
              MalformedMessageException.class, () -> framer.feed(header, 0, 5, new Taken()));
      assertEquals("Query", e.messageName());
    }
  }

  @Test
  void anUnknownType_isRefused() {
    Framer framer = Framer.fromServer(WireLimits.DEFAULT);
    byte[] bytes = {'?', 0, 0, 0, 4};
    assertThrows(MalformedMessageException.class, () -> framer.feed(bytes, 0, 5, new Taken()));
  }
}
