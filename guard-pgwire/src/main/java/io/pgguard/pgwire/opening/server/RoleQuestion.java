package io.pgguard.pgwire.opening.server;

import io.pgguard.pgwire.message.DataRow;
import io.pgguard.pgwire.message.MalformedMessageException;
import java.nio.charset.StandardCharsets;

/**
 * The one text that Guard itself sends on a connection before anybody else may: who its statements
 * run as. It names everything by its schema, so that no search path changes its meaning.
 */
final class RoleQuestion {
  static final String TEXT =
      "SELECT r.rolname, r.rolsuper, r.rolreplication, r.rolbypassrls,"
          + " r.rolname OPERATOR(pg_catalog.=) current_user,"
          + " pg_catalog.current_setting('search_path')"
          + " FROM pg_catalog.pg_roles AS r"
          + " WHERE r.rolname OPERATOR(pg_catalog.=) current_user"
          + " OR r.rolname OPERATOR(pg_catalog.=) session_user";

  private static final int COLUMNS = 6;

  private RoleQuestion() {}

  static ServerReady.Role role(DataRow row) {
    if (row.values().length != COLUMNS) {
      throw MalformedMessageException.violation("DataRow", "not the columns that were asked for");
    }
    return new ServerReady.Role(text(row, 0), yes(row, 1), yes(row, 2), yes(row, 3), yes(row, 4));
  }

  static String searchPath(DataRow row) {
    return text(row, COLUMNS - 1);
  }

  private static boolean yes(DataRow row, int column) {
    return text(row, column).equals("t");
  }

  private static String text(DataRow row, int column) {
    byte[] value = row.values()[column];
    if (value == null) {
      throw MalformedMessageException.violation("DataRow", "NULL where there is none");
    }
    return new String(value, StandardCharsets.UTF_8);
  }
}
