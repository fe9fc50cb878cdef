package io.pgguard.corpus.worlds;

import io.pgguard.corpus.CorpusServer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A database for each world, all cloned from one template, so that their catalogs are the same to
 * the OID.
 */
final class WorldDatabases implements AutoCloseable {
  static final String USER = "worlds_owner";
  static final String PASSWORD = "worlds";

  private static final AtomicInteger NEXT = new AtomicInteger();

  private final CorpusServer server;
  private final List<String> names = new ArrayList<>();

  private WorldDatabases(CorpusServer server) {
    this.server = server;
  }

  /** Makes them; dropped when this is closed. */
  static WorldDatabases create(CorpusServer server, WorldSchema schema) throws SQLException {
    WorldDatabases worlds = new WorldDatabases(server);
    String stem = "worlds_" + ProcessHandle.current().pid() + "_" + NEXT.incrementAndGet() + "_";
    String template = stem + "t";
    worlds.execute("postgres", role());
    worlds.execute(
        "postgres",
        "CREATE DATABASE " + template + " TEMPLATE template0 ENCODING 'UTF8' OWNER " + USER);
    worlds.names.add(template);
    worlds.execute(template, schema(schema));
    for (World world : World.values()) {
      String name = stem + world.ordinal();
      worlds.execute(
          "postgres", "CREATE DATABASE " + name + " TEMPLATE " + template + " OWNER " + USER);
      worlds.names.add(name);
      worlds.execute(name, data(schema, world), "VACUUM ANALYZE");
    }
    return worlds;
  }

  /** What makes the relations, in an empty database. */
  static String schema(WorldSchema schema) {
    return "SET ROLE "
        + USER
        + "; CREATE SCHEMA w; SET search_path = w, public; "
        + WorldSchema.types()
        + schema.tables()
        + autovacuumOff();
  }

  /** What fills them. */
  static String data(WorldSchema schema, World world) {
    return "SET ROLE " + USER + "; SET search_path = w, public; " + schema.data(world);
  }

  /** What makes the role that owns and runs all. */
  static String role() {
    return """
        DO $$ BEGIN
          IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'worlds_owner') THEN
            CREATE ROLE worlds_owner LOGIN PASSWORD 'worlds';
          END IF;
        END $$;
        ALTER ROLE worlds_owner SET search_path = w, public;
        ALTER ROLE worlds_owner SET jit = off;
        ALTER ROLE worlds_owner SET max_parallel_workers_per_gather = 0;
        ALTER ROLE worlds_owner SET lock_timeout = '1s';
        ALTER ROLE worlds_owner SET statement_timeout = '2s';
        """;
  }

  private static String autovacuumOff() {
    return """
        DO $$ DECLARE r regclass; BEGIN
          FOR r IN SELECT oid FROM pg_class WHERE relkind IN ('r', 'm') AND relnamespace = 'w'::regnamespace LOOP
            EXECUTE format('ALTER TABLE %s SET (autovacuum_enabled = off)', r);
          END LOOP;
        END $$""";
  }

  /**
   * Takes away what writes that were undone have left: tables would grow, in each world by the
   * length of its own values, until the planner takes another way in one of them.
   */
  void vacuum() throws SQLException {
    for (World world : World.values()) {
      execute(name(world), "VACUUM");
    }
  }

  CorpusServer server() {
    return server;
  }

  /** The name of a world's database. */
  String name(World world) {
    return names.get(world.ordinal() + 1);
  }

  /** A direct connection as the schema's owner. */
  Connection direct(World world) throws SQLException {
    return DriverManager.getConnection(url(name(world)), USER, PASSWORD);
  }

  String url(String database) {
    return "jdbc:postgresql://" + server.host() + ":" + server.port() + "/" + database;
  }

  private void execute(String database, String... texts) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(url(database), server.user(), server.password());
        Statement statement = connection.createStatement()) {
      statement.setEscapeProcessing(false);
      for (String text : texts) {
        statement.execute(text);
      }
    }
  }

  @Override
  public void close() throws SQLException {
    for (String name : names) {
      execute("postgres", "DROP DATABASE IF EXISTS " + name + " WITH (FORCE)");
    }
  }
}
