package io.pgguard.mask;

import java.security.GeneralSecurityException;
import javax.crypto.Mac;

/** HMAC-SHA-256 (RFC 2104) with buffers that are used again. Not thread-safe. */
final class KeyedHash {
  static final String ALGORITHM = "HmacSHA256";
  static final int BYTES = 32;

  private final Mac mac;
  private final byte[] digest = new byte[BYTES];

  KeyedHash(MaskKey key) {
    try {
      mac = Mac.getInstance(ALGORITHM);
      mac.init(key.secret());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java has no " + ALGORITHM + ", which it must have", e);
    }
  }

  /** The hash of a slice; valid until the next call. */
  byte[] of(byte[] in, int offset, int length) {
    mac.update(in, offset, length);
    try {
      mac.doFinal(digest, 0);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a buffer of 32 bytes holds every SHA-256", e);
    }
    return digest;
  }
}
