package io.pgguard.internal.config;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.pgguard.GuardConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** Reads {@code guard.yaml}; every error names file, line, column and key. */
public final class ConfigReader {
  private ConfigReader() {}

  /**
   * Reads a configuration file.
   *
   * @param type what its keys are the fields of
   * @throws GuardConfigException when it cannot be read or is not valid
   */
  public static <T> T read(Path file, Class<T> type) {
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
    try {
      YAMLMapper mapper =
          YAMLMapper.builder()
              .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
              .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
              .build();
      if (!ConfigKeys.check(mapper, text, file)) {
        throw new GuardConfigException(
            file + ": the file is empty; it needs database, policy and audit");
      }
      return mapper.readValue(text, type);
    } catch (JsonProcessingException e) {
      GuardConfigException told = new GuardConfigException(told(file, e));
      told.initCause(e);
      throw told;
    }
  }

  private static String told(Path file, JsonProcessingException e) {
    JsonLocation at = e.getLocation();
    String place =
        at == null ? file.toString() : file + ":" + at.getLineNr() + ":" + at.getColumnNr();
    String key = e instanceof JsonMappingException mapping ? path(mapping) : "";
    return place + (key.isEmpty() ? "" : ": at " + key) + ": " + problem(e);
  }

  private static String problem(JsonProcessingException e) {
    if (e instanceof ValueInstantiationException && e.getCause() != null) {
      return String.valueOf(e.getCause().getMessage()); // our own words
    }
    if (e instanceof MismatchedInputException mismatched) {
      Class<?> type = mismatched.getTargetType();
      return type != null && type.isRecord()
          ? "write keys and values here, such as { key: value }"
          : type == null ? "write one text here" : wanted(type);
    }
    // The YAML reader puts lines of the file, indented, between its own; they may hold secrets.
    return e.getOriginalMessage()
        .lines()
        .filter(line -> !line.isBlank() && !line.startsWith(" "))
        .collect(Collectors.joining(", "));
  }

  private static String wanted(Class<?> type) {
    if (type == Long.class || type == Integer.class) {
      return "write a whole number here";
    }
    if (type == Boolean.class) {
      return "write true or false here";
    }
    return List.class.isAssignableFrom(type)
        ? "write a list here, as [ ... ]"
        : "write one text here";
  }

  private static String path(JsonMappingException e) {
    return e.getPath().stream()
        .map(r -> r.getFieldName() == null ? "[" + r.getIndex() + "]" : r.getFieldName())
        .collect(Collectors.joining("."));
  }
}
