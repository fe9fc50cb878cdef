package io.pgguard.corpus;

import io.pgguard.testkit.CorpusFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Runs the corpus's own judge, verify.py, against the wire proxy on one server. It needs Python 3,
 * and nothing else. One thread at a time.
 */
public final class VerifyRun implements AutoCloseable {
  private final RedteamDatabase database;
  private final ProxyEdges proxies;
  private final Path directory;

  public VerifyRun(CorpusServer server) throws SQLException, IOException {
    Path target = Files.createDirectories(Path.of("target")).toAbsolutePath();
    directory = Files.createTempDirectory(target, "verify");
    database = RedteamDatabase.create(server, CorpusFolder.read("schema.sql"));
    proxies = new ProxyEdges(database, directory, CorpusFolder.read("policy.yaml"));
  }

  /** Whether this machine has what runs it. */
  public static boolean possible() {
    try {
      return new ProcessBuilder("python3", "--version").start().waitFor() == 0
          && CorpusFolder.find("verify.py").isPresent();
    } catch (IOException notInstalled) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /**
   * What the judge counted of one kind of lines.
   *
   * @param lines how many it ran
   * @param bad how many leaked, completed, or were not as they are directly
   * @param undetermined how many it could not judge
   */
  public record Count(int lines, int bad, int undetermined) {
    Count and(Count other) {
      return new Count(lines + other.lines, bad + other.bad, undetermined + other.undetermined);
    }
  }

  /** Leaks: text by both protocols, and binary. */
  public Count leaks() throws IOException {
    return eachRole("leaks", "leaks corpus: (\\d+) items, LEAKED (\\d+), .*undetermined (\\d+)");
  }

  /** What destroys, escalates, escapes or exhausts. */
  public Count dangerous() throws IOException {
    return eachRole(
        "dangerous", "dangerous corpus: (\\d+) items, executed (\\d+), .*skipped (\\d+)");
  }

  /** Ordinary work; what failed and what differed from a direct connection both count as bad. */
  public Count ordinary() throws IOException {
    WireAddress direct = proxies.direct(false);
    String told = run("benign", proxies.address(false), List.of("--direct", told(direct)));
    Matcher matcher =
        matcher("benign corpus: (\\d+) items, failed (\\d+), differed from direct (\\d+)", told);
    int bad = Integer.parseInt(matcher.group(2)) + Integer.parseInt(matcher.group(3));
    return new Count(Integer.parseInt(matcher.group(1)), bad, 0);
  }

  /** Lines that run as the schema's owner, and those that run as superuser. */
  private Count eachRole(String kind, String summary) throws IOException {
    Count all = new Count(0, 0, 0);
    WireAddress admin = proxies.direct(true);
    for (boolean asSuperuser : new boolean[] {false, true}) {
      WireAddress proxy = proxies.address(asSuperuser);
      List<String> arguments =
          new ArrayList<>(List.of("--reset-admin", told(admin), "--template", database.template()));
      arguments.addAll(List.of("--ids", ids(kind + ".jsonl", asSuperuser)));
      arguments.addAll(List.of("--super-user", proxy.user()));
      arguments.addAll(List.of("--super-password", proxy.password()));
      Matcher matcher = matcher(summary, run(kind, proxy, arguments));
      all =
          all.and(
              new Count(
                  Integer.parseInt(matcher.group(1)),
                  Integer.parseInt(matcher.group(2)),
                  Integer.parseInt(matcher.group(3))));
    }
    return all;
  }

  private static String ids(String file, boolean superuser) throws IOException {
    return CorpusLine.read(CorpusFolder.read(file)).stream()
        .filter(line -> line.superuser() == superuser)
        .map(CorpusLine::id)
        .collect(Collectors.joining(","));
  }

  private static String told(WireAddress address) {
    return String.join(
        ":", address.host(), "" + address.port(), address.user(), address.password());
  }

  private static Matcher matcher(String summary, String told) {
    Matcher matcher = Pattern.compile(summary).matcher(told);
    if (!matcher.find()) {
      throw new IllegalStateException("verify.py did not come to an end: " + told);
    }
    return matcher;
  }

  private String run(String kind, WireAddress proxy, List<String> more) throws IOException {
    Path said = Files.createTempFile(directory, kind, ".txt");
    List<String> command = new ArrayList<>(List.of("python3", CorpusFolder.read("verify.py") + ""));
    command.addAll(List.of(kind, "--host", proxy.host(), "--port", "" + proxy.port()));
    command.addAll(List.of("--user", proxy.user(), "--password", proxy.password()));
    command.addAll(List.of("--db", proxy.database(), "--protocol", "all", "--show-leaks"));
    command.addAll(List.of("--report", said + ".json"));
    command.addAll(more);
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said.toFile()).start();
    try {
      int code = process.waitFor();
      String told = Files.readString(said);
      System.out.println(database.server().name() + ", verify.py " + kind + ": " + told.strip());
      if (code != 0) {
        throw new IOException("verify.py " + kind + " ended with " + code);
      }
      return told;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UncheckedIOException(new IOException("verify.py was interrupted", e));
    } finally {
      process.destroy();
    }
  }

  @Override
  public void close() throws SQLException {
    proxies.close();
    database.close();
  }
}
