package io.pgguard.internal.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pgguard.GuardConfigException;
import io.pgguard.Secret;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A program of the system prints the secret. */
class SecretCommandTest {
  @TempDir Path directory;

  private static Secret secret(String... command) {
    return new Secret(null, null, null, List.of(command));
  }

  @Test
  void whatItPrints_isTheSecretWithoutItsNewline() throws Exception {
    Files.writeString(directory.resolve("pw"), " pass word \r\n");
    assertEquals(" pass word ", secret("cat", "pw").read(directory));
    Files.writeString(directory.resolve("pw"), "another");
    assertEquals("another", secret("cat", "pw").read(directory));
  }

  @Test
  void noShellIsBetween() {
    assertEquals("$HOME; echo x", secret("echo", "$HOME; echo x").read(directory));
  }

  @Test
  void whatFails_isToldWithoutArgumentsAndOutput() {
    for (List<String> command :
        List.of(
            List.of("sh", "-c", "echo hunter2; exit 3"),
            List.of("sh", "-c", "echo hunter2 >&2"),
            List.of("no-such-program-of-guard", "hunter2"),
            List.of("sh", "-c", "head -c 70000 /dev/zero # hunter2"))) {
      GuardConfigException e =
          assertThrows(
              GuardConfigException.class,
              () -> new Secret(null, null, null, command).read(directory));
      String told = String.valueOf(e.getMessage());
      assertTrue(told.startsWith("the command " + command.get(0)), told);
      assertFalse(told.contains("hunter2"), told);
    }
  }

  @Test
  void whatNeverEnds_isEnded() {
    SecretCommand endless =
        new SecretCommand(List.of("sh", "-c", "sleep 100000; echo late"), Duration.ofMillis(50));
    assertThrows(GuardConfigException.class, () -> endless.run(directory));
  }

  @Test
  void anEmptyCommand_isNoSecret() {
    assertThrows(IllegalArgumentException.class, () -> new Secret(null, null, null, List.of()));
  }
}
