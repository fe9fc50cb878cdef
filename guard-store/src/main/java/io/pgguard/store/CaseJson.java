package io.pgguard.store;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pgguard.approval.ApprovalCase;
import io.pgguard.approval.ApprovalStoreException;
import io.pgguard.identity.Proof;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;

/**
 * A request and what became of it as two texts of JSON, without loss: every component of the
 * records, times to the nanosecond, and texts to the last character, halves of surrogate pairs and
 * NUL too, since all that is not ASCII is escaped. What was written by another form is not read.
 */
final class CaseJson {
  /** Raised with every change that a Guard of before could not read. */
  static final int FORM = 1;

  private static final String REQUEST = "request";

  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxStringLength(Integer.MAX_VALUE).build())
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
                  .build())
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          // Components alone: what a record can tell besides is not kept.
          .visibility(PropertyAccessor.GETTER, JsonAutoDetect.Visibility.NONE)
          .visibility(PropertyAccessor.IS_GETTER, JsonAutoDetect.Visibility.NONE)
          .visibility(PropertyAccessor.FIELD, JsonAutoDetect.Visibility.ANY)
          .addMixIn(Proof.class, WithoutClaims.class)
          .addModule(
              new SimpleModule()
                  .addSerializer(Instant.class, text(Instant::toString))
                  .addDeserializer(Instant.class, parsed(Instant::parse))
                  .addSerializer(Duration.class, text(Duration::toString))
                  .addDeserializer(Duration.class, parsed(Duration::parse)))
          .build();

  private CaseJson() {}

  /** Claims live with their session alone: a grant is bound to them by its fingerprint. */
  @JsonIgnoreProperties("claims")
  private interface WithoutClaims {}

  /**
   * A case in parts.
   *
   * @param request what never changes
   * @param outcome what became of it
   */
  record Parts(String request, String outcome) {}

  static Parts write(ApprovalCase one) {
    ObjectNode tree = MAPPER.valueToTree(one);
    JsonNode request = tree.remove(REQUEST);
    try {
      return new Parts(MAPPER.writeValueAsString(request), MAPPER.writeValueAsString(tree));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree can be written", e);
    }
  }

  /**
   * Reads a case.
   *
   * @throws ApprovalStoreException where another form, or nobody, wrote it
   */
  static ApprovalCase read(String id, int form, Parts parts) {
    if (form != FORM) {
      throw new ApprovalStoreException(
          "request "
              + id
              + " was stored in form "
              + form
              + "; this Guard reads form "
              + FORM
              + ": run the Guard that stored it");
    }
    try {
      ObjectNode tree = (ObjectNode) MAPPER.readTree(parts.outcome());
      tree.set(REQUEST, MAPPER.readTree(parts.request()));
      return MAPPER.treeToValue(tree, ApprovalCase.class);
    } catch (JsonProcessingException | ClassCastException e) {
      // Not the parser's words: they show what was stored.
      throw new ApprovalStoreException("request " + id + " cannot be read from the store");
    }
  }

  private static <T> JsonSerializer<T> text(Function<T, String> write) {
    return new JsonSerializer<>() {
      @Override
      public void serialize(T value, JsonGenerator to, SerializerProvider unused)
          throws IOException {
        to.writeString(write.apply(value));
      }
    };
  }

  private static <T> JsonDeserializer<T> parsed(Function<String, T> read) {
    return new JsonDeserializer<>() {
      @Override
      public T deserialize(JsonParser from, DeserializationContext context) throws IOException {
        return read.apply(from.getValueAsString());
      }
    };
  }
}
