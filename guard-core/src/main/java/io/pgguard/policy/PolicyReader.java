package io.pgguard.policy;

import io.pgguard.internal.storage.FileProblem;
import io.pgguard.policy.YamlNode.Sequence;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads a policy from YAML (docs/policy.md). Collects everything that is wrong, each with file,
 * line, column and key. Has no state of its own; its static methods are thread-safe.
 */
public final class PolicyReader {
  /** The largest file that is read, in bytes. */
  public static final int MOST_BYTES = 1 << 20;

  /** The JSON Schema (draft 2020-12) of the format, as a resource beside this class. */
  public static final String SCHEMA_RESOURCE = "policy.schema.json";

  private final Errors errors;
  private final MaskReader masks;

  private PolicyReader(Errors errors) {
    this.errors = errors;
    this.masks = new MaskReader(errors);
  }

  /**
   * Reads a file.
   *
   * @throws PolicyException when it cannot be read or does not load
   */
  public static Policy read(Path file) throws PolicyException {
    return read(bytes(file), file.toString());
  }

  /**
   * Reads a text.
   *
   * @param source what to call it in errors
   * @throws PolicyException when it does not load
   */
  public static Policy read(String text, String source) throws PolicyException {
    return read(text.getBytes(StandardCharsets.UTF_8), source);
  }

  static Policy read(byte[] bytes, String source) throws PolicyException {
    Errors errors = new Errors(source);
    YamlNode root = YamlTree.read(text(bytes, source), errors);
    Policy policy =
        root == null ? null : new PolicyReader(errors).policy(root, source, hash(bytes));
    errors.throwIfAny();
    if (policy == null) {
      throw new IllegalStateException("a policy that does not load must say why");
    }
    return policy;
  }

  static byte[] bytes(Path file) throws PolicyException {
    try {
      if (Files.size(file) > MOST_BYTES) {
        throw failure(
            "the policy file is larger than " + MOST_BYTES + " bytes", file.toString(), null);
      }
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw failure(
          "the policy file cannot be read: " + FileProblem.of(file, e),
          file.toString(),
          "check that it is there and that this process may read it");
    }
  }

  private static PolicyException failure(String problem, String source, @Nullable String advice) {
    return new PolicyException(List.of(new PolicyError(problem, "", source, 0, 0, advice)));
  }

  static String hash(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private static String text(byte[] bytes, String source) throws PolicyException {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return text.startsWith("\uFEFF") ? text.substring(1) : text;
    } catch (CharacterCodingException e) {
      throw failure("the policy file is not UTF-8", source, "save it as UTF-8");
    }
  }

  private @Nullable Policy policy(YamlNode root, String source, String hash) {
    Fields fields =
        Fields.of(
            root,
            errors,
            "version",
            "mode",
            "classes",
            "reviewed",
            "detectors",
            "clear",
            "inference",
            "maskedWrites",
            "declassify",
            "rules",
            "otherwise",
            "functions",
            "limits",
            "roles");
    if (fields == null) {
      return null;
    }
    version(fields);
    ClassReader readers = new ClassReader(errors, masks);
    Reviewed reviewed = readers.reviewed(fields.node("reviewed"));
    List<SensitiveClass> classes = readers.classes(fields.node("classes"), reviewed);
    InferenceReader.Read inference = new InferenceReader(errors).read(fields);
    RuleReader ruleReader = new RuleReader(errors);
    List<Rule> rules = new ArrayList<>(ruleReader.read(fields.node("rules")));
    reviewed.rule().ifPresent(rules::add);
    return new Policy(
        or(
            fields.word(
                "mode", "mode", List.of("enforce", "observe"), List.of(Policy.Mode.values())),
            Policy.Mode.ENFORCE),
        classes,
        items(fields.node("clear"), "grants", item -> readers.clear(item, classes)),
        detectors(fields.node("detectors")),
        inference.inference(),
        inference.budget(),
        or(
            fields.word("maskedWrites", "word", MaskedWrites.WORDS, List.of(MaskedWrites.values())),
            MaskedWrites.KEEP),
        fields.patterns("declassify", ColumnPattern::of),
        rules,
        ruleReader.otherwise(fields.node("otherwise"), fields),
        functions(fields.node("functions")),
        limits(fields.node("limits")),
        items(fields.node("roles"), "role mappings", new RoleReader(errors)::read),
        source,
        hash);
  }

  private static <T> T or(@Nullable T value, T otherwise) {
    return value == null ? otherwise : value;
  }

  private void version(Fields fields) {
    YamlNode version = fields.required("version", "begin with `version: 1`");
    if (version != null && fields.integer("version", 1, Integer.MAX_VALUE).orElse(1) != 1) {
      errors.add(version.place(), "this Guard reads version 1 only");
    }
  }

  private <T> List<T> items(
      @Nullable YamlNode node, String what, Function<YamlNode, @Nullable T> reader) {
    List<T> items = new ArrayList<>();
    if (node instanceof Sequence sequence) {
      for (YamlNode item : sequence.items()) {
        T read = reader.apply(item);
        if (read != null) {
          items.add(read);
        }
      }
    } else if (node != null) {
      errors.wrong(node, "a list of " + what);
    }
    return items;
  }

  private DetectorSettings detectors(@Nullable YamlNode node) {
    Fields fields = node == null ? null : Fields.of(node, errors, "enabled", "on", "mask");
    if (fields == null) {
      return DetectorSettings.NONE;
    }
    DetectorSettings.Scope scope =
        or(
            fields.word(
                "on",
                "scope",
                List.of("text-columns", "all", "off"),
                List.of(DetectorSettings.Scope.values())),
            DetectorSettings.Scope.TEXT_COLUMNS);
    if (scope != DetectorSettings.Scope.OFF) {
      fields.required("enabled", "name detectors, or write `on: off`");
    }
    YamlNode mask = fields.node("mask");
    return new DetectorSettings(
        Set.copyOf(fields.known("enabled", "detector", DetectorSettings.KNOWN)),
        scope,
        or(mask == null ? null : masks.read(mask), DetectorSettings.NONE.mask()));
  }

  private AllowedFunctions functions(@Nullable YamlNode node) {
    Fields fields = node == null ? null : Fields.of(node, errors, "allow", "extensions");
    return fields == null
        ? AllowedFunctions.NONE
        : new AllowedFunctions(
            fields.patterns("allow", FunctionPattern::of),
            Set.copyOf(fields.known("extensions", "extension", AllowedFunctions.JUDGED)));
  }

  private Limits limits(@Nullable YamlNode node) {
    Fields fields =
        node == null
            ? null
            : Fields.of(
                node,
                errors,
                "statementTime",
                "estimatedCost",
                "rows",
                "valueBytes",
                "everyRowFrom");
    return fields == null
        ? Limits.NONE
        : new Limits(
            fields.duration("statementTime"),
            fields.number("estimatedCost"),
            fields.integer("rows", 1, Long.MAX_VALUE),
            fields.integer("valueBytes", 1, Long.MAX_VALUE),
            fields.integer("everyRowFrom", 1, Long.MAX_VALUE).orElse(Limits.EVERY_ROW_FROM));
  }
}
