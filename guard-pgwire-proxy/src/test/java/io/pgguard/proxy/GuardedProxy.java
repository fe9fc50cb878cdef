package io.pgguard.proxy;

import io.pgguard.GuardConfig;
import io.pgguard.approval.ApprovalCase;
import io.pgguard.approval.Approvals;
import io.pgguard.identity.Principal;
import io.pgguard.pgwire.opening.client.ScramVerifier;
import io.pgguard.testkit.TestPostgres;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Stream;

/** A database with recognisable secrets behind a proxy, and a direct way beside it. */
final class GuardedProxy implements AutoCloseable {
  static {
    LeakWatch.install();
  }

  static final String SSN = "901-02-0001";
  static final String PASSWORD = "ana's pässword";

  private static final String[] SCHEMA = {
    "CREATE TABLE customers (id int PRIMARY KEY, name text NOT NULL, ssn text NOT NULL, city text)",
    "CREATE TABLE notes (id serial PRIMARY KEY, body text)",
    "INSERT INTO customers SELECT n, 'Customer ' || n, format('901-02-%s', lpad(n::text, 4, '0')),"
        + " 'Oslo' FROM generate_series(1, 50) n",
  };

  static final String POLICY =
      """
      version: 1
      mode: enforce
      classes:
        pii.ssn: { columns: ["*.customers.ssn"], mask: { partial: { keepLast: 4 } } }
      inference: equality
      functions: { allow: ["pg_catalog.pg_sleep(*)"] }
      rules:
        - { id: no-drop, when: { kind: [drop, truncate] }, then: deny, message: "Ask in the DBA channel." }
        - { id: held, when: { kind: update, writes: ["public.notes"] },
            then: approve, by: { groups: [dba], count: 1 }, within: 15m }
        - { id: reads, when: { kind: [select, show, explain, execute] }, then: allow, maxRows: 1000 }
        - { id: work, when: { kind: [insert, update, delete, transaction, session, prepare, cursor, copy-in, copy-out, notify] },
            then: allow }
      otherwise: deny
      """;

  private final TestPostgres postgres;
  private final Path directory;
  private final String name;
  private final String audit;
  private final String more;
  private Proxy proxy;

  GuardedProxy(String word, Path directory, String more) throws SQLException, IOException {
    this(word, directory, "", more);
  }

  /**
   * @param audit what is configured of the audit log beside its directory, begun with a comma
   */
  GuardedProxy(String word, Path directory, String audit, String more)
      throws SQLException, IOException {
    this(TestPostgres.shared(), word, directory, audit, more);
  }

  GuardedProxy(TestPostgres postgres, String word, Path directory, String audit, String more)
      throws SQLException, IOException {
    this.postgres = postgres;
    this.directory = directory;
    this.audit = audit;
    this.more = more;
    Files.createDirectories(directory);
    name = postgres.createDatabase(word);
    postgres.execute(name, SCHEMA);
    postgres.execute(
        name,
        "CREATE ROLE " + agent() + " LOGIN PASSWORD 'agent-secret'",
        "GRANT ALL ON ALL TABLES IN SCHEMA public TO " + agent(),
        "GRANT ALL ON ALL SEQUENCES IN SCHEMA public TO " + agent());
    Files.writeString(directory.resolve("policy.yaml"), POLICY);
    Files.writeString(directory.resolve("guard.yaml"), config(PASSWORD, more));
    proxy = Proxy.start(GuardConfig.read(directory.resolve("guard.yaml")));
  }

  /** Writes the configuration anew, as an operator does before a reload. */
  GuardConfig rewrite(String password, String more) throws IOException {
    Files.writeString(directory.resolve("guard.yaml"), config(password, more));
    return GuardConfig.read(directory.resolve("guard.yaml"));
  }

