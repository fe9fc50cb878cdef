package io.pgguard.corpus;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The machine's own PostgreSQL, started in a directory of its own for these tests and stopped after
 * them.
 */
public final class MachinePostgres {
  private static final Path INSTALLED = Path.of("/usr/lib/postgresql");
  private final Path bin;
  private final Path directory;

  private MachinePostgres(Path bin, Path directory) {
    this.bin = bin;
    this.directory = directory;
  }

  /**
   * Starts it, until the JVM ends.
   *
   * @return empty where the machine has none
   */
  public static Optional<CorpusServer> start() throws IOException, SQLException {
    Optional<Path> bin = binaries();
    if (bin.isEmpty()) {
      return Optional.empty();
    }
    Path directory = Files.createTempDirectory("guard-corpus-pg");
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxrwxrwx"));
    MachinePostgres server = new MachinePostgres(bin.get(), directory);
    int port = freePort();
    server.run(
        "initdb",
        "-D",
        server.data(),
        "-U",
        "postgres",
        "-A",
        "scram-sha-256",
        "--pwfile",
        server.passwordFile(),
        "-E",
        "UTF8",
        "--no-locale",
        "--no-sync");
    Runtime.getRuntime().addShutdownHook(new Thread(server::stop, "machine-postgres"));
    server.run(
        "pg_ctl",
        "-w",
        "-D",
        server.data(),
        "-l",
        directory.resolve("log").toString(),
        "-o",
        server.options(port),
        "start");
    return Optional.of(CorpusServer.named("127.0.0.1", port, "postgres", "postgres", true));
  }

  /** Extensions that connect back to the server want a password to be needed. */
  private String passwordFile() throws IOException {
    Path file = directory.resolve("password");
    Files.writeString(file, "postgres\n");
    return file.toString();
  }

  private String data() {
    return directory.resolve("data").toString();
  }

  private String options(int port) {
    return "-p "
        + port
        + " -c fsync=off -c wal_level=logical -c listen_addresses=127.0.0.1 -k "
        + directory;
  }

  private static Optional<Path> binaries() throws IOException {
    if (Files.isDirectory(INSTALLED)) {
      try (Stream<Path> versions = Files.list(INSTALLED)) {
        Optional<Path> newest =
            versions
                .map(version -> version.resolve("bin"))
                .filter(bin -> Files.isExecutable(bin.resolve("initdb")))
                .max(Path::compareTo);
        if (newest.isPresent()) {
          return newest;
        }
      }
    }
    try {
      Process process = new ProcessBuilder("pg_config", "--bindir").start();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return Optional.of(Path.of(said.strip()))
          .filter(bin -> Files.isExecutable(bin.resolve("initdb")));
    } catch (IOException notInstalled) {
      return Optional.empty();
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** PostgreSQL refuses to run as root, so root runs it as the user that its package made. */
  private void run(String program, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    if ("root".equals(System.getProperty("user.name"))) {
      command.addAll(List.of("runuser", "-u", "postgres", "--"));
    }
    command.add(bin.resolve(program).toString());
    command.addAll(List.of(arguments));
    Path output = Files.createTempFile("guard-corpus-pg", ".out");
    try {
      Process process =
          new ProcessBuilder(command)
              .directory(directory.toFile())
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
      boolean ended = process.waitFor(2, TimeUnit.MINUTES);
      if (!ended || process.exitValue() != 0) {
        throw new IOException(program + " failed: " + Files.readString(output));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(program + " was interrupted", e);
    } finally {
      Files.deleteIfExists(output);
    }
  }

  private void stop() {
    try {
      run("pg_ctl", "-w", "-D", data(), "-m", "immediate", "stop");
      new ProcessBuilder("rm", "-rf", directory.toString()).start().waitFor(1, TimeUnit.MINUTES);
    } catch (IOException e) {
      System.err.println("stopping the machine's PostgreSQL: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
