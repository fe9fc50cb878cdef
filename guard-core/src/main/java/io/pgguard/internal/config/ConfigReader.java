package io.pgguard.internal.config;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.pgguard.GuardConfig;
import io.pgguard.GuardConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads {@code guard.yaml}; every error names file, line, column and key. */
public final class ConfigReader {
  private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s|m|h)");

  private ConfigReader() {}

  /**
   * Reads a configuration file.
   *
   * @throws GuardConfigException when it cannot be read or is not valid
   */
  public static GuardConfig read(Path file) {
    String text;
    try {
      text = Files.readString(file);
    } catch (IOException e) {
      throw new GuardConfigException(
          "the configuration file "
              + file.toAbsolutePath()
              + " cannot be read (guard.config names it)",
          e);
    }
    Path directory = file.toAbsolutePath().getParent();
    try {
      YAMLMapper mapper =
          YAMLMapper.builder()
              .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
              .enable(com.fasterxml.jackson.core.JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
              .build();
      GuardConfig config = mapper.readValue(text, GuardConfig.class);
      if (config == null) {
        throw new GuardConfigException(
            file + ": the file is empty; it needs database, policy and audit");
      }
      return config.in(directory == null ? Path.of(".") : directory);
    } catch (JsonProcessingException e) {
      throw new GuardConfigException(told(file, e), e);
    }
  }

  private static String told(Path file, JsonProcessingException e) {
    JsonLocation at = e.getLocation();
    String place =
        at == null ? file.toString() : file + ":" + at.getLineNr() + ":" + at.getColumnNr();
    String key = e instanceof JsonMappingException mapping ? path(mapping) : "";
    if (e instanceof UnrecognizedPropertyException unknown) {
      return place + ": unknown key " + key + "; " + nearest(unknown);
    }
    return place + (key.isEmpty() ? "" : ": at " + key);
  }

  private static String path(JsonMappingException e) {
    return e.getPath().stream()
        .map(r -> r.getFieldName() == null ? "[" + r.getIndex() + "]" : r.getFieldName())
        .collect(Collectors.joining("."));
  }

  private static String nearest(UnrecognizedPropertyException e) {
    Collection<Object> known = e.getKnownPropertyIds();
    List<String> words =
        known == null ? List.of() : known.stream().map(String::valueOf).sorted().toList();
    return words.stream()
        .min(Comparator.comparingInt(w -> distance(w, e.getPropertyName())))
        .filter(w -> distance(w, e.getPropertyName()) <= 3)
        .map(w -> "did you mean " + w + "?")
        .orElse("known here: " + words);
  }

  /** Levenshtein's distance. */
  static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int change = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(change, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[b.length()];
  }

  /**
   * A duration as configurations write it: a whole number and {@code ms}, {@code s}, {@code m} or
   * {@code h}.
   *
   * @throws IllegalArgumentException for anything else; the message names the key
   */
  public static Duration duration(String key, String text) {
    Matcher matcher = DURATION.matcher(text.trim().toLowerCase(Locale.ROOT));
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          key + " must be a whole number with ms, s, m or h, such as 30s, not " + text);
    }
    long number = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "ms" -> Duration.ofMillis(number);
      case "s" -> Duration.ofSeconds(number);
      case "m" -> Duration.ofMinutes(number);
      default -> Duration.ofHours(number);
    };
  }
}
