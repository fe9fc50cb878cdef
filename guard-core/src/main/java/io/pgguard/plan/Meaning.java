package io.pgguard.plan;

import io.pgguard.judge.StatementAnalysis;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Objects;

/**
 * A fingerprint of what a text means: what its names stand for and how these are defined, the role
 * that it runs as, and the settings that could make it do something else. Two runs of one text with
 * one meaning do the same to the same rows. Short, stable, the same in every process. Immutable.
 *
 * @param hex 32 hexadecimal digits
 */
public record Meaning(String hex) {
  public Meaning {
    Objects.requireNonNull(hex, "hex");
    if (hex.length() != 32) {
      throw new IllegalArgumentException("a meaning has 32 hexadecimal digits");
    }
  }

  /**
   * What a text means.
   *
   * @param role the role that it runs as
   * @param settings the session's settings that matter to it, as a stable text
   */
  public static Meaning of(TextPlan text, String role, String settings) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      add(sha, role);
      add(sha, settings);
      for (StatementAnalysis part : text.parts()) {
        add(sha, part.touched().text());
      }
      return new Meaning(HexFormat.of().formatHex(sha.digest(), 0, 16));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private static void add(MessageDigest sha, String part) {
    byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
    sha.update((byte) (bytes.length >>> 24));
    sha.update((byte) (bytes.length >>> 16));
    sha.update((byte) (bytes.length >>> 8));
    sha.update((byte) bytes.length);
    sha.update(bytes);
  }

  @Override
  public String toString() {
    return hex;
  }
}
