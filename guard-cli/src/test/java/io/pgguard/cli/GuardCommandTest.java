package io.pgguard.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GuardCommandTest {
  private static final String VERIFIER =
      "SCRAM-SHA-256$4096:YSBzYWx0IG9mIHNpeHRlZW4=$"
          + "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";

  @TempDir Path directory;

  /** The exit code and all that was printed. */
  private static String run(String... arguments) {
    StringWriter out = new StringWriter();
    PrintWriter both = new PrintWriter(out, true);
    return GuardCommand.run(arguments, both, both) + " " + out;
  }

  private String check(String config) throws IOException {
    Path file = Files.writeString(directory.resolve("guard.yaml"), config);
    Files.writeString(
        directory.resolve("policy.yaml"),
        "version: 1\nmode: enforce\nrules: [{ id: r, when: { kind: select }, then: allow }]\notherwise: deny\n");
    return run("check", "--config", file.toString());
  }

  private static String config(String proxy) {
    return """
        version: 1
        database: { user: agent }
        policy: policy.yaml
        audit: { directory: audit }
        proxy:
        """
        + proxy.indent(2);
  }

  private static final String GOOD =
      """
      listen: ["127.0.0.1:0"]
      databases: [{ name: shop, servers: ["127.0.0.1:5432"] }]
      accounts: [{ name: ana, verifier: { value: "%s" } }]
      """
          .formatted(VERIFIER);

  @Test
  void goodConfiguration_canBeUsed() throws IOException {
    String told = check(config(GOOD));
    assertTrue(told.startsWith("0 "), told);
  }

  @Test
  void wrongConfiguration_namesFileLineAndKey() throws IOException {
    for (List<String> each :
        List.of(
            List.of(GOOD.replace("listen", "lisen"), "guard.yaml:6:3: unknown key proxy.lisen"),
            List.of(GOOD.replace("servers", "server"), "unknown key proxy.databases.server"),
            List.of(GOOD.replace("[\"127.0.0.1:5432\"]", "x"), "at proxy.databases"),
            List.of(GOOD.replace("SCRAM", "SCRM"), "proxy.accounts: the account ana"),
            List.of(GOOD + "limits: { sessions: 0 }", "proxy.limits.sessions"),
            List.of(GOOD + "tls: { certificate: none.crt, key: none.key }", "proxy.tls"),
            List.of(GOOD + "health: \"127.0.0.1:x\"", "proxy.health"),
            List.of(GOOD.replaceFirst("(?s)accounts.*", ""), "proxy needs accounts or tokens"))) {
      String told = check(config(each.get(0)));
      assertTrue(told.startsWith("1 "), told);
      assertTrue(told.contains(each.get(1)), each.get(1) + " is not in " + told);
    }
  }

  @Test
  void newerVersion_isNotRead() throws IOException {
    assertTrue(
        check(config(GOOD).replace("version: 1", "version: 2"))
            .contains("this Guard reads version 1"));
  }

  @Test
  void wrongCall_isToldWithTheUsage() {
    for (String[] arguments : new String[][] {{}, {"serve"}, {"proxy", "--cnfig", "x"}}) {
      String told = run(arguments);
      assertTrue(told.startsWith("2 "), told);
      assertTrue(told.contains("Usage:"), told);
    }
  }

  @Test
  void helpAndVersion_areTold() {
    assertTrue(run("--help").contains("proxy"));
    assertEquals("0 guard " + io.pgguard.Guard.VERSION + "\n", run("--version"));
  }
}
