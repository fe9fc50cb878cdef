package io.pgguard.cli;

import io.pgguard.pgwire.opening.client.ScramVerifier;
import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * {@code guard verifier}: makes the verifier of a password, for an account of the configuration.
 */
@Command(
    name = "verifier",
    description =
        "Reads a password and prints its verifier, for proxy.accounts of the configuration.",
    mixinStandardHelpOptions = true)
final class VerifierCommand implements Callable<Integer> {
  private static final int ITERATIONS = 4096;
  private static final int SALT = 16;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    byte[] salt = new byte[SALT];
    new SecureRandom().nextBytes(salt);
    spec.commandLine().getOut().println(ScramVerifier.of(password(), salt, ITERATIONS).text());
    return 0;
  }

  private static String password() throws IOException {
    Console console = System.console();
    if (console != null) {
      char[] typed = console.readPassword("Password: ");
      return typed == null ? "" : new String(typed);
    }
    String line =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).readLine();
    return line == null ? "" : line;
  }
}
