package io.pgguard.catalog;

/**
 * Guard's own way to a database, beside the sessions: it reads the catalog and asks the planner. An
 * edge supplies it; it logs in with the configured credential. Thread-safe.
 */
public interface DatabaseAccess extends AutoCloseable {

  /** {@code host:port/database}: sessions with the same address and user share a catalog. */
  String address();

  /** The database's name. */
  String database();

  /** The role that logs in. */
  String user();

  /**
   * A connection that nobody else uses until it is closed; closing may keep it for the next caller.
   *
   * @throws io.pgguard.catalog.CatalogUnavailableException when the server cannot be reached
   */
  CatalogQueries connect();

  /** Closes every connection that is kept. Idempotent. */
  @Override
  void close();
}
