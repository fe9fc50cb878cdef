package io.pgguard.internal.storage;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 (FIPS 180-4), which every Java platform has. Thread-safe. */
public final class Sha256 {
  private static final HexFormat HEX = HexFormat.of();
  private static final MessageDigest EMPTY = made();

  private Sha256() {}

  /**
   * A fresh digest. A copy of one that is kept, since to look one up takes longer than to use it.
   */
  public static MessageDigest fresh() {
    try {
      return (MessageDigest) EMPTY.clone();
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException("this Java's SHA-256 cannot be cloned; use its own", e);
    }
  }

  private static MessageDigest made() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java has no SHA-256, which every Java must have", e);
    }
  }

  /** A hash in lower-case hexadecimal. */
  public static String hex(byte[] hash) {
    return HEX.formatHex(hash);
  }
}
