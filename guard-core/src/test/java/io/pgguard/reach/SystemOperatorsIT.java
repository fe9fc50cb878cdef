package io.pgguard.reach;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.pgguard.testkit.TestPostgres;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The data files of operators and casts hold what the server has. */
class SystemOperatorsIT {
  private static final String OPERATORS =
      "SELECT concat_ws(' ', 'op', oprname, coalesce(l.typname, '-'), r.typname, x.typname, p.proname)"
          + " FROM pg_operator o LEFT JOIN pg_type l ON l.oid = oprleft"
          + " JOIN pg_type r ON r.oid = oprright JOIN pg_type x ON x.oid = oprresult"
          + " JOIN pg_proc p ON p.oid = oprcode WHERE o.oid < 16384";
  private static final String CASTS =
      "SELECT concat_ws(' ', s.typname, t.typname, castcontext, CASE castmethod WHEN 'b' THEN '='"
          + " WHEN 'i' THEN '~' ELSE p.proname || '(' || (SELECT string_agg(a.typname, ', ' ORDER BY n)"
          + " FROM unnest(p.proargtypes) WITH ORDINALITY u(t, n) JOIN pg_type a ON a.oid = u.t) || ')' END)"
          + " FROM pg_cast c JOIN pg_type s ON s.oid = castsource JOIN pg_type t ON t.oid = casttarget"
          + " LEFT JOIN pg_proc p ON p.oid = castfunc WHERE c.oid < 16384";

  private static List<String> sorted(String sql) throws SQLException {
    List<String> rows = new ArrayList<>();
    try (Connection connection = TestPostgres.shared().connect("postgres");
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      while (result.next()) {
        rows.add(result.getString(1));
      }
    }
    rows.sort(null);
    return rows;
  }

  private static List<String> file(String name) {
    return DataFile.lines(name).stream().sorted().toList();
  }

  @Test
  void operators_areTheServers() throws SQLException {
    assertEquals(sorted(OPERATORS), file("operators.txt"));
  }

  @Test
  void casts_areTheServers() throws SQLException {
    assertEquals(sorted(CASTS), file("casts.txt"));
  }
}
