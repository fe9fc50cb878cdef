package io.pgguard.jdbc;

import io.pgguard.Guard;
import io.pgguard.testkit.TestPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * A database of its own with recognisable secrets, guarded by a policy in a directory, and a direct
 * way beside it to see what really happened.
 */
final class GuardedDatabase implements AutoCloseable {
  /** Clear values of customer 1; none of them may come out. */
  static final String SSN = "901-02-0001";

  static final String EMAIL = "ada@mail.example";

  private static final String[] SCHEMA = {
    "CREATE TABLE customers (id int PRIMARY KEY, name text NOT NULL, ssn text NOT NULL UNIQUE,"
        + " email text NOT NULL, city text NOT NULL, phones text[], born date, card xml)",
    "CREATE TABLE cards (id int PRIMARY KEY, customer_id int REFERENCES customers, pan text)",
    "CREATE TABLE orders (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, customer_id int,"
        + " status text NOT NULL, total numeric(10,2))",
    "CREATE TABLE employees (id int PRIMARY KEY, name text, salary int)",
    "CREATE TABLE notes (id serial PRIMARY KEY, body text)",
    "CREATE VIEW customer_contacts AS SELECT id, name AS contact, email AS reach_at FROM customers",
    "INSERT INTO customers SELECT n, 'Customer ' || n, format('901-02-%s', lpad(n::text, 4, '0')),"
        + " CASE n WHEN 1 THEN 'ada' ELSE 'c' || n END || '@mail.example', 'Oslo',"
        + " ARRAY['555-000' || n, '555-100' || n], date '1980-01-01' + n,"
        + " xmlparse(content '<pin>77' || n || '</pin>') FROM generate_series(1, 50) n",
    "INSERT INTO cards SELECT n, n, '400000' || lpad((n * 7919)::text, 10, '0')"
        + " FROM generate_series(1, 50) n",
    "INSERT INTO orders (customer_id, status, total) SELECT n, 'new', n FROM generate_series(1, 50) n",
    "INSERT INTO employees SELECT n, 'Employee ' || n, 40000 + n FROM generate_series(1, 50) n",
    "CREATE FUNCTION open_customers() RETURNS refcursor LANGUAGE plpgsql AS"
        + " 'DECLARE c refcursor; BEGIN OPEN c FOR SELECT ssn FROM customers ORDER BY id;"
        + " RETURN c; END'",
    "CREATE FUNCTION open_notes() RETURNS refcursor LANGUAGE plpgsql AS"
        + " 'DECLARE c refcursor; BEGIN OPEN c FOR SELECT 1; RETURN c; END'",
  };

  static final String POLICY =
      """
      version: 1
      mode: enforce
      classes:
        pii.ssn:    { columns: ["*.customers.ssn"],    mask: { partial: { keepLast: 4 } } }
        pii.email:  { columns: ["*.*.email"],          mask: email }
        pii.phone:  { columns: ["*.customers.phones"], mask: redact }
        pii.born:   { columns: ["*.customers.born"],   mask: "null" }
        pii.card:   { columns: ["*.customers.card"],   mask: redact }
        pci.pan:    { columns: ["*.cards.pan"],        mask: { partial: { keepFirst: 6, keepLast: 4 } } }
        hr.salary:  { columns: ["*.employees.salary"], mask: "null" }
      detectors: { enabled: [credit-card, us-ssn, email], on: text-columns, mask: redact }
      clear:
        - { groups: [compliance], classes: ["pii.*"] }
      inference: equality
      functions: { allow: ["public.open_customers()", "public.open_notes()", "pg_catalog.pg_sleep(*)"] }
      rules:
        - { id: no-drop,   when: { kind: [drop, truncate] }, then: deny, message: "Ask in the DBA channel." }
        - { id: unbounded, when: { kind: [update, delete], where: missing }, then: deny, message: "Name the rows." }
        - { id: status,    when: { kind: update, writes: ["public.orders"] },
            then: approve, by: { groups: [dba], count: 1 }, within: 15m }
        - { id: reads,     when: { kind: [select, show, explain, execute] }, then: allow, maxRows: 40 }
        - { id: work,      when: { kind: [insert, update, delete, merge, transaction, session, prepare, cursor, copy-in, copy-out, notify] },
            then: allow }
      otherwise: deny
      limits: { statementTime: 1s }
      """;

