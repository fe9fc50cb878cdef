package io.pgguard.mask;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;

/** Tells whether a text is JSON (RFC 8259). Stateless. */
final class JsonText {
  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  private JsonText() {}

  /** Whether the server's json takes this text. */
  static boolean isDocument(String text) {
    try {
      return !MAPPER.readTree(text).isMissingNode();
    } catch (JsonProcessingException e) {
      return false; // the answer
    }
  }

  /** Whether the server's json and jsonb both take this text. */
  static boolean isValid(String text) {
    // jsonb refuses escapes for NUL and lone surrogates, so constants do without any.
    return !text.contains("\\u") && isDocument(text);
  }
}
