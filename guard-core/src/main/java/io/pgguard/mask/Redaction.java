package io.pgguard.mask;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** What stands where a text was redacted. Stateless. */
final class Redaction {
  /** Needs no quotes in an array, a row, a JSON string or a CSV field. */
  static final byte[] TEXT = "[redacted]".getBytes(StandardCharsets.UTF_8);

  private static final byte[] JSON = "\"[redacted]\"".getBytes(StandardCharsets.UTF_8);

  private Redaction() {}

  /** The text that stands for a hidden value of a kind; null where NULL does. */
  static byte @Nullable [] of(ValueKind kind) {
    return switch (kind) {
      case TEXT, PADDED_TEXT, NAME -> TEXT.clone();
      case JSON, JSONB -> JSON.clone();
      default -> null;
    };
  }
}
