package io.pgguard.audit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;

/**
 * Verifies a log as docs/audit.md tells it, with a JSON parser and no regard for speed: what {@link
 * LogVerifier} is held against. Throws for whatever is wrong.
 */
final class SlowVerifier {
  private static final ObjectMapper JSON = new ObjectMapper();

  private SlowVerifier() {}

  /** Whether the segments hold; checkpoints are not looked at. */
  static boolean holds(Path directory) {
    try {
      String prev = "0".repeat(64);
      long seq = 1;
      long segment = 1;
      for (Path file : Segments.list(directory)) {
        // Every byte has a character of its own here, so that hashing the text hashes the bytes.
        String text = Files.readString(file, StandardCharsets.ISO_8859_1);
        require(text.endsWith("\n"));
        String[] lines = text.substring(0, text.length() - 1).split("\n", -1);
        for (int i = 0; i < lines.length; i++) {
          ObjectNode line = (ObjectNode) JSON.readTree(bytes(lines[i]));
          require(line.path("prev").asText().equals(prev) && line.path("seq").asLong() == seq);
          require(i > 0 ? line.has("event") : line.path("segment").asLong() == segment);
          prev = hash(lines[i], line);
          seq += i > 0 ? 1 : 0;
        }
        segment++;
      }
      return segment > 1;
    } catch (Exception broken) {
      return false;
    }
  }

  private static String hash(String text, JsonNode line) throws Exception {
    int at = text.lastIndexOf(",\"hash\":\"");
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    digest.update("guard-audit-1\n".getBytes(StandardCharsets.US_ASCII));
    String hash = HexFormat.of().formatHex(digest.digest(bytes(text.substring(0, at))));
    require(text.substring(at).equals(",\"hash\":\"" + hash + "\"}"));
    require(line.path("hash").asText().equals(hash));
    return hash;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static void require(boolean condition) throws IOException {
    if (!condition) {
      throw new IOException("broken");
    }
  }
}
