package io.pgguard.internal.config;

import io.pgguard.GuardConfigException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Runs the program that prints a secret: a password manager's or a vault's own command line. No
 * shell is between, nothing of its output reaches a text or a log, and it ends in bounded time.
 */
public final class SecretCommand {
  private static final int MOST_BYTES = 64 * 1024;

  private final List<String> command;
  private final Duration patience;

  /**
   * @param command the program and its arguments
   * @param patience after which it is ended
   */
  public SecretCommand(List<String> command, Duration patience) {
    this.command = command;
    this.patience = patience;
  }

  /**
   * Runs it and returns what it printed, without the newline at its end.
   *
   * @param directory where it runs
   * @throws GuardConfigException when it cannot be started, fails, prints nothing or too much, or
   *     takes too long
   */
  public String run(Path directory) {
    Process process = null;
    try {
      process =
          new ProcessBuilder(command)
              .directory(directory.toAbsolutePath().toFile())
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      process.getOutputStream().close();
      Process running = process;
      Thread watch = new Thread(() -> endLate(running), "guard-secret-command");
      watch.setDaemon(true);
      watch.start();
      byte[] printed = read(process.getInputStream());
      int code = process.waitFor();
      watch.interrupt();
      if (code != 0) {
        throw failed("ended with exit code " + code + " (or took longer than " + patience + ")");
      }
      if (printed.length > MOST_BYTES) {
        throw failed("printed more than " + MOST_BYTES + " bytes");
      }
      String secret = withoutNewline(new String(printed, StandardCharsets.UTF_8));
      if (secret.isEmpty()) {
        throw failed("printed nothing");
      }
      return secret;
    } catch (IOException e) {
      throw new GuardConfigException(name() + " could not be run: is the program there?", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failed("was interrupted");
    } finally {
      if (process != null) {
        process.destroyForcibly();
      }
    }
  }

  private static byte[] read(InputStream in) throws IOException {
    try (in) {
      return in.readNBytes(MOST_BYTES + 1);
    }
  }

  private void endLate(Process process) {
    try {
      if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        List<ProcessHandle> started = process.descendants().toList();
        process.destroyForcibly(); // first: it would go on where one that it waits for ends
        started.forEach(ProcessHandle::destroyForcibly);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // it has ended in time
    }
  }

  private GuardConfigException failed(String how) {
    return new GuardConfigException(
        name() + " " + how + "; run it by hand as the user that Guard runs as");
  }

  /** The program alone: its arguments may hold what nobody is to read. */
  private String name() {
    return "the command " + command.get(0) + " that prints a secret";
  }

  /** A text without the line end that editors and programs put behind it. */
  public static String withoutNewline(String text) {
    int end = text.endsWith("\n") ? text.length() - 1 : text.length();
    return text.substring(0, end > 0 && text.charAt(end - 1) == '\r' ? end - 1 : end);
  }
}
