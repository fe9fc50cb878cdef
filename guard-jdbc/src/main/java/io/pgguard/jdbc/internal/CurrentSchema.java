package io.pgguard.jdbc.internal;

import io.pgguard.wording.DriverWording;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The search path that a connection begins with. It is set by a statement, which the policy decides
 * on like any other, so a path that Guard would not take later is not taken at the start either.
 */
final class CurrentSchema {
  private CurrentSchema() {}

  /**
   * @throws SQLException where the list is not one of names, or the policy refuses it
   */
  static void set(GuardUrl url, Connection connection) throws SQLException {
    String schemas = url.property("currentSchema");
    if (schemas == null) {
      return;
    }
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET search_path TO " + String.join(", ", names(schemas)));
    }
  }

  /** Names as the server takes the value of search_path apart, quoted for a statement. */
  static List<String> names(String schemas) throws SQLException {
    List<String> names = new ArrayList<>();
    int at = 0;
    while (at <= schemas.length()) {
      int end = end(schemas, at);
      String name = schemas.substring(at, end).strip();
      boolean quoted = name.length() > 1 && name.startsWith("\"") && name.endsWith("\"");
      String bare =
          quoted
              ? name.substring(1, name.length() - 1).replace("\"\"", "\"")
              : name.toLowerCase(Locale.ROOT);
      if (bare.isEmpty() || (!quoted && name.indexOf('"') >= 0)) {
        throw Told.of(
            DriverWording.PROPERTY.say("currentSchema is a list of schemas, such as app, public"));
      }
      names.add('"' + bare.replace("\"", "\"\"") + '"');
      at = end + 1;
    }
    return names;
  }

  /** The comma behind a name, or the end. */
  private static int end(String schemas, int from) {
    boolean quoted = false;
    for (int i = from; i < schemas.length(); i++) {
      if (schemas.charAt(i) == '"') {
        quoted = !quoted;
      } else if (schemas.charAt(i) == ',' && !quoted) {
        return i;
      }
    }
    return schemas.length();
  }
}
