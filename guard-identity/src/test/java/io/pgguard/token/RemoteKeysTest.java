package io.pgguard.token;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import io.pgguard.identity.DenyList;
import io.pgguard.identity.KeysUnavailableException;
import io.pgguard.identity.TokenProblem;
import io.pgguard.identity.TokenRefusedException;
import java.io.IOException;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A provider that rotates its keys, fails, and is asked for names that strangers make up. */
class RemoteKeysTest {
  private static final Minted MINTED = new Minted();
  private static final RemoteKeys.Times TIMES =
      new RemoteKeys.Times(Duration.ofMinutes(5), Duration.ofHours(12), 3, Duration.ofSeconds(10));

  private long now;
  private int asked;
  private boolean down;
  private RSAKey published = MINTED.rsa;
  private final RemoteKeys keys =
      new RemoteKeys(Minted.ISSUER, this::answer, TIMES, Runnable::run, () -> now);

  private KeySet answer() throws IOException {
    asked++;
    if (down) {
      throw new IOException("connection refused");
    }
    try {
      return KeySet.read(new JWKSet(published).toPublicJWKSet().toString());
    } catch (ParseException e) {
      throw new IllegalStateException(e);
    }
  }

  private void pass(Duration time) {
    now += time.toNanos();
  }

  @Test
  void knownKey_isNotAskedForAgain() throws Exception {
    keys.warmUp();
    for (int i = 0; i < 100; i++) {
      assertEquals(1, keys.find("rsa").size());
    }
    assertEquals(1, asked);
  }

  @Test
  void rotation_isSeenAtOnce_alsoASecondTime() throws Exception {
    keys.warmUp();
    published = MINTED.other;
    assertFalse(keys.find("other").isEmpty());
    published = new RSAKey.Builder(MINTED.rsa).keyID("third").build();
    assertFalse(keys.find("third").isEmpty());
    TokenRefusedException gone =
        assertThrows(TokenRefusedException.class, () -> keys.find("rsa"), "a key that is gone");
    assertEquals(TokenProblem.KEYS_UNAVAILABLE, gone.problem(), "the fourth question in a moment");
    pass(Duration.ofSeconds(10));
    gone = assertThrows(TokenRefusedException.class, () -> keys.find("rsa"));
    assertEquals(TokenProblem.UNKNOWN_KEY, gone.problem());
  }

  @Test
  void namesThatStrangersMakeUp_doNotReachTheProvider() throws Exception {
    keys.warmUp();
    for (int i = 0; i < 1_000; i++) {
      String name = "made up " + i;
      assertThrows(TokenRefusedException.class, () -> keys.find(name));
    }
    assertEquals(3, asked);
    assertFalse(keys.find("rsa").isEmpty(), "known keys go on serving");
  }

  @Test
  void outage_leavesKnownKeysForABoundedTime() throws Exception {
    keys.warmUp();
    down = true;
    for (int hours = 0; hours < 12; hours++) {
      assertFalse(keys.find("rsa").isEmpty(), "after " + hours + " hours");
      assertThrows(KeysUnavailableException.class, () -> keys.find("new"), "nobody can say");
      pass(Duration.ofHours(1));
    }
    pass(Duration.ofSeconds(1));
    assertThrows(KeysUnavailableException.class, () -> keys.find("rsa"));
    assertTrue(keys.known("rsa").isEmpty());
    down = false;
    pass(Duration.ofSeconds(10));
    assertFalse(keys.find("rsa").isEmpty(), "it is back");
  }

  @Test
  void whoeverWaitedForAnAnswerThatDidNotCome_isToldSoToo() throws Exception {
    List<RemoteKeys> slow = new ArrayList<>();
    List<TokenRefusedException> refused = Collections.synchronizedList(new ArrayList<>());
    Thread waits =
        new Thread(
            () ->
                refused.add(
                    assertThrows(TokenRefusedException.class, () -> slow.get(0).find("waits"))));
    slow.add(
        new RemoteKeys(
            Minted.ISSUER,
            () -> {
              if (++asked == 1) {
                waits.start();
                while (waits.getState() != Thread.State.WAITING) {
                  Thread.onSpinWait();
                }
              }
              now++;
              throw new IOException("it does not answer");
            },
            TIMES,
            Runnable::run,
            () -> now));
    assertThrows(KeysUnavailableException.class, () -> slow.get(0).find("asks"));
    waits.join();
    assertEquals(TokenProblem.KEYS_UNAVAILABLE, refused.get(0).problem());
    assertEquals(2, asked, "one question, and once more since the first failed");
  }

  @Test
  void oneFailure_isNotTold() throws Exception {
    RemoteKeys flaky =
        new RemoteKeys(
            Minted.ISSUER,
            () -> {
              down = !down;
              return answer();
            },
            TIMES,
            Runnable::run,
            () -> now);
    assertFalse(flaky.find("rsa").isEmpty());
    assertEquals(2, asked);
  }

  @Test
  void disabledKey_endsWhatIsKnownOfItsTokens() throws Exception {
    Tokens tokens = new Tokens(DenyList.none(), () -> Instant.ofEpochSecond(Minted.NOW));
    tokens.add(HostileTokensTest.issuer(), keys);
    assertEquals("ana-1", tokens.verify(MINTED.good()).subject());
    assertEquals("ana-1", tokens.verify(MINTED.good()).subject());
    assertEquals(1, asked);
    published = MINTED.other;
    pass(Duration.ofMinutes(6));
    keys.known("rsa"); // sees that it is old, and asks
    pass(Duration.ofSeconds(20));
    TokenRefusedException refused =
        assertThrows(TokenRefusedException.class, () -> tokens.verify(MINTED.good()));
    assertEquals(TokenProblem.UNKNOWN_KEY, refused.problem());
  }

  @Test
  void anotherKeyOfTheSameName_endsItToo() throws Exception {
    Tokens tokens = new Tokens(DenyList.none(), () -> Instant.ofEpochSecond(Minted.NOW));
    tokens.add(HostileTokensTest.issuer(), keys);
    tokens.verify(MINTED.good());
    published = new RSAKey.Builder(MINTED.other).keyID("rsa").build();
    pass(Duration.ofMinutes(6));
    keys.known("rsa");
    TokenRefusedException refused =
        assertThrows(TokenRefusedException.class, () -> tokens.verify(MINTED.good()));
    assertEquals(TokenProblem.SIGNATURE, refused.problem());
  }
}