  private final TestPostgres postgres = TestPostgres.shared();
  private final Path directory;
  private final String name;

  GuardedDatabase(String word, Path directory) throws SQLException, IOException {
    this.directory = directory;
    name = postgres.createDatabase(word);
    postgres.execute(name, SCHEMA);
    postgres.execute(
        name,
        "CREATE ROLE " + agent() + " LOGIN PASSWORD 'agent-secret'",
        "GRANT ALL ON ALL TABLES IN SCHEMA public TO " + agent(),
        "GRANT ALL ON ALL SEQUENCES IN SCHEMA public TO " + agent(),
        "ALTER TABLE notes OWNER TO " + agent());
    policy(POLICY);
    config("1ms");
  }

  /** The role that statements run as. */
  String agent() {
    return "agent_" + name;
  }

  String database() {
    return name;
  }

  TestPostgres postgres() {
    return postgres;
  }

  /** Puts a policy in place of the one before, whole, as an operator's editor does. */
  void policy(String yaml) throws IOException {
    replace("policy.yaml", yaml);
  }

  void replace(String file, String text) throws IOException {
    Path written = Files.writeString(directory.resolve(file + ".new"), text);
    Files.move(
        written,
        directory.resolve(file),
        java.nio.file.StandardCopyOption.REPLACE_EXISTING,
        java.nio.file.StandardCopyOption.ATOMIC_MOVE);
  }

  /** Writes a configuration whose connections wait that long for people. */
  void config(String approvalWait) throws IOException {
    replace(
        "guard.yaml",
        """
        database: { user: "%s", password: { value: agent-secret } }
        policy: policy.yaml
        audit: { directory: audit }
        recording: { directory: recordings }
        approval: { wait: %s }
        """
            .formatted(agent(), approvalWait));
  }

  /**
   * Writes a configuration that has an audit log and what a test needs besides, a line of YAML or
   * none.
   */
  void auditedConfig(String more) throws IOException {
    replace(
        "guard.yaml",
        """
        database: { user: "%s", password: { value: agent-secret } }
        policy: policy.yaml
        audit: { directory: audit }
        %s
        """
            .formatted(agent(), more));
  }

  Path directory() {
    return directory;
  }

  Path configFile() {
    return directory.resolve("guard.yaml");
  }

  Guard guard() {
    return GuardDriver.guard(configFile());
  }

  String url() {
    return url(configFile());
  }

  String url(Path config) {
    return "jdbc:guard:postgresql://"
        + postgres.host()
        + ":"
        + postgres.port()
        + "/"
        + name
        + "?guard.config="
        + config;
  }

  /** As the agent of ana. */
  Connection connect() throws SQLException {
    return connect(Map.of());
  }

  Connection connect(Map<String, String> more) throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("guard.subject", "ana@example.com");
    more.forEach(properties::setProperty);
    return DriverManager.getConnection(url(), properties);
  }

  /** Past Guard, as superuser. */
  Connection direct() throws SQLException {
    return postgres.connect(name);
  }

  /** The first value of the first row, past Guard. */
  String truth(String sql) throws SQLException {
    try (Connection connection = direct()) {
      return first(connection, sql);
    }
  }

  /** The first value of the first row. */
  static String first(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      return result.next() ? result.getString(1) : "no row";
    }
  }

  /** Runs each as a text of its own. */
  static void run(Connection connection, String... texts) throws SQLException {
    for (String text : texts) {
      try (Statement statement = connection.createStatement()) {
        statement.execute(text);
      }
    }
  }

  static int update(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      return statement.executeUpdate(sql);
    }
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
    if (java.nio.file.Files.exists(directory.resolve("audit"))) {
      guard().close();
    }
    postgres.dropDatabase(name);
    postgres.execute("postgres", "DROP ROLE IF EXISTS " + agent());
  }
}