  /** The configuration with one piece of its text changed. */
  GuardConfig changed(String from, String to) throws IOException {
    String text = config(PASSWORD, more);
    if (!text.contains(from)) {
      throw new IllegalArgumentException(from + " is not in the configuration");
    }
    Files.writeString(directory.resolve("guard.yaml"), text.replace(from, to));
    return GuardConfig.read(directory.resolve("guard.yaml"));
  }

  /** The same proxy, started anew with one piece of its configuration changed. */
  GuardedProxy replaced(String from, String to) throws IOException {
    proxy.close();
    proxy = Proxy.start(changed(from, to));
    return this;
  }

  /** Ends the proxy, so that another process can stand in its place. */
  void stopProxy() {
    proxy.close();
  }

  /** Starts it again. */
  void startProxy() {
    proxy = Proxy.start(GuardConfig.read(directory.resolve("guard.yaml")));
  }

  private String config(String password, String more) {
    String verifier =
        ScramVerifier.of(password, "a salt of sixteen".getBytes(StandardCharsets.UTF_8), 4096)
            .text();
    return """
    version: 1
    database: { user: "%s", password: { value: agent-secret } }
    policy: policy.yaml
    audit: { directory: audit%s }
    recording: { directory: recordings }
    approval: { wait: 20s }
    proxy:
      listen: ["127.0.0.1:0"]
      databases:
        - { name: shop, servers: ["%s:%d"], database: "%s" }
      accounts:
        - { name: ana, subject: ana@example.com, groups: [analysts], agent: report-bot, verifier: { value: "%s" } }
    %s
    """
        .formatted(agent(), audit, postgres.host(), postgres.port(), name, verifier, more);
  }

  String agent() {
    return "agent_" + name;
  }

  int port() {
    return proxy.addresses().get(0).getPort();
  }

  Proxy proxy() {
    return proxy;
  }

  /** Another person approves whatever waits. */
  void approveAll() {
    Approvals approvals = proxy.guard().approvals();
    for (ApprovalCase each : approvals.pending()) {
      approvals.approve(each.request().id(), new Principal("dan", Set.of("dba"), null, null), null);
    }
  }

  Path directory() {
    return directory;
  }

  String url(String parameters) {
    return "jdbc:postgresql://127.0.0.1:" + port() + "/shop" + parameters;
  }

  Connection connect(String parameters) throws SQLException {
    return DriverManager.getConnection(url(parameters), "ana", PASSWORD);
  }

  Connection connect(String user, String password) throws SQLException {
    return connect(user, password, "extended");
  }

  Connection connect(String user, String password, String mode) throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("preferQueryMode", mode);
    properties.setProperty("user", user);
    properties.setProperty("password", password);
    return DriverManager.getConnection(url(""), properties);
  }

  /** Past Guard, as the role that Guard logs in with. */
  String directConninfo() {
    return "host="
        + postgres.host()
        + " port="
        + postgres.port()
        + " dbname="
        + name
        + " user="
        + agent();
  }

  /** The same for the clients' scripts: host, port, database, user and password. */
  List<String> directArguments() {
    return List.of(postgres.host(), "" + postgres.port(), name, agent(), "agent-secret");
  }

  /** Past Guard, as superuser. */
  Connection direct() throws SQLException {
    return postgres.connect(name);
  }

  /** Waits until so many of the database's other backends are as the condition says. */
  void awaitBackends(int count, String condition) throws SQLException {
    try (Connection direct = direct();
        Statement statement = direct.createStatement()) {
      int found = -1;
      while (found != count) {
        try (ResultSet result =
            statement.executeQuery(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
                    + " AND pid <> pg_backend_pid() AND ("
                    + condition
                    + ")")) {
          found = result.next() ? result.getInt(1) : -1;
        }
      }
    }
  }

  /** The log's lines that hold all of the words. */
  List<String> logged(String... words) throws IOException {
    List<String> found = new java.util.ArrayList<>();
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
    proxy.close();
    postgres.dropDatabase(name);
    postgres.execute("postgres", "DROP ROLE IF EXISTS " + agent());
  }
}
