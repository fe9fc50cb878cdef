package io.pgguard;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.pgguard.internal.config.SecretCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A secret of the configuration: where it comes from, read when it is needed. Exactly one of the
 * four is given. Immutable; never shows the secret in texts.
 *
 * @param env the environment variable that holds it
 * @param file the file that holds it, relative to the configuration file; a trailing newline is cut
 * @param value the secret itself, for tests and demos
 * @param command the program that prints it, and its arguments, run without a shell in the
 *     configuration's directory; a trailing newline is cut
 */
public record Secret(
    @Nullable String env,
    @Nullable String file,
    @Nullable String value,
    @Nullable List<String> command) {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  @JsonCreator
  public Secret(
      @JsonProperty("env") @Nullable String env,
      @JsonProperty("file") @Nullable String file,
      @JsonProperty("value") @Nullable String value,
      @JsonProperty("command") @Nullable List<String> command) {
    if (Stream.of(env, file, value, command).filter(Objects::nonNull).count() != 1
        || command != null && command.isEmpty()) {
      throw new IllegalArgumentException(
          "a secret needs exactly one of env: NAME, file: PATH, value: TEXT or command: [PROGRAM, ARGUMENT]");
    }
    this.env = env;
    this.file = file;
    this.value = value;
    this.command = command == null ? null : List.copyOf(command);
  }

  /**
   * Reads the secret.
   *
   * @param directory what a relative file is relative to
   * @throws GuardConfigException when the variable is not set, the file cannot be read, or the
   *     command fails, prints nothing or takes longer than 10 seconds
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
    if (command != null) {
      return new SecretCommand(command, PATIENCE).run(directory);
    }
    Path path = directory.resolve(String.valueOf(file));
    try {
      return SecretCommand.withoutNewline(Files.readString(path));
    } catch (IOException e) {
      throw new GuardConfigException("the secret's file " + path + " cannot be read", e);
    }
  }

  @Override
  public String toString() {
    return env != null
        ? "Secret[env " + env + "]"
        : file != null
            ? "Secret[file " + file + "]"
            : command != null ? "Secret[command " + command.get(0) + "]" : "Secret[value]";
  }
}
