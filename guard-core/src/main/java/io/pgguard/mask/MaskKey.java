package io.pgguard.mask;

import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * The secret under which {@link Mask.Hash} makes pseudonyms (HMAC-SHA-256). Whoever has it can test
 * guesses. Immutable and thread-safe; never shows in texts.
 */
public final class MaskKey {
  /** The shortest key that is accepted, in bytes. */
  public static final int LEAST_BYTES = 16;

  private final SecretKey secret;

  private MaskKey(SecretKey secret) {
    this.secret = secret;
  }

  /**
   * A key of these bytes.
   *
   * @throws IllegalArgumentException when there are fewer than {@value #LEAST_BYTES}
   */
  public static MaskKey of(byte[] secret) {
    if (secret.length < LEAST_BYTES) {
      throw new IllegalArgumentException(
          "the key of hash masks has "
              + secret.length
              + " bytes; give at least "
              + LEAST_BYTES
              + " random ones");
    }
    return new MaskKey(new SecretKeySpec(secret, KeyedHash.ALGORITHM));
  }

  SecretKey secret() {
    return secret;
  }

  @Override
  public String toString() {
    return "MaskKey[secret]";
  }
}
