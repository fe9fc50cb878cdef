package io.pgguard.pgwire.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pgguard.pgwire.codec.WireLimits;
import io.pgguard.pgwire.message.Bind;
import io.pgguard.pgwire.message.CommandComplete;
import io.pgguard.pgwire.message.DataRow;
import io.pgguard.pgwire.message.Message;
import io.pgguard.pgwire.message.Query;
import io.pgguard.pgwire.message.ReadyForQuery;
import io.pgguard.pgwire.session.RecordedConversation.Outcome;
import io.pgguard.pgwire.session.RecordedConversation.Turn;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class WireSessionTest {
  private static final int FUZZ_ROUNDS = Integer.getInteger("guard.fuzz.recorded", 2_000);

  @Test
  void everySplitPoint_givesTheSameResult() throws IOException {
    List<Turn> turns = new RecordedConversation().turns;
    Outcome whole = RecordedConversation.play(turns, new int[0], new ScriptedGuard());
    assertFalse(whole.closed(), whole.toClient());
    assertEquals(6, masks(whole), "each row is masked");
    int longest = turns.stream().mapToInt(turn -> turn.bytes().length).max().orElseThrow();
    for (int cut = 1; cut < longest; cut++) {
      assertEquals(
          whole, RecordedConversation.play(turns, new int[] {cut}, new ScriptedGuard()), "" + cut);
    }
    int[] each = new int[longest];
    for (int i = 0; i < longest; i++) {
      each[i] = i;
    }
    assertEquals(whole, RecordedConversation.play(turns, each, new ScriptedGuard()));
  }

  private static int masks(Outcome outcome) {
    return outcome.toClient().split("\\*\\*\\*", -1).length - 1;
  }

  @Test
  void damagedBytes_neverThrowAndNeverLetARowThrough() throws IOException {
    long seed = new Random().nextLong();
    System.out.println("WireSessionTest fuzz seed " + seed);
    Random random = new Random(seed);
    List<Turn> turns = new RecordedConversation().turns;
    int closed = 0;
    for (int round = 0; round < FUZZ_ROUNDS; round++) {
      ScriptedGuard guard = new ScriptedGuard();
      guard.silent = true;
      guard.masked = column -> true;
      Outcome outcome = RecordedConversation.play(damage(turns, random), cuts(random), guard);
      assertFalse(showsRow(outcome.toClient()), () -> "seed " + seed + ": the canary came through");
      assertFalse(
          outcome.toClient().contains("it failed; its log"), () -> "seed " + seed + ": a bug");
      closed += outcome.closed() ? 1 : 0;
    }
    assertTrue(closed > FUZZ_ROUNDS / 10, "the damage was felt: " + closed);
  }

  @Test
  void whereAThreadMustNotWait_theSameComesOut() throws IOException {
    long seed = new Random().nextLong();
    System.out.println("WireSessionTest waiting seed " + seed);
    Random random = new Random(seed);
    List<Turn> turns = new RecordedConversation().turns;
    for (int round = 0; round < FUZZ_ROUNDS / 3; round++) {
      List<Turn> played = round % 2 == 0 ? turns : damage(turns, random);
      int[] cuts = cuts(random);
      Outcome waiting = RecordedConversation.play(played, cuts, new ScriptedGuard());
      ScriptedGuard guard = new ScriptedGuard();
      guard.waits = random;
      Outcome atOnce = RecordedConversation.play(played, cuts, guard);
      assertEquals(waiting, atOnce, () -> "seed " + seed);
    }
  }

  /**
   * Whether a value of a row stands in a message that could bring one. A damaged length makes a
   * description of what follows it: names of columns are the server's own words.
   */
  private static boolean showsRow(String bytes) {
    int at = 0;
    while (at + 5 <= bytes.length()) {
      int length = 0;
      for (int i = 1; i < 5; i++) {
        length = length << 8 | bytes.charAt(at + i) & 0xff;
      }
      int end = Math.min(at + 1 + length, bytes.length());
      boolean described = bytes.charAt(at) == 'T';
      if (!described && bytes.substring(at, end).contains(RecordedConversation.CANARY)) {
        return true;
      }
      at = Math.max(end, at + 1);
    }
    return bytes.substring(Math.min(at, bytes.length())).contains(RecordedConversation.CANARY);
  }

  private static int[] cuts(Random random) {
    return random.nextBoolean() ? new int[0] : new int[] {random.nextInt(80)};
  }

  private static List<Turn> damage(List<Turn> turns, Random random) {
    List<Turn> damaged = new ArrayList<>(turns);
    for (int i = random.nextInt(3); i >= 0; i--) {
      int victim = random.nextInt(damaged.size());
      Turn turn = damaged.get(victim);
      if (turn.bytes().length == 0) {
        continue; // cut away before
      }
      byte[] bytes = turn.bytes().clone();
      switch (random.nextInt(5)) {
        case 0 -> bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        case 1 -> bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
        case 2 -> damaged.add(random.nextInt(damaged.size()), turn);
        case 3 -> bytes = java.util.Arrays.copyOf(bytes, random.nextInt(bytes.length));
        default -> damaged.remove(victim);
      }
      if (damaged.size() > victim && damaged.get(victim) == turn) {
        damaged.set(victim, new Turn(turn.client(), bytes));
      }
    }
    return damaged;
  }

  private static Outcome play(Object... turns) throws IOException {
    List<Turn> list = new ArrayList<>();
    for (int i = 0; i < turns.length; i += 2) {
      list.add(new Turn(turns[i].equals("client"), ((Message) turns[i + 1]).toByteArray()));
    }
    return RecordedConversation.play(list, new int[0], new ScriptedGuard());
  }

  @Test
  void rowsThatNothingAskedFor_endTheConnection() throws IOException {
    Outcome outcome = play("server", new DataRow(new byte[][] {{'x'}}));
    assertTrue(outcome.closed());
    assertTrue(outcome.toClient().contains("08P01"));
    assertTrue(outcome.toServer().startsWith("X"));
  }

  @Test
  void moreStatementsThanCounted_endTheConnection() throws IOException {
    Outcome outcome =
        play(
            "client", new Query("SELECT 1"),
            "server", new CommandComplete("SELECT 1"),
            "server", new CommandComplete("SELECT 1"),
            "server", new ReadyForQuery('I'));
    assertTrue(outcome.closed());
  }

  @Test
  void aBodyThatIsMalformed_endsTheConnectionWithItsName() throws IOException {
    byte[] bind = new Bind("", "", new short[2], new byte[1][], new short[0]).toByteArray();
    Outcome outcome =
        RecordedConversation.play(List.of(new Turn(true, bind)), new int[0], new ScriptedGuard());
    assertTrue(outcome.closed());
    assertTrue(outcome.toClient().contains("Bind: 2 formats for 1 values"), outcome.toClient());
  }

  @Test
  void anUntranslatableText_isRefusedAndTheConnectionGoesOn() throws IOException {
    byte[] query = new Query("SELECT 'a'").toByteArray();
    query[query.length - 3] = (byte) 0xff;
    Outcome outcome =
        RecordedConversation.play(List.of(new Turn(true, query)), new int[0], new ScriptedGuard());
    assertFalse(outcome.closed());
    assertTrue(outcome.toServer().contains("Guard refused this statement"), outcome.toServer());
  }

  @Test
  void aMessageOverItsLimit_endsTheConnection() throws IOException {
    byte[] header = {'Q', 127, 0, 0, 0};
    Outcome outcome =
        RecordedConversation.play(List.of(new Turn(true, header)), new int[0], new ScriptedGuard());
    assertTrue(outcome.closed());
    assertTrue(WireLimits.DEFAULT.text() < 127 << 24);
  }
}
