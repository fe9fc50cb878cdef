package io.pgguard.console;

import io.pgguard.GuardConfig;
import io.pgguard.identity.Principal;
import io.pgguard.pgwire.opening.client.ScramVerifier;
import io.pgguard.proxy.Proxy;
import io.pgguard.session.Explanation;
import io.pgguard.testkit.TestPostgres;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** A database behind a proxy with a console. */
final class ConsoleWorld implements AutoCloseable {
  static final String PASSWORD = "ana's password";
  static final String SSN = "901-02-0001";
  static final Principal DAN = new Principal("dan@example.com", Set.of("dba"), null, null);
  static final Principal EVE =
      new Principal("eve@example.com", Set.of("dba", "compliance"), null, null);
  static final Principal AUD =
      new Principal("aud@example.com", Set.of("audit", "compliance"), null, null);
  static final Principal OLA = new Principal("ola@example.com", Set.of("audit"), null, null);

  private static final String POLICY =
      """
      version: 1
      mode: enforce
      classes:
        pii.ssn: { columns: ["*.customers.ssn"], mask: { partial: { keepLast: 4 } } }
      clear:
        - { groups: [compliance], classes: ["pii.*"] }
      inference: equality
      rules:
        - { id: no-drop, when: { kind: [drop, truncate] }, then: deny, message: "Ask in the DBA channel." }
        - { id: held, when: { kind: update }, then: approve, by: { groups: [dba], count: 1 }, within: 15m }
        - { id: reads, when: { kind: [select, show, explain, execute] }, then: allow, maxRows: 1000 }
        - { id: work, when: { kind: [insert, delete, transaction, session, prepare, cursor] }, then: allow }
      otherwise: deny
      """;

  private final TestPostgres postgres = TestPostgres.shared();
  private final Path directory;
  private final String name;
  private final Proxy proxy;
  private final Console console;

  ConsoleWorld(Path directory) throws SQLException, IOException {
    this(directory, "", "link: { subject: ana@example.com, groups: [dba] }");
  }

  /**
   * @param identity the key identity with what is in it, or nothing
   * @param entering how people log in to the console
   */
  ConsoleWorld(Path directory, String identity, String entering) throws SQLException, IOException {
    this.directory = directory;
    name = postgres.createDatabase("console");
    postgres.execute(
        name,
        "CREATE TABLE customers (id int PRIMARY KEY, name text NOT NULL, ssn text NOT NULL, city text)",
        "CREATE TABLE notes (id int PRIMARY KEY, body text)",
        "INSERT INTO customers SELECT n, 'Customer ' || n, format('901-02-%s', lpad(n::text, 4, '0')),"
            + " 'Oslo' FROM generate_series(1, 50) n",
        "INSERT INTO notes SELECT n, 'note ' || n FROM generate_series(1, 5) n",
        "CREATE ROLE " + agent() + " LOGIN PASSWORD 'agent-secret'",
        "GRANT ALL ON ALL TABLES IN SCHEMA public TO " + agent());
    Files.writeString(directory.resolve("policy.yaml"), POLICY);
    Files.writeString(directory.resolve("guard.yaml"), config(entering) + identity);
    proxy = Proxy.start(GuardConfig.read(directory.resolve("guard.yaml")));
    console = Console.start(proxy.guard(), explaining());
  }

  private String config(String entering) {
    String verifier =
        ScramVerifier.of(PASSWORD, "a salt of sixteen".getBytes(StandardCharsets.UTF_8), 4096)
            .text();
    return """
    version: 1
    database: { user: "%s", password: { value: agent-secret } }
    policy: policy.yaml
    audit: { directory: audit }
    recording: { directory: recordings }
    approval: { wait: 60s }
    proxy:
      listen: ["127.0.0.1:0"]
      databases:
        - { name: shop, servers: ["%s:%d"], database: "%s" }
      accounts:
        - { name: ana, subject: ana@example.com, groups: [analysts, dba], agent: report-bot, model: large-1, verifier: { value: "%s" } }
        - { name: carl, subject: carl@example.com, groups: [compliance], agent: check-bot, verifier: { value: "%s" } }
    console:
      listen: 127.0.0.1:0
      roles: { reviewer: [dba], auditor: [audit], admin: [platform] }
      %s
    """
        .formatted(agent(), postgres.host(), postgres.port(), name, verifier, verifier, entering);
  }

  private Explaining explaining() {
    return new Explaining() {
      @Override
      public List<String> databases() {
        return proxy.databases();
      }

      @Override
      public Optional<Explanation> explain(String database, Principal principal, String text) {
        return proxy.explain(database, principal, text);
      }
    };
  }

  private String agent() {
    return "agent_" + name;
  }

  Console console() {
    return console;
  }

  Proxy proxy() {
    return proxy;
  }

  String database() {
    return name;
  }

  Connection connect(String user) throws SQLException {
    int port = proxy.addresses().get(0).getPort();
    return DriverManager.getConnection(
        "jdbc:postgresql://127.0.0.1:" + port + "/shop", user, PASSWORD);
  }

  /** Past Guard, as superuser. */
  Connection direct() throws SQLException {
    return postgres.connect(name);
  }

  /** A browser in which somebody is logged in. */
  Browser loggedIn(Principal person) throws IOException, InterruptedException {
    return Browser.loggedIn(console.loginLink(person));
  }

  /** The id of the only request that waits, once there is one. */
  String waiting() {
    while (proxy.guard().approvals().pending().isEmpty()) {
      Thread.onSpinWait();
    }
    return proxy.guard().approvals().pending().get(0).request().id();
  }

  /** The log's lines that hold all of the words. */
  List<String> logged(String... words) throws IOException {
    List<String> found = new ArrayList<>();
    try (Stream<Path> files = Files.list(directory.resolve("audit"))) {
      for (Path file : files.filter(f -> f.toString().endsWith(".jsonl")).sorted().toList()) {
        Files.readAllLines(file).stream()
            .filter(line -> Stream.of(words).allMatch(line::contains))
            .forEach(found::add);
      }
    }
    return found;
  }

  @Override
  public void close() throws SQLException {
    console.close();
    proxy.close();
    postgres.dropDatabase(name);
    postgres.execute("postgres", "DROP ROLE IF EXISTS " + agent());
  }
}
