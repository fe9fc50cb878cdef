package io.pgguard.audit;

import io.pgguard.internal.storage.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A parameter's value as the log and the recording keep it. Immutable.
 *
 * @param typeOid the type that the client named, or 0 where the server infers it
 * @param form how {@code content} is written
 * @param content the value, or its beginning; empty for NULL
 * @param length the length of the whole value in bytes; -1 for NULL
 * @param sha256 the hash of the whole value in hexadecimal where {@code content} holds only its
 *     beginning, else null
 */
public record LoggedValue(
    int typeOid, Form form, String content, int length, @Nullable String sha256) {

  /** The most bytes of a value that are kept; of longer ones the beginning and the hash. */
  public static final int KEPT_BYTES = 64 * 1024;

  /** How the content is written. */
  public enum Form {
    /** SQL NULL. */
    NULL,
    /** The value's own text. */
    TEXT,
    /**
     * Base64 (RFC 4648, section 4) of bytes in PostgreSQL's binary format, or that are no UTF-8.
     */
    BINARY
  }

  public LoggedValue {
    Objects.requireNonNull(form, "form");
    Objects.requireNonNull(content, "content");
  }

  /**
   * A value as it goes to the server in a Bind message.
   *
   * @param bytes the value, or null for SQL NULL
   */
  public static LoggedValue of(int typeOid, boolean binary, byte @Nullable [] bytes) {
    if (bytes == null) {
      return new LoggedValue(typeOid, Form.NULL, "", -1, null);
    }
    boolean whole = bytes.length <= KEPT_BYTES;
    int kept = whole ? bytes.length : keep(bytes, binary);
    String sha256 = whole ? null : Sha256.hex(Sha256.fresh().digest(bytes));
    String text = binary ? null : text(bytes, kept);
    if (text != null) {
      return new LoggedValue(typeOid, Form.TEXT, text, bytes.length, sha256);
    }
    ByteBuffer encoded = Base64.getEncoder().encode(ByteBuffer.wrap(bytes, 0, kept).slice());
    String content = StandardCharsets.US_ASCII.decode(encoded).toString();
    return new LoggedValue(typeOid, Form.BINARY, content, bytes.length, sha256);
  }

  /** Where to cut: not inside a UTF-8 character. */
  private static int keep(byte[] bytes, boolean binary) {
    int end = KEPT_BYTES;
    while (!binary && end > KEPT_BYTES - 4 && (bytes[end] & 0xC0) == 0x80) {
      end--;
    }
    return end;
  }

  private static @Nullable String text(byte[] bytes, int length) {
    int seen = 0;
    for (int i = 0; i < length; i++) {
      seen |= bytes[i];
    }
    if (seen >= 0) { // ASCII, which needs no decoder
      return new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
    }
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(bytes, 0, length))
          .toString();
    } catch (CharacterCodingException notText) {
      return null; // the caller writes it in Base64 instead
    }
  }
}
