package io.pgguard.jdbc;

import java.sql.SQLException;

/**
 * Gives the token of who asks now. It is asked when a connection is opened and again before each
 * use, so a pooled connection goes on with a fresh token once there is one; it should keep its
 * token while that is good. Called by the threads that use connections.
 */
@FunctionalInterface
public interface TokenSupplier {

  /**
   * The access token of who asks now.
   *
   * @throws SQLException when there is none; whoever uses the connection is told
   */
  String token() throws SQLException;
}
