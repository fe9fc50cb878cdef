package io.pgguard.approval;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What an approval is bound to: the principal, the database, the exact text and what it means, and
 * each value with its type and format. One changed byte gives another digest. SHA-256 (FIPS 180-4)
 * over the parts, each preceded by its length, so that no two lists of parts run into the same
 * bytes. Immutable and thread-safe.
 *
 * @param hex 64 hexadecimal digits
 */
public record StatementDigest(String hex) {
  public StatementDigest {
    Objects.requireNonNull(hex, "hex");
    if (hex.length() != 64) {
      throw new IllegalArgumentException("a digest has 64 hexadecimal digits, not " + hex.length());
    }
  }

  /**
   * Begins a digest without values.
   *
   * @param meaning a fingerprint of what the text's names stand for
   */
  public static Builder of(String subject, String database, String text, String meaning) {
    return new Builder().part(subject).part(database).part(text).part(meaning);
  }

  @Override
  public String toString() {
    return hex;
  }

  /** Takes the values in order. Used by one thread, once. */
  public static final class Builder {
    private final MessageDigest sha;

    private Builder() {
      try {
        sha = MessageDigest.getInstance("SHA-256");
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException("every Java has SHA-256", e);
      }
      part("guard-approval-2");
    }

    private Builder part(String text) {
      return part(text.getBytes(StandardCharsets.UTF_8));
    }

    private Builder part(byte[] bytes) {
      sha.update(ByteBuffer.allocate(4).putInt(0, bytes.length));
      sha.update(bytes);
      return this;
    }

    /**
     * Adds a value as it goes to the server in a Bind message.
     *
     * @param typeOid the type that the client named, or 0
     * @param binary whether it is in the binary format
     * @param bytes the value, or null for SQL NULL
     */
    public Builder value(int typeOid, boolean binary, byte @Nullable [] bytes) {
      sha.update(
          ByteBuffer.allocate(6)
              .putInt(typeOid)
              .put((byte) (binary ? 1 : 0))
              .put((byte) (bytes == null ? 0 : 1))
              .flip());
      return bytes == null ? this : part(bytes);
    }

    /** The digest of all that was given. */
    public StatementDigest digest() {
      return new StatementDigest(HexFormat.of().formatHex(sha.digest()));
    }
  }
}
