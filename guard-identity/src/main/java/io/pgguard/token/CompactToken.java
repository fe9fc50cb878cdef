package io.pgguard.token;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pgguard.identity.TokenProblem;
import io.pgguard.identity.TokenRefusedException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * A signed token in its compact form (RFC 7515, section 3.1), taken apart and not yet believed.
 * Immutable.
 *
 * @param text the whole token
 * @param header its first part
 * @param payload its second part
 */
record CompactToken(String text, ObjectNode header, ObjectNode payload) {
  /** A token with 200 groups takes 10 KB. */
  static final int MOST_CHARACTERS = 32 << 10;

  /** Claims of providers nest two or three levels; what nests deeper was made to cost something. */
  private static final int DEEPEST = 12;

  private static final int LONGEST_NUMBER = 30;

  private static final JsonMapper JSON = mapper(true);
  private static final JsonMapper TAKES_DUPLICATES = mapper(false);

  private static JsonMapper mapper(boolean strict) {
    JsonFactory factory =
        JsonFactory.builder()
            .configure(StreamReadFeature.STRICT_DUPLICATE_DETECTION, strict)
            .streamReadConstraints(
                StreamReadConstraints.builder()
                    .maxNestingDepth(DEEPEST)
                    .maxNumberLength(LONGEST_NUMBER)
                    .build())
            .build();
    return JsonMapper.builder(factory)
        .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
        .build();
  }

  static CompactToken read(String text) throws TokenRefusedException {
    if (text.length() > MOST_CHARACTERS) {
      throw no(TokenProblem.TOO_LONG, "it has " + text.length() + " characters");
    }
    String[] parts = text.split("\\.", -1);
    if (parts.length == 5) {
      throw no(TokenProblem.ENCRYPTED, "it is encrypted (JWE); Guard takes signed tokens");
    }
    if (parts.length != 3) {
      throw no(TokenProblem.FORM, "it is not three parts with dots between them");
    }
    ObjectNode header = object(parts[0], "header");
    ObjectNode payload = object(parts[1], "payload");
    bytes(parts[2], "signature");
    return new CompactToken(text, header, payload);
  }

  /** What is signed (RFC 7515, section 5.1). */
  byte[] signed() {
    return text.substring(0, text.lastIndexOf('.')).getBytes(StandardCharsets.US_ASCII);
  }

  /** The first part, as it stands. */
  String headerPart() {
    return text.substring(0, text.indexOf('.'));
  }

  /** The third part, as it stands. */
  String signaturePart() {
    return text.substring(text.lastIndexOf('.') + 1);
  }

  private static ObjectNode object(String part, String name) throws TokenRefusedException {
    String json;
    try {
      json =
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes(part, name))).toString();
    } catch (CharacterCodingException e) {
      throw no(TokenProblem.NOT_JSON, "its " + name + " is no UTF-8");
    }
    try {
      JsonNode node = JSON.readTree(json);
      if (node instanceof ObjectNode object) {
        return object;
      }
      throw no(TokenProblem.NOT_JSON, "its " + name + " is no JSON object");
    } catch (StreamConstraintsException e) {
      throw no(TokenProblem.TOO_DEEP, "its " + name + " nests too deep or has too long a number");
    } catch (JsonProcessingException e) {
      throw isJsonOtherwise(json)
          ? no(TokenProblem.DUPLICATE, "its " + name + " names one key twice")
          : no(TokenProblem.NOT_JSON, "its " + name + " is no JSON");
    }
  }

  /** Jackson has no class of its own for a key that comes twice: all else is taken then. */
  private static boolean isJsonOtherwise(String json) {
    try {
      return TAKES_DUPLICATES.readTree(json) != null;
    } catch (JsonProcessingException e) {
      return false;
    }
  }

  private static byte[] bytes(String part, String name) throws TokenRefusedException {
    try {
      byte[] bytes = Base64.getUrlDecoder().decode(part);
      String again = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
      if (!again.equals(part)) { // padding, or bits behind the last byte: two texts of one token
        throw no(TokenProblem.NOT_BASE64, "its " + name + " is not written in the one form");
      }
      return bytes;
    } catch (IllegalArgumentException e) {
      throw no(TokenProblem.NOT_BASE64, "its " + name + " is no base64url");
    }
  }

  static TokenRefusedException no(TokenProblem problem, String why) {
    return new TokenRefusedException(problem, why);
  }

  /** JSON that came from a provider, under the same rules. */
  static ObjectNode provided(byte[] json) throws IOException {
    if (JSON.readTree(json) instanceof ObjectNode object) {
      return object;
    }
    throw new IOException("no JSON object");
  }
}
