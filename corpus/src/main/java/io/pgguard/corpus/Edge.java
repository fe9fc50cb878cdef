package io.pgguard.corpus;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;

/** A way to the corpus's database: directly, or through Guard. */
interface Edge {
  /** How reports call it. */
  String name();

  /**
   * Opens a connection.
   *
   * @param superuser whether statements run as superuser instead of the schema's owner
   * @param properties PgJDBC's properties
   */
  Connection open(boolean superuser, Properties properties) throws SQLException;
}
