package io.pgguard.corpus;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * The corpus's database on one server, made anew from a template after lines that change it. One
 * thread at a time.
 */
public final class RedteamDatabase implements AutoCloseable {
  static final String OWNER = "app_owner";
  static final String PASSWORD = "app";

  /**
   * The roles as the schema makes them, and nothing of what lines leave behind beyond the database.
   */
  private static final List<String> RESTORE_SERVER =
      List.of(
          "DO $$ DECLARE r record; BEGIN FOR r IN SELECT slot_name FROM pg_replication_slots WHERE NOT active AND"
              + " slot_name ~ '^(evil|rt_)' LOOP PERFORM pg_drop_replication_slot(r.slot_name); END LOOP; END $$",
          "DO $$ DECLARE r text; BEGIN FOR r IN SELECT rolname FROM pg_roles WHERE rolname ~ '^(evil|rt_)' LOOP"
              + " EXECUTE format('DROP OWNED BY %I', r); EXECUTE format('DROP ROLE %I', r); END LOOP; END $$",
          "DO $$ BEGIN IF to_regrole('app_reader') IS NULL THEN CREATE ROLE app_reader; END IF;"
              + " IF to_regrole('pii_reader') IS NULL THEN CREATE ROLE pii_reader; END IF;"
              + " IF to_regrole('app_admin') IS NULL THEN CREATE ROLE app_admin; END IF; END $$",
          "ALTER ROLE app_owner LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS PASSWORD 'app'"
              + " CONNECTION LIMIT -1 VALID UNTIL 'infinity'",
          "ALTER ROLE app_owner RESET ALL",
          "ALTER ROLE app_reader LOGIN NOSUPERUSER PASSWORD 'reader'",
          "ALTER ROLE app_admin NOLOGIN CREATEROLE CREATEDB NOSUPERUSER",
          "GRANT app_admin, pii_reader, pg_monitor TO app_owner",
          "REVOKE app_owner, pii_reader FROM app_reader",
          "REVOKE pg_read_all_data, pg_write_all_data, pg_read_server_files, pg_execute_server_program FROM app_owner",
          "ALTER SYSTEM RESET ALL",
          "SELECT pg_reload_conf()");

  private final CorpusServer server;
  private final String template;
  private final String name;

  /** Whether the next line needs the database anew, and the server's roles too. */
  private boolean changed = true;

  private boolean serverChanged;

  private RedteamDatabase(CorpusServer server, String name) {
    this.server = server;
    this.name = name;
    this.template = name + "_tmpl";
  }

  /** Makes the template from the corpus's schema, and the database from the template. */
  public static RedteamDatabase create(CorpusServer server, Path schema)
      throws SQLException, IOException {
    String name = exists(server, "rt") ? "rt_" + ProcessHandle.current().pid() : "rt";
    RedteamDatabase database = new RedteamDatabase(server, name);
    execute(
        server,
        "postgres",
        "CREATE DATABASE " + database.template + " TEMPLATE template0 ENCODING 'UTF8'");
    execute(server, database.template, Files.readString(schema));
    database.reset();
    return database;
  }

  private static boolean exists(CorpusServer server, String name) throws SQLException {
    try (Connection connection = server.connect("postgres");
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT 1 FROM pg_database WHERE datname IN ('"
                    + name
                    + "', '"
                    + name
                    + "_tmpl')")) {
      return rows.next();
    }
  }

  CorpusServer server() {
    return server;
  }

  String name() {
    return name;
  }

  /**
   * The OID of a function, which a client may know from elsewhere.
   *
   * @param signature as in {@code lo_get(oid)}
   */
  int function(String signature) throws SQLException {
    try (Connection connection = server.connect(name);
        PreparedStatement statement = connection.prepareStatement("SELECT ?::regprocedure::oid")) {
      statement.setString(1, signature);
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return (int) row.getLong(1);
      }
    }
  }

  /** Whether a line touches more than the database, on a server that is not the test's own. */
  boolean isForeignTo(CorpusLine line) {
    return (line.superuser() || line.global()) && !server.own();
  }

  /** Makes the database anew where an earlier line changed it. */
  void ready() throws SQLException {
    if (changed) {
      reset();
    }
  }

  /** Called after a line was run: what failed, each statement by itself, changed nothing. */
  void after(CorpusLine line, List<Answer> answers) {
    if (line.mutates() && answers.stream().anyMatch(a -> a.error == null || a.cancelled)) {
      changed = true;
      serverChanged |= line.global();
    }
  }

  /** The name of what the database is made from. */
  String template() {
    return template;
  }

  void reset() throws SQLException {
    if (serverChanged && server.own()) {
      for (String sql : RESTORE_SERVER) {
        execute(server, "postgres", sql);
      }
    }
    serverChanged = false;
    drop(name);
    execute(
        server,
        "postgres",
        "CREATE DATABASE " + name + " TEMPLATE " + template + " OWNER " + OWNER);
    execute(server, "postgres", "GRANT ALL ON DATABASE " + name + " TO " + OWNER);
    changed = false;
  }

  private void drop(String database) throws SQLException {
    try (Connection connection = server.connect("postgres");
        Statement statement = connection.createStatement()) {
      try {
        statement.execute("DROP DATABASE IF EXISTS " + database + " WITH (FORCE)");
      } catch (SQLException held) {
        statement.execute(
            "SELECT pg_terminate_backend(active_pid) FROM pg_replication_slots WHERE active AND database = '"
                + database
                + "'");
        statement.execute(
            "SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots WHERE database = '"
                + database
                + "'");
        statement.execute("DROP DATABASE IF EXISTS " + database + " WITH (FORCE)");
      }
    }
  }

  private static void execute(CorpusServer server, String database, String sql)
      throws SQLException {
    try (Connection connection = server.connect(database);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /**
   * Runs what a line wants run after it, as superuser; what does not apply any more is passed over.
   */
  void cleanup(CorpusLine line) {
    for (String sql : line.texts("cleanup")) {
      try {
        execute(server, name, sql);
      } catch (SQLException e) {
        System.err.println(
            "cleanup of " + line.id() + ": " + e.getMessage()); // refused lines leave nothing
      }
    }
  }

  @Override
  public void close() throws SQLException {
    serverChanged = true;
    reset();
    drop(name);
    drop(template);
  }
}
