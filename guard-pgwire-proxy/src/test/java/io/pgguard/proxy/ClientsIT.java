package io.pgguard.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Real clients run one script each, past the proxy and through it: the same output but for the
 * masked value. A client that is not installed is skipped.
 */
class ClientsIT {
  /** Each script prints the protected value of customer 1 on a line of its own, and MASKED here. */
  private static final String MASKED = "*******0001";

  @TempDir static Path directory;
  private static GuardedProxy guarded;

  @BeforeAll
  static void start() throws SQLException, IOException {
    guarded = new GuardedProxy("clients", directory, "");
  }

  @AfterAll
  static void stop() throws SQLException {
    guarded.close();
  }

  private static Path script(String name) throws IOException {
    try (InputStream in = ClientsIT.class.getResourceAsStream("/clients/" + name)) {
      if (in == null) {
        throw new IOException("no script " + name);
      }
      return Files.write(directory.resolve(name), in.readAllBytes());
    }
  }

  private static void same(List<String> command) throws IOException, InterruptedException {
    String direct = run(command, guarded.directArguments());
    String through =
        run(
            command,
            List.of("127.0.0.1", "" + guarded.port(), "shop", "ana", GuardedProxy.PASSWORD));
    assertTrue(direct.contains(GuardedProxy.SSN), direct);
    assertFalse(through.contains(GuardedProxy.SSN), through);
    assertEquals(direct.replace(GuardedProxy.SSN, MASKED), through);
  }

  private static String run(List<String> command, List<String> arguments)
      throws IOException, InterruptedException {
    List<String> all = new java.util.ArrayList<>(command);
    all.addAll(arguments);
    return Psql.run(all, "", "");
  }

  private static void requirePython(String module) throws IOException, InterruptedException {
    Psql.require("python3");
    Process process =
        new ProcessBuilder(python(), "-c", "import " + module)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    assumeTrue(process.waitFor() == 0, "the Python module " + module + " is not installed");
  }

  /** Debian's own Python has Debian's modules, whatever other one comes first on the path. */
  private static String python() {
    return Files.isExecutable(Path.of("/usr/bin/python3")) ? "/usr/bin/python3" : "python3";
  }

  @ParameterizedTest
  @ValueSource(strings = {"psycopg", "psycopg2", "asyncpg"})
  void pythonClient_givesTheSame(String module) throws IOException, InterruptedException {
    requirePython(module);
    same(List.of(python(), script(module + "_client.py").toString()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"pg", "postgres"})
  void nodeClient_givesTheSame(String module) throws IOException, InterruptedException {
    Psql.require("node");
    String modules = System.getProperty("guard.node.modules", "/usr/share/nodejs");
    assumeTrue(
        Files.isDirectory(Path.of(modules, module)),
        "the Node module " + module + " is not installed in " + modules);
    same(List.of("env", "NODE_PATH=" + modules, "node", script(module + "_client.js").toString()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"simple", "extended", "prepared"})
  void pgbench_runsItsScript(String mode) throws IOException, InterruptedException {
    Psql.require("pgbench");
    Path script =
        Files.writeString(
            directory.resolve("bench.sql"),
            """
            \\set id random(1, 50)
            BEGIN;
            SELECT id, name, ssn FROM customers WHERE id = :id;
            INSERT INTO notes (body) VALUES ('bench');
            SELECT count(*) FROM notes;
            COMMIT;
            """,
            StandardCharsets.UTF_8);
    String output =
        Psql.run(
            List.of(
                "pgbench",
                "-n",
                "-M",
                mode,
                "-c",
                "4",
                "-j",
                "2",
                "-t",
                "20",
                "-f",
                script.toString(),
                "-h",
                "127.0.0.1",
                "-p",
                "" + guarded.port(),
                "-U",
                "ana",
                "shop"),
            GuardedProxy.PASSWORD,
            "");
    assertTrue(output.contains("number of failed transactions: 0"), output);
    assertTrue(output.contains("80/80"), output);
  }

  @Test
  void pgbenchThatConnectsEachTime_runs() throws IOException, InterruptedException {
    Psql.require("pgbench");
    Path script = Files.writeString(directory.resolve("one.sql"), "SELECT 1;\n");
    String output =
        Psql.run(
            List.of(
                "pgbench",
                "-n",
                "-C",
                "-c",
                "2",
                "-t",
                "10",
                "-f",
                script.toString(),
                "-h",
                "127.0.0.1",
                "-p",
                "" + guarded.port(),
                "-U",
                "ana",
                "shop"),
            GuardedProxy.PASSWORD,
            "");
    assertTrue(output.contains("20/20"), output);
  }
}
