package io.pgguard.jdbc.internal;

import io.pgguard.session.GuardSession;
import io.pgguard.session.StatementPlan;
import io.pgguard.wording.DriverWording;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.NativeQuery;
import org.postgresql.core.Query;
import org.postgresql.core.QueryExecutor;
import org.postgresql.core.ResultHandlerBase;
import org.postgresql.core.SqlCommand;

/**
 * Decides on a text of several statements as a whole. PgJDBC splits it and sends one statement
 * after the other, so without this a COMMIT in the text would keep what stands before a refused
 * statement. Stateless.
 */
final class WholeText {
  /** What the server runs alone only, and Guard refuses among other statements. */
  private static final String ALONE = "discard";

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
    List<String> texts = Arrays.stream(parts).map(Query::getNativeSql).toList();
    List<StatementPlan> plans = session.plan(texts);
    boolean values =
        Arrays.stream(parts).anyMatch(p -> p.createParameterList().getParameterCount() > 0);
    Optional<StatementPlan> withheld = session.hold(plans, values);
    if (withheld.isPresent()) {
      refuse(connection, withheld.get().text());
    }
    String whole = String.join("; ", texts);
    if (whole.toLowerCase(Locale.ROOT).contains(ALONE)
        && session.plan(List.of(whole)).get(0).denied()) {
      refuseWhole(connection, whole);
    }
  }

  private static boolean mayHoldSeveral(String sql) {
    int semicolon = sql.indexOf(';');
    return semicolon >= 0 && !sql.substring(semicolon + 1).isBlank();
  }

  /** Takes the refusal, which it throws when all is told. */
  private static final class NoResult extends ResultHandlerBase {
    @Override
    public void handleWarning(SQLWarning warning) {
      // a refusal brings none
    }
  }

  /** Sends the text as it is, since what is wrong with it shows in no part of it alone. */
  private static void refuseWhole(Connection connection, String text) throws SQLException {
    QueryExecutor executor = connection.unwrap(BaseConnection.class).getQueryExecutor();
    Query one = executor.wrap(List.of(new NativeQuery(text, SqlCommand.BLANK)));
    int flags =
        QueryExecutor.QUERY_ONESHOT
            | QueryExecutor.QUERY_NO_RESULTS
            | QueryExecutor.QUERY_EXECUTE_AS_SIMPLE
            | QueryExecutor.QUERY_SUPPRESS_BEGIN;
    executor.execute(one, null, new NoResult(), 0, 0, flags);
    throw Told.of(DriverWording.POLICY_CHANGED.say());
  }

  /** The statements that PgJDBC sends of a text without parameters. */
  static List<String> parts(Connection connection, String sql) throws SQLException {
    Query query = connection.unwrap(BaseConnection.class).createQuery(sql, true, false).query;
    Query[] parts = query.getSubqueries();
    return Arrays.stream(parts == null ? new Query[] {query} : parts)
        .map(Query::getNativeSql)
        .toList();
  }

  /** Sends a text that the session withholds. */
  static void refuse(Connection connection, String text) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.setEscapeProcessing(false);
      statement.execute(text);
    }
    throw Told.of(DriverWording.POLICY_CHANGED.say());
  }
}
