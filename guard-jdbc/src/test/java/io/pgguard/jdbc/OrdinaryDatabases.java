package io.pgguard.jdbc;

import io.pgguard.testkit.TestPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;

/** Two databases that are alike, one guarded by a policy that allows everything, one not. */
final class OrdinaryDatabases implements AutoCloseable {
  private static final String[] SCHEMA = {
    "CREATE TABLE member (id serial PRIMARY KEY, name text NOT NULL, email text UNIQUE, joined date,"
        + " visits int NOT NULL DEFAULT 0, CONSTRAINT not_negative CHECK (visits >= 0))",
    "CREATE TABLE ticket (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,"
        + " member_id int REFERENCES member, subject text NOT NULL, state text DEFAULT 'open')",
    "CREATE TABLE tenant_note (id serial PRIMARY KEY, tenant text, body text)",
    "ALTER TABLE tenant_note ENABLE ROW LEVEL SECURITY",
    "CREATE POLICY of_tenant ON tenant_note"
        + " USING (tenant IS NULL OR tenant = current_setting('app.tenant', true))",
    "INSERT INTO member (name, email, joined) SELECT 'Member ' || n, CASE WHEN n % 3 > 0 THEN"
        + " 'm' || n || '@mail.example' END, date '2020-01-01' + n FROM generate_series(1, 9) n",
    "INSERT INTO ticket (member_id, subject) SELECT n, 'Subject ' || n FROM generate_series(1, 9) n",
    "CREATE FUNCTION open_tickets() RETURNS refcursor LANGUAGE plpgsql STABLE AS"
        + " 'DECLARE c refcursor := ''tickets''; BEGIN OPEN c FOR SELECT id, subject FROM ticket"
        + " ORDER BY id; RETURN c; END'",
    "CREATE FUNCTION label(n int) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT ''#'' || n'",
  };

  private static final String POLICY =
      """
      version: 1
      classes:
        pii.email: { columns: ["*.member.email"], mask: email }
      rules:
        - { id: all, when: {}, then: allow }
        - { id: locks, when: { locking: true }, then: allow }
      functions: { allow: ["public.open_tickets()"] }
      """;

  private final TestPostgres postgres = TestPostgres.shared();
  private final Path config;
  private final String guarded;
  private final String plain;
  private final String role;

  OrdinaryDatabases(Path directory) throws SQLException, IOException {
    guarded = postgres.createDatabase("ordinary");
    plain = postgres.createDatabase("plain");
    role = "worker_" + guarded;
    postgres.execute("postgres", "CREATE ROLE " + role + " LOGIN PASSWORD 'worker-secret'");
    for (String database : new String[] {guarded, plain}) {
      postgres.execute(
          database,
          "ALTER DATABASE " + database + " OWNER TO " + role,
          "ALTER SCHEMA public OWNER TO " + role);
      try (Connection own = connect(database)) {
        GuardedDatabase.run(own, SCHEMA);
      }
    }
    Files.writeString(directory.resolve("policy.yaml"), POLICY);
    config = directory.resolve("guard.yaml");
    Files.writeString(
        config,
        """
        database: { user: "%s", password: { value: worker-secret } }
        policy: policy.yaml
        audit: { directory: audit, durability: os }
        """
            .formatted(role));
  }

  private Connection connect(String database) throws SQLException {
    return DriverManager.getConnection(
        "jdbc:postgresql://" + postgres.host() + ":" + postgres.port() + "/" + database,
        role,
        "worker-secret");
  }

  /** Past Guard, as the role that statements run as behind it. */
  Connection direct() throws SQLException {
    return connect(plain);
  }

  Connection guarded() throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("guard.subject", "worker@example.com");
    properties.setProperty("guard.config", config.toString());
    return DriverManager.getConnection(
        "jdbc:guard:postgresql://" + postgres.host() + ":" + postgres.port() + "/" + guarded,
        properties);
  }

  @Override
  public void close() throws SQLException {
    GuardDriver.guard(config).close();
    postgres.dropDatabase(guarded);
    postgres.dropDatabase(plain);
    postgres.execute("postgres", "DROP ROLE IF EXISTS " + role);
  }
}
