package io.pgguard.examples;

import java.io.PrintStream;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Prints what the agent sees, and counts what did not go as told. */
final class Transcript {
  private static final int SHOWN_ROWS = 3;

  private final PrintStream out;
  private int failures;
  private int steps;

  Transcript(PrintStream out) {
    this.out = out;
  }

  void title(String text) {
    out.println();
    out.println("== " + text);
  }

  void step(String title, String sql) {
    steps++;
    out.println();
    out.println(steps + ". " + title);
    out.println("   sql>      " + sql.strip().replace("\n", "\n             "));
  }

  void decision(String text) {
    out.println("   decision> " + text);
  }

  void line(String text) {
    out.println("   " + text.replace("\n", "\n   "));
  }

  void error(SQLException e) {
    out.println(
        "   error>    ["
            + e.getSQLState()
            + "] "
            + String.valueOf(e.getMessage()).replace("\n", "\n             "));
  }

  /** Prints the first rows of a result and says how many there were; returns the first row. */
  List<String> rows(ResultSet result) throws SQLException {
    ResultSetMetaData meta = result.getMetaData();
    List<String> names = new ArrayList<>();
    for (int i = 1; i <= meta.getColumnCount(); i++) {
      names.add(meta.getColumnLabel(i));
    }
    out.println("   columns>  " + String.join(" | ", names));
    List<String> first = List.of();
    int count = 0;
    while (result.next()) {
      List<String> row = new ArrayList<>();
      for (int i = 1; i <= names.size(); i++) {
        row.add(String.valueOf(result.getString(i)));
      }
      first = count == 0 ? row : first;
      if (count++ < SHOWN_ROWS) {
        out.println("   row>      " + String.join(" | ", row));
      }
    }
    if (count > SHOWN_ROWS) {
      out.println("             ... " + count + " rows");
    }
    return first;
  }

  /** Says whether something went as told. */
  void check(boolean asTold, String what) {
    if (asTold) {
      out.println("   ok        " + what);
    } else {
      failures++;
      out.println("   FAILED    " + what);
    }
  }

  int failures() {
    return failures;
  }
}
