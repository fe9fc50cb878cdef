package io.pgguard.corpus;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pgguard.testkit.CorpusFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Runs the corpus's own judge, verify.py, against the wire proxy on one server. It needs Python 3,
 * and nothing else. One thread at a time.
 */
public final class VerifyRun implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

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
   * What the judge said of one kind of lines.
   *
   * @param good how many leaked nothing, did not complete, or are as they are directly
   * @param bad the others
   * @param undetermined those that it could not judge: a client that has no answer to go on with
   */
  public record Verified(int good, List<String> bad, List<String> undetermined) {
    private Verified and(Verified other) {
      return new Verified(
          good + other.good, joined(bad, other.bad), joined(undetermined, other.undetermined));
    }

    private static List<String> joined(List<String> one, List<String> other) {
      List<String> both = new ArrayList<>(one);
      both.addAll(other);
      return both;
    }
  }

  /** Leaks: text by both protocols, and binary. */
  public Verified leaks() throws IOException {
    return eachRole("leaks", CorpusFolder.read("leaks.jsonl"), "leak");
  }

  /**
   * What destroys, escalates, escapes or exhausts. The judge has less patience than the policy's
   * limits, which may end what exhausts: it is given more, and the statement that meets the limit.
   */
  public Verified dangerous() throws IOException {
    Path lines = LimitedLines.write(CorpusFolder.read("dangerous.jsonl"), directory);
    return eachRole("dangerous", lines, "executed");
  }

  /** Ordinary work; what another version of PostgreSQL is needed for fails directly too. */
  public Verified ordinary() throws IOException {
    WireAddress direct = proxies.direct(false);
    Predicate<JsonNode> fails = mode -> !mode.path("ok").asBoolean();
    Set<String> failDirectly = Set.copyOf(benign(run("benign", direct, List.of()), fails));
    JsonNode report = run("benign", proxies.address(false), List.of("--direct", told(direct)));
    List<String> bad = benign(report, fails.or(mode -> !mode.path("same").asBoolean(true)));
    List<String> skipped = bad.stream().filter(failDirectly::contains).toList();
    bad.removeAll(skipped);
    return new Verified(report.size() - bad.size() - skipped.size(), bad, skipped);
  }

  private static List<String> benign(JsonNode report, Predicate<JsonNode> bad) {
    List<String> ids = new ArrayList<>();
    for (JsonNode line : report) {
      boolean any = false;
      for (JsonNode mode : line.path("modes")) {
        any |= bad.test(mode);
      }
      if (any) {
        ids.add(line.path("id").asText());
      }
    }
    return ids;
  }

  /** Lines that run as the schema's owner, and those that run as superuser. */
  private Verified eachRole(String kind, Path lines, String field) throws IOException {
    Verified all = new Verified(0, List.of(), List.of());
    for (boolean asSuperuser : new boolean[] {false, true}) {
      WireAddress proxy = proxies.address(asSuperuser);
      List<String> arguments = new ArrayList<>(List.of("--corpus", lines.toString()));
      arguments.addAll(List.of("--reset-admin", told(proxies.direct(true))));
      arguments.addAll(List.of("--template", database.template()));
      arguments.addAll(List.of("--ids", ids(lines, asSuperuser)));
      arguments.addAll(List.of("--super-user", proxy.user()));
      arguments.addAll(List.of("--super-password", proxy.password()));
      all = all.and(verified(run(kind, proxy, arguments), field));
    }
    return all;
  }

  private static Verified verified(JsonNode report, String field) {
    List<String> bad = new ArrayList<>();
    List<String> undetermined = new ArrayList<>();
    for (JsonNode line : report) {
      JsonNode judged = line.path(field);
      if (!judged.isBoolean()) {
        undetermined.add(line.path("id").asText());
      } else if (judged.asBoolean()) {
        bad.add(line.path("id").asText());
      }
    }
    return new Verified(report.size() - bad.size() - undetermined.size(), bad, undetermined);
  }

  private static String ids(Path lines, boolean superuser) throws IOException {
    return CorpusLine.read(lines).stream()
        .filter(line -> line.superuser() == superuser)
        .map(CorpusLine::id)
        .collect(Collectors.joining(","));
  }

  private static String told(WireAddress address) {
    return String.join(
        ":", address.host(), "" + address.port(), address.user(), address.password());
  }

  /** What the judge said of each line. */
  private JsonNode run(String kind, WireAddress address, List<String> more) throws IOException {
    Path report = Files.createTempFile(directory, kind, ".json");
    List<String> command = new ArrayList<>();
    command.addAll(List.of("python3", CorpusFolder.read("verify.py").toString(), kind));
    command.addAll(List.of("--host", address.host(), "--port", "" + address.port()));
    command.addAll(List.of("--user", address.user(), "--password", address.password()));
    command.addAll(List.of("--db", address.database(), "--protocol", "all", "--show-leaks"));
    command.addAll(List.of("--report", report.toString()));
    command.addAll(more);
    System.out.println(database.server().name() + ", verify.py " + kind);
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(Path.of(report + ".txt").toFile())
            .start();
    try {
      int code = process.waitFor();
      if (code != 0) {
        throw new IOException("verify.py ended with " + code + ": see " + report + ".txt");
      }
      return JSON.readTree(report.toFile());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("verify.py was interrupted", e);
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
