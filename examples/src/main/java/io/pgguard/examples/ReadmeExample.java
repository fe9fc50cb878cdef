package io.pgguard.examples;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;

/** The README's example, between the tags. */
final class ReadmeExample {
  private ReadmeExample() {}

  // example:begin
  static void report(String server) throws SQLException {
    String url = "jdbc:guard:postgresql://" + server + "?guard.config=guard.yaml";
    Properties who = new Properties();
    who.setProperty("guard.subject", "ana@example.com");
    who.setProperty("guard.intent", "names and addresses for a mailing");
    try (Connection db = DriverManager.getConnection(url, who);
        Statement ask = db.createStatement();
        ResultSet rows = ask.executeQuery("SELECT name, email FROM customers ORDER BY id")) {
      while (rows.next()) {
        System.out.println(rows.getString("name") + " " + rows.getString("email"));
      }
    }
  }
  // example:end
}
