package io.pgguard.jdbc;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A database for each test alone, and the agent's connection to it. */
abstract class OwnDatabase {
  GuardedDatabase database;
  Connection connection;

  private final String word;

  /**
   * @param word what the database's name begins with
   */
  OwnDatabase(String word) {
    this.word = word;
  }

  /** What the database holds, and the policy: before anybody connects. */
  abstract void prepare() throws Exception;

  /** The connection that tests use. */
  Connection connect() throws SQLException {
    return database.connect();
  }

  @BeforeEach
  void open(@TempDir Path directory) throws Exception {
    database = new GuardedDatabase(word, directory);
    prepare();
    connection = connect();
  }

  @AfterEach
  void close() throws Exception {
    connection.close();
    database.close();
  }

  /** Runs each as a text of its own, guarded. */
  void run(String... texts) throws SQLException {
    GuardedDatabase.run(connection, texts);
  }

  /** Runs each past Guard, as superuser. */
  void execute(String... texts) throws SQLException {
    database.postgres().execute(database.database(), texts);
  }

  /** The agent's connection, whose texts are one transaction. */
  Connection inOneTransaction() throws SQLException {
    Connection opened = database.connect();
    opened.setAutoCommit(false);
    return opened;
  }
}
