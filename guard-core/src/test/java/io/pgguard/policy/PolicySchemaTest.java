package io.pgguard.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.pgguard.reach.ExtensionFunctions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The JSON Schema and the reader agree on what a policy is. */
class PolicySchemaTest {
  private static final YAMLMapper YAML = new YAMLMapper();

  static List<PolicyVectors.Vector> valid() throws IOException {
    return PolicyVectors.read("valid.txt");
  }

  static List<PolicyVectors.Vector> invalid() throws IOException {
    return PolicyVectors.read("invalid.txt");
  }

  static String text() throws IOException {
    try (InputStream in = PolicyReader.class.getResourceAsStream(PolicyReader.SCHEMA_RESOURCE)) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  static List<com.networknt.schema.Error> errors(String yaml) throws IOException {
    Schema schema =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12).getSchema(text());
    return schema.validate(YAML.readTree(yaml).toString(), InputFormat.JSON);
  }

  @ParameterizedTest
  @MethodSource("valid")
  void validPolicy_fitsTheSchema(PolicyVectors.Vector vector) throws IOException {
    assertEquals(List.of(), errors(vector.yaml()));
  }

  @ParameterizedTest
  @MethodSource("invalid")
  void invalidPolicy_doesNotFit(PolicyVectors.Vector vector) throws IOException {
    assumeFalse(vector.name().contains("(not for the schema)"), "no document at all");
    if (vector.name().contains("(reader only)")) {
      return;
    }
    assertFalse(errors(vector.yaml()).isEmpty());
  }

  @Test
  void extensionsOfTheSchema_areTheReadersAndTheList() throws IOException {
    JsonNode names = new ObjectMapper().readTree(text()).at("/$defs/extension/enum");
    Set<String> words = new TreeSet<>();
    names.forEach(name -> words.add(name.asText()));
    assertEquals(new TreeSet<>(AllowedFunctions.JUDGED), words);
    assertEquals(words, new TreeSet<>(ExtensionFunctions.judged().keySet()));
  }

  @Test
  void kindsOfTheSchema_areTheReaders() throws IOException {
    JsonNode kinds = new ObjectMapper().readTree(text()).at("/$defs/kind/enum");
    List<String> words = new ArrayList<>();
    kinds.forEach(kind -> words.add(kind.asText()));
    assertEquals(List.copyOf(KindWords.all()), words, "policy.schema.json: $defs.kind.enum");
  }
}
