package io.pgguard.policy;

import io.pgguard.mask.Mask;
import io.pgguard.policy.YamlNode.Mapping;
import io.pgguard.policy.YamlNode.Scalar;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads a mask: a word, or a map with one key. */
final class MaskReader {
  private static final List<String> WORDS = List.of("redact", "null", "email", "hash");
  private static final List<String> KEYS = List.of("partial", "constant");

  private final Errors errors;

  MaskReader(Errors errors) {
    this.errors = errors;
  }

  /** The mask, or null where it is none. */
  @Nullable Mask read(YamlNode node) {
    if (node instanceof Scalar scalar) {
      return word(scalar);
    }
    if (node instanceof Mapping mapping && mapping.entries().size() == 1) {
      String key = mapping.entries().keySet().iterator().next();
      YamlNode value = mapping.entries().values().iterator().next().value();
      if (key.equals("partial")) {
        return partial(value);
      }
      if (key.equals("constant")) {
        return constant(value);
      }
      errors.unknown(mapping.entries().values().iterator().next().key(), "mask", key, KEYS);
      return null;
    }
    errors.wrong(
        node, "a mask: redact, \"null\", email, hash, { partial: ... } or { constant: ... }");
    return null;
  }

  private @Nullable Mask word(Scalar scalar) {
    switch (scalar.text()) {
      case "redact":
        return new Mask.Redact();
      case "null":
        return new Mask.Null();
      case "email":
        return new Mask.Email();
      case "hash":
        return new Mask.Hash();
      case "partial":
        errors.add(
            scalar.place(),
            "mask `partial` needs to know what stays",
            "write `{ partial: { keepLast: 4 } }`");
        return null;
      case "constant":
        errors.add(
            scalar.place(), "mask `constant` needs its value", "write `{ constant: \"n/a\" }`");
        return null;
      case "":
        errors.add(scalar.place(), "the mask is empty", Suggestion.of("", WORDS));
        return null;
      default:
        errors.unknown(
            scalar.place(),
            "mask",
            scalar.text(),
            List.of("redact", "null", "email", "hash", "partial", "constant"));
        return null;
    }
  }

  private @Nullable Mask constant(YamlNode value) {
    if (value instanceof Scalar scalar && scalar.type() != Scalar.Type.NULL) {
      try {
        return new Mask.Constant(scalar.text());
      } catch (IllegalArgumentException e) {
        errors.add(value.place(), String.valueOf(e.getMessage()));
        return null;
      }
    }
    errors.wrong(value, "a value");
    return null;
  }

  private @Nullable Mask partial(YamlNode value) {
    Fields fields = Fields.of(value, errors, "keepFirst", "keepLast", "with");
    if (fields == null) {
      return null;
    }
    if (!fields.has("keepFirst") && !fields.has("keepLast")) {
      errors.add(
          fields.place(), "mask `partial` needs `keepFirst` or `keepLast`", "or take `redact`");
      return null;
    }
    int first = (int) fields.integer("keepFirst", 0, Mask.Partial.MOST_KEPT).orElse(0);
    int last = (int) fields.integer("keepLast", 0, Mask.Partial.MOST_KEPT).orElse(0);
    char with = Mask.Partial.DEFAULT_WITH;
    String text = fields.text("with");
    if (text != null && text.length() != 1) {
      errors.add(value.place().at("with"), "`with` must be one character, not `" + text + "`");
    } else if (text != null) {
      with = text.charAt(0);
    }
    try {
      return new Mask.Partial(first, last, with);
    } catch (IllegalArgumentException e) {
      errors.add(value.place(), String.valueOf(e.getMessage()));
      return null;
    }
  }
}
