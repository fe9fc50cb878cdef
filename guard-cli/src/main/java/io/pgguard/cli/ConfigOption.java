package io.pgguard.cli;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The option that names the configuration. */
final class ConfigOption {
  @Option(
      names = "--config",
      paramLabel = "FILE",
      defaultValue = "guard.yaml",
      description = "The configuration; ${DEFAULT-VALUE} unless said otherwise.")
  private Path file = Path.of("guard.yaml");

  Path file() {
    return file;
  }
}
