package io.pgguard.proxy;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The machine's psql; a test that needs it is skipped where there is none. */
final class Psql {
  private Psql() {}

  /** Skips the test unless a program is on the path. */
  static void require(String program) {
    assumeTrue(
        java.util.Arrays.stream(System.getenv("PATH").split(":"))
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, program))),
        program + " is not installed");
  }

  /** Standard output and error of psql, which reads a script. */
  static String run(String connection, String password, String script)
      throws IOException, InterruptedException {
    return run(List.of("psql", "-X", "-d", connection), password, script);
  }

  /** Output and errors of a program, which reads a script. */
  static String run(List<String> command, String password, String script)
      throws IOException, InterruptedException {
    Path input = Files.createTempFile("guard", ".sql");
    try {
      Files.writeString(input, script);
      ProcessBuilder builder = new ProcessBuilder(new ArrayList<>(command));
      builder.environment().put("PGPASSWORD", password);
      builder.environment().put("PGCLIENTENCODING", "UTF8");
      builder.redirectErrorStream(true).redirectInput(input.toFile());
      Process process = builder.start();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!process.waitFor(60, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IOException("the program did not end: " + output);
      }
      return output;
    } finally {
      Files.delete(input);
    }
  }
}
