package io.pgguard.jdbc.internal;

import io.pgguard.session.GuardSession;
import io.pgguard.session.StatementPlan;
import io.pgguard.wording.DriverWording;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
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
   * Sends the first statement that the policy refuses or people have not approved, and nothing else
   * of the text: so the refusal is logged, told and fails an open transaction like any other.
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
    List<StatementPlan> plans =
        session.plan(Arrays.stream(parts).map(Query::getNativeSql).toList());
    boolean values =
        Arrays.stream(parts).anyMatch(p -> p.createParameterList().getParameterCount() > 0);
    Optional<StatementPlan> withheld = session.hold(plans, values);
    if (withheld.isPresent()) {
      refuse(connection, withheld.get().text());
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
    throw Told.of(DriverWording.POLICY_CHANGED.say());
  }
}
