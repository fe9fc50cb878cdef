package io.pgguard.token;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Logins that have begun, of which only the browser keeps something: a state that holds when it was
 * made. What else belongs to it follows by a key of this process, so nobody can fill a memory with
 * logins that never end. Thread-safe.
 */
final class Attempts {
  /** How long somebody may take at the provider. */
  static final Duration HOLD = Duration.ofMinutes(10);

  private static final int RANDOM_BYTES = 24;
  private static final String MAC = "HmacSHA256";
  private static final Base64.Encoder TEXT = Base64.getUrlEncoder().withoutPadding();

  private final SecureRandom random = new SecureRandom();
  private final SecretKeySpec key;
  private final InstantSource clock;

  Attempts(InstantSource clock) {
    this.clock = clock;
    byte[] secret = new byte[32];
    random.nextBytes(secret);
    key = new SecretKeySpec(secret, MAC);
  }

  /** A new state: when, what is random, and the seal over both. */
  String begin() {
    byte[] bytes = new byte[RANDOM_BYTES];
    random.nextBytes(bytes);
    ByteBuffer made = ByteBuffer.allocate(Long.BYTES + RANDOM_BYTES);
    made.putLong(clock.millis()).put(bytes);
    String plain = TEXT.encodeToString(made.array());
    return plain + "." + sealed("state", plain);
  }

  /** Whether the state that a browser kept is the one that came back, ours, and not too old. */
  boolean holds(String kept, String came) {
    int dot = kept.indexOf('.');
    if (dot < 0 || !same(kept, came)) {
      return false;
    }
    String plain = kept.substring(0, dot);
    if (!same(kept.substring(dot + 1), sealed("state", plain))) {
      return false;
    }
    Instant begun =
        Instant.ofEpochMilli(ByteBuffer.wrap(Base64.getUrlDecoder().decode(plain)).getLong());
    Instant now = clock.instant();
    return !now.isBefore(begun) && now.isBefore(begun.plus(HOLD));
  }

  /** What the ID token has to hold. */
  String nonce(String state) {
    return sealed("nonce", state);
  }

  /** What redeems the code: 43 characters (RFC 7636, section 4.1). */
  String verifier(String state) {
    return sealed("verifier", state);
  }

  /** What is shown of the verifier before (RFC 7636, section 4.2). */
  static String challenge(String verifier) {
    try {
      byte[] bytes = verifier.getBytes(StandardCharsets.US_ASCII);
      return TEXT.encodeToString(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private String sealed(String what, String text) {
    try {
      Mac mac = Mac.getInstance(MAC);
      mac.init(key);
      return TEXT.encodeToString(mac.doFinal((what + " " + text).getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has " + MAC, e);
    }
  }

  private static boolean same(String a, String b) {
    return MessageDigest.isEqual(
        a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));
  }
}
