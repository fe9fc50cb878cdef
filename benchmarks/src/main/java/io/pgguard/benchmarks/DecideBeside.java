package io.pgguard.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * What a decision takes beside another build, as ratios: both run in processes of their own with
 * the same options, their rounds take turns, and medians of the deciding threads' processor time
 * and allocation are compared. Started by {@code benchmarks/decide-beside}.
 */
public final class DecideBeside {
  private static final int WARM_NEW = 12_000;
  private static final int WARM_KNOWN = 100_000;
  private static final int ROUND_NEW = 250;
  private static final int ROUND_KNOWN = 20_000;

  private final Build before;
  private final Build now;

  private DecideBeside(Build before, Build now) {
    this.before = before;
    this.now = now;
  }

  /**
   * Prints the ratios.
   *
   * @param arguments the class path of the build to compare with, that of this one, how many
   *     rounds, and the names of texts; all texts unless given
   */
  public static void main(String[] arguments) throws IOException {
    int rounds = Integer.parseInt(arguments[2]);
    List<DecideText> texts =
        arguments.length == 3
            ? List.of(DecideText.values())
            : Arrays.stream(arguments).skip(3).map(DecideText::valueOf).toList();
    try (Build before = new Build(arguments[0]);
        Build now = new Build(arguments[1])) {
      DecideBeside beside = new DecideBeside(before, now);
      for (DecideText text : texts) {
        beside.warm(text);
      }
      System.out.println("kind     text     before          now             ratio   bytes");
      for (DecideText.Kind kind : DecideText.Kind.values()) {
        for (DecideText text : texts) {
          beside.compare(kind, text, rounds);
        }
      }
    }
  }

  private void warm(DecideText text) throws IOException {
    for (Build build : List.of(before, now)) {
      build.round(DecideText.Kind.NEW, text, WARM_NEW);
      build.round(DecideText.Kind.LITERAL, text, WARM_NEW);
      build.round(DecideText.Kind.KNOWN, text, WARM_KNOWN);
    }
  }

  private void compare(DecideText.Kind kind, DecideText text, int rounds) throws IOException {
    int count = kind == DecideText.Kind.KNOWN ? ROUND_KNOWN : ROUND_NEW;
    List<double[]> old = new ArrayList<>();
    List<double[]> recent = new ArrayList<>();
    for (int i = 0; i < rounds; i++) {
      old.add(before.round(kind, text, count));
      recent.add(now.round(kind, text, count));
    }
    double time = median(recent, 0) / median(old, 0);
    double bytes = median(recent, 1) / median(old, 1);
    System.out.printf(
        Locale.ROOT,
        "%-8s %-8s %6.0f (%6.0f) %6.0f (%6.0f) ns %5.2f %6.0f %6.0f B %5.2f%n",
        kind.name().toLowerCase(Locale.ROOT),
        text.name().toLowerCase(Locale.ROOT),
        median(old, 0),
        least(old),
        median(recent, 0),
        least(recent),
        time,
        median(old, 1),
        median(recent, 1),
        bytes);
  }

  private static double median(List<double[]> rounds, int figure) {
    double[] sorted = rounds.stream().mapToDouble(round -> round[figure]).sorted().toArray();
    return sorted[sorted.length / 2];
  }

  private static double least(List<double[]> rounds) {
    return rounds.stream().mapToDouble(round -> round[0]).min().orElseThrow();
  }

  /** A build in a process of its own. */
  private static final class Build implements AutoCloseable {
    private final Process process;
    private final PrintStream to;
    private final BufferedReader from;

    Build(String classPath) throws IOException {
      String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
      List<String> command =
          List.of(
              java, "-Xmx1g", "-Xbatch", "-cp", classPath, "io.pgguard.benchmarks.DecideRounds");
      process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
      to = new PrintStream(process.getOutputStream(), true, StandardCharsets.US_ASCII);
      from =
          new BufferedReader(
              new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII));
      answer();
    }

    private String answer() throws IOException {
      String line = from.readLine();
      if (line == null) {
        throw new IOException("the build's process has ended; what it said stands above");
      }
      return line;
    }

    double[] round(DecideText.Kind kind, DecideText text, int count) throws IOException {
      to.println(kind + " " + text + " " + count);
      String[] words = answer().split(" ");
      return new double[] {Double.parseDouble(words[0]), Double.parseDouble(words[1])};
    }

    @Override
    public void close() {
      to.close(); // it drops its database and ends by itself
      try {
        if (!process.waitFor(1, TimeUnit.MINUTES)) {
          process.destroy();
        }
      } catch (InterruptedException e) {
        process.destroy();
        Thread.currentThread().interrupt();
      }
    }
  }
}
