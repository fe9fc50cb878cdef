package io.pgguard.pgwire.session;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Damaged streams of either end: nothing goes on for ever, the client waits for nothing that does
 * not come, no text reaches the server undecided, no protected byte reaches the client. Each stream
 * has a seed of its own: {@code -Dguard.fuzz.seed=S -Dguard.fuzz.streams=1} plays it again.
 */
class StreamFuzzTest {
  private static final int STREAMS = Integer.getInteger("guard.fuzz.streams", 2_000);

  @Test
  void damagedStreamsOfClients_reachNoServerUndecided() {
    run("client", false);
  }

  @Test
  void damagedStreamsOfServers_showNothingProtected() {
    run("server", true);
  }

  private static void run(String end, boolean damagesServer) {
    long seed = Long.getLong("guard.fuzz.seed", new Random().nextLong());
    System.out.println("StreamFuzzTest " + end + " seed " + seed + ", " + STREAMS + " streams");
    int ended = 0;
    for (int i = 0; i < STREAMS; i++) {
      try {
        ended += FuzzedConversation.hold(seed + i, damagesServer) ? 1 : 0;
      } catch (Exception | AssertionError e) {
        throw new AssertionError("damaged " + end + ", seed " + (seed + i) + ": " + e, e);
      }
    }
    assertTrue(STREAMS == 1 || ended > STREAMS / 20, "the damage was felt: " + ended);
    assertTrue(STREAMS == 1 || ended < STREAMS, "some go on: " + ended);
  }
}
