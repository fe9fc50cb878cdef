package io.pgguard.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A root over the log: who trusts it, trusts every entry up to it. One line of {@code
 * checkpoints.jsonl}. Immutable.
 *
 * @param segment the number of the segment that holds the entry
 * @param seq the entry's number; 0 when the log has none yet
 * @param hash the hash of the last line then
 * @param at when it was made
 */
public record Checkpoint(long segment, long seq, String hash, Instant at) {
  private static final byte[] DOMAIN = JsonLine.ascii("guard-checkpoint-1\n");
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String SIGNATURE = ",\"signature\":\"";

  public Checkpoint {
    Objects.requireNonNull(hash, "hash");
    Objects.requireNonNull(at, "at");
  }

  /** The line as it stands in the file, without its newline; signed where a key is given. */
  String line(@Nullable PrivateKey key) throws GeneralSecurityException {
    JsonLine json = new JsonLine(256);
    json.reset(0);
    json.beginObject()
        .field("segment", segment)
        .field("seq", seq)
        .field("hash", hash)
        .field("at", at);
    byte[] covered = Arrays.copyOf(json.bytes(), json.end());
    String text = new String(covered, StandardCharsets.UTF_8);
    if (key == null) {
      return text + "}";
    }
    Signature signature = Signature.getInstance("Ed25519");
    signature.initSign(key);
    signature.update(DOMAIN);
    signature.update(covered);
    return text + SIGNATURE + Base64.getEncoder().encodeToString(signature.sign()) + "\"}";
  }

  /** Reads a line, signed or not; empty when it has not the form of one. */
  static Optional<Checkpoint> parse(String line) {
    try {
      JsonNode json = JSON.readTree(line);
      if (!json.path("segment").isIntegralNumber()
          || !json.path("seq").isIntegralNumber()
          || !json.path("hash").isTextual()) {
        return Optional.empty();
      }
      return Optional.of(
          new Checkpoint(
              json.path("segment").longValue(),
              json.path("seq").longValue(),
              json.path("hash").textValue(),
              Instant.parse(json.path("at").asText())));
    } catch (JsonProcessingException | java.time.DateTimeException notOne) {
      return Optional.empty();
    }
  }

  /**
   * Whether a line carries the signature of the key's owner, and in the one form that is signed.
   */
  static boolean isSigned(String line, PublicKey key) {
    int at = line.lastIndexOf(SIGNATURE);
    if (at < 0 || !line.endsWith("\"}")) {
      return false;
    }
    try {
      String encoded = line.substring(at + SIGNATURE.length(), line.length() - 2);
      byte[] bytes = Base64.getDecoder().decode(encoded);
      Signature signature = Signature.getInstance("Ed25519");
      signature.initVerify(key);
      signature.update(DOMAIN);
      signature.update(line.substring(0, at).getBytes(StandardCharsets.UTF_8));
      return Base64.getEncoder().encodeToString(bytes).equals(encoded) && signature.verify(bytes);
    } catch (GeneralSecurityException | IllegalArgumentException notOurs) {
      return false;
    }
  }
}
