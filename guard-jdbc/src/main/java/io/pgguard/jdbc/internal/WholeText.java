package io.pgguard.jdbc.internal;

import io.pgguard.session.GuardSession;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.Query;

/**
 * Decides on a text of several statements as a whole. PgJDBC splits it and sends one statement
 * after the other, so without this a COMMIT in the text would keep what stands before a refused
 * statement. Stateless.
 */
final class WholeText {
  private WholeText() {}

  /**
   * Sends the first statement that the policy refuses, and nothing else of the text: so the refusal
   * is logged, told and fails an open transaction like any other.
   *
   * @param parameters whether {@code ?} in the text stands for a parameter
   * @throws SQLException the refusal
   */
  static void decide(Connection connection, GuardSession session, String sql, boolean parameters)
      throws SQLException {
    if (sql == null || !mayHoldSeveral(sql)) {
      return;
    }
    Query[] parts =
        connection
            .unwrap(BaseConnection.class)
            .createQuery(sql, true, parameters)
            .query
            .getSubqueries();
    if (parts == null) {
      return;
    }
    for (Query part : parts) {
      String text = part.getNativeSql();
      if (session.plan(text).denied()) {
        refuse(connection, text);
      }
    }
  }

  private static boolean mayHoldSeveral(String sql) {
    int semicolon = sql.indexOf(';');
    return semicolon >= 0 && !sql.substring(semicolon + 1).isBlank();
  }

  private static void refuse(Connection connection, String text) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.setEscapeProcessing(false);
      statement.execute(text);
    }
    throw new SQLException(
        "The policy changed while Guard decided on this text. See what of it is done, and run the rest.",
        "40001");
  }
}
