package io.pgguard.store;

import io.pgguard.approval.ApprovalCase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Reads cases of a table. */
record CaseQuery(String table) {

  /**
   * Cases.
   *
   * @param which what follows FROM
   * @param values of its parameters, texts or longs
   */
  List<ApprovalCase> read(Connection connection, String which, Object... values)
      throws SQLException {
    try (PreparedStatement query =
            bound(
                connection,
                "SELECT id, form, request, outcome FROM " + table + " " + which,
                values);
        ResultSet rows = query.executeQuery()) {
      List<ApprovalCase> found = new ArrayList<>();
      while (rows.next()) {
        found.add(
            CaseJson.read(
                rows.getString(1),
                rows.getInt(2),
                new CaseJson.Parts(rows.getString(3), rows.getString(4))));
      }
      return found;
    }
  }

  /** How many there are. */
  long count(Connection connection, String which, Object... values) throws SQLException {
    try (PreparedStatement query =
            bound(connection, "SELECT count(*) FROM " + table + " " + which, values);
        ResultSet rows = query.executeQuery()) {
      rows.next();
      return rows.getLong(1);
    }
  }

  private static PreparedStatement bound(Connection connection, String sql, Object... values)
      throws SQLException {
    PreparedStatement query = connection.prepareStatement(sql);
    for (int i = 0; i < values.length; i++) {
      if (values[i] instanceof Long number) {
        query.setLong(i + 1, number);
      } else {
        query.setString(i + 1, (String) values[i]);
      }
    }
    return query;
  }
}
