package io.pgguard.policy;

import io.pgguard.policy.YamlNode.Entry;
import io.pgguard.policy.YamlNode.Mapping;
import io.pgguard.policy.YamlNode.Place;
import io.pgguard.policy.YamlNode.Scalar;
import io.pgguard.policy.YamlNode.Sequence;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The values of one map of a policy, each asked for in its type; what is wrong goes to the errors.
 */
final class Fields {
  private final Mapping mapping;
  private final Errors errors;

  private Fields(Mapping mapping, Errors errors) {
    this.mapping = mapping;
    this.errors = errors;
  }

  /** The fields of a map with these keys and no others; null where it is no map. */
  static @Nullable Fields of(YamlNode node, Errors errors, String... keys) {
    if (!(node instanceof Mapping mapping)) {
      errors.wrong(node, "a map with the keys " + String.join(", ", keys));
      return null;
    }
    Set<String> known = new LinkedHashSet<>(Arrays.asList(keys));
    mapping
        .entries()
        .forEach(
            (key, entry) -> {
              if (!known.contains(key)) {
                errors.unknown(entry.key(), "key", key, known);
              }
            });
    return new Fields(mapping, errors);
  }

  Place place() {
    return mapping.place();
  }

  @Nullable YamlNode node(String key) {
    Entry entry = mapping.entries().get(key);
    return entry == null ? null : entry.value();
  }

  boolean has(String key) {
    return mapping.entries().containsKey(key);
  }

  /** The value of a key that must be there. */
  @Nullable YamlNode required(String key, String advice) {
    YamlNode node = node(key);
    if (node == null) {
      errors.add(place(), "key `" + key + "` is missing", advice);
    }
    return node;
  }

  /** Says that a key makes no sense here. */
  void refuse(String key, String why) {
    Entry entry = mapping.entries().get(key);
    if (entry != null) {
      errors.add(entry.key(), "`" + key + "` " + why);
    }
  }

  @Nullable String text(String key) {
    YamlNode node = node(key);
    return node == null ? null : text(node);
  }

  private @Nullable String text(YamlNode node) {
    if (node instanceof Scalar scalar
        && scalar.type() == Scalar.Type.TEXT
        && !scalar.text().isBlank()) {
      return scalar.text();
    }
    errors.wrong(node, "a text (in quotes where it looks like something else)");
    return null;
  }

  /** A value out of a few words, or null where the key is absent or wrong. */
  <T> @Nullable T word(String key, String what, List<String> words, List<T> values) {
    YamlNode node = node(key);
    String word = node == null ? null : text(node);
    if (node == null || word == null) {
      return null;
    }
    int index = words.indexOf(word);
    if (index < 0) {
      errors.unknown(node.place(), what, word, words);
      return null;
    }
    return values.get(index);
  }

  /** A list of words, or one word alone; empty where the key is absent. */
  List<Scalar> words(String key) {
    YamlNode node = node(key);
    if (node == null) {
      return List.of();
    }
    List<YamlNode> items = node instanceof Sequence sequence ? sequence.items() : List.of(node);
    if (items.isEmpty()) {
      errors.add(node.place(), "the list is empty", "name something or leave `" + key + "` out");
    }
    List<Scalar> words = new ArrayList<>();
    for (YamlNode item : items) {
      if (item instanceof Scalar scalar && text(item) != null) {
        words.add(scalar);
      } else if (!(item instanceof Scalar)) {
        errors.wrong(item, "a word");
      }
    }
    return words;
  }

  /** Words that must be among those that are known. */
  List<String> known(String key, String what, Collection<String> known) {
    List<String> found = new ArrayList<>();
    for (Scalar word : words(key)) {
      if (!known.contains(word.text())) {
        errors.unknown(word.place(), what, word.text(), known);
      }
      found.add(word.text());
    }
    return found;
  }

  /** A list of patterns, or one alone. */
  <T> List<T> patterns(String key, Function<String, T> reader) {
    List<T> patterns = new ArrayList<>();
    for (Scalar word : words(key)) {
      try {
        patterns.add(reader.apply(word.text()));
      } catch (IllegalArgumentException e) {
        errors.add(word.place(), String.valueOf(e.getMessage()));
      }
    }
    return patterns;
  }

  /** A list of different words. */
  Set<String> names(String key) {
    Set<String> names = new LinkedHashSet<>();
    for (Scalar word : words(key)) {
      if (!names.add(word.text())) {
        errors.add(word.place(), "`" + word.text() + "` is named twice");
      }
    }
    return names;
  }

  /** A whole number within bounds. */
  OptionalLong integer(String key, long least, long most) {
    YamlNode node = node(key);
    if (node == null) {
      return OptionalLong.empty();
    }
    if (node instanceof Scalar scalar && scalar.type() == Scalar.Type.INTEGER) {
      try {
        long value = Long.parseLong(scalar.text().replace("_", ""));
        if (value >= least && value <= most) {
          return OptionalLong.of(value);
        }
      } catch (NumberFormatException tooLong) {
        errors.add(node.place(), "the number " + scalar.text() + " is too long");
        return OptionalLong.empty();
      }
    }
    errors.wrong(node, "a whole number from " + least + " to " + most);
    return OptionalLong.empty();
  }

  /** A number that is not negative. */
  OptionalDouble number(String key) {
    YamlNode node = node(key);
    if (node == null) {
      return OptionalDouble.empty();
    }
    if (node instanceof Scalar scalar
        && (scalar.type() == Scalar.Type.INTEGER || scalar.type() == Scalar.Type.NUMBER)) {
      try {
        double value = Double.parseDouble(scalar.text().replace("_", ""));
        if (value >= 0 && value <= Double.MAX_VALUE) {
          return OptionalDouble.of(value);
        }
      } catch (NumberFormatException notDecimal) {
        errors.add(node.place(), "the number " + scalar.text() + " must be decimal");
        return OptionalDouble.empty();
      }
    }
    errors.wrong(node, "a number that is not negative");
    return OptionalDouble.empty();
  }

  @Nullable Boolean truth(String key) {
    YamlNode node = node(key);
    if (node == null) {
      return null;
    }
    if (node instanceof Scalar scalar && scalar.type() == Scalar.Type.BOOLEAN) {
      return Boolean.valueOf(scalar.text());
    }
    errors.wrong(node, "true or false");
    return null;
  }

  java.time.@Nullable Duration duration(String key) {
    YamlNode node = node(key);
    String text = node == null ? null : text(node);
    if (node == null || text == null) {
      return null;
    }
    try {
      return Durations.of(text);
    } catch (IllegalArgumentException e) {
      errors.add(node.place(), String.valueOf(e.getMessage()));
      return null;
    }
  }
}
