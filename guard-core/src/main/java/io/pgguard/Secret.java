package io.pgguard;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A secret of the configuration: where it comes from, read when it is needed. Exactly one of the
 * three is given. Immutable; never shows the secret in texts.
 *
 * @param env the environment variable that holds it
 * @param file the file that holds it, relative to the configuration file; a trailing newline is cut
 * @param value the secret itself, for tests and demos
 */
public record Secret(@Nullable String env, @Nullable String file, @Nullable String value) {

  @JsonCreator
  public Secret(
      @JsonProperty("env") @Nullable String env,
      @JsonProperty("file") @Nullable String file,
      @JsonProperty("value") @Nullable String value) {
    int given = (env == null ? 0 : 1) + (file == null ? 0 : 1) + (value == null ? 0 : 1);
    if (given != 1) {
      throw new IllegalArgumentException(
          "a secret needs exactly one of env: NAME, file: PATH or value: TEXT");
    }
    this.env = env;
    this.file = file;
    this.value = value;
  }

  /**
   * Reads the secret.
   *
   * @param directory what a relative file is relative to
   * @throws GuardConfigException when the variable is not set or the file cannot be read
   */
  public String read(Path directory) {
    if (value != null) {
      return value;
    }
    if (env != null) {
      String found = System.getenv(env);
      if (found == null) {
        throw new GuardConfigException(
            "the environment variable "
                + env
                + " is not set; the configuration takes a secret from it");
      }
      return found;
    }
    Path path = directory.resolve(String.valueOf(file));
    try {
      String text = Files.readString(path);
      int end = text.endsWith("\n") ? text.length() - 1 : text.length();
      return text.substring(0, end > 0 && text.charAt(end - 1) == '\r' ? end - 1 : end);
    } catch (IOException e) {
      throw new GuardConfigException("the secret's file " + path + " cannot be read", e);
    }
  }

  @Override
  public String toString() {
    return env != null
        ? "Secret[env " + env + "]"
        : file != null ? "Secret[file " + file + "]" : "Secret[value]";
  }
}
