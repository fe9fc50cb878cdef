package io.pgguard.jdbc.internal;

import io.pgguard.wording.DriverWording;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/**
 * Chooses between the servers of a URL: the first that answers and is what {@code targetServerType}
 * names, in the URL's order or, with {@code loadBalanceHosts=true}, in one by chance. Each is
 * opened through the guard, or not at all.
 */
final class Servers {
  private Servers() {}

  /** Opens a connection to one server. */
  interface Opener {
    FreshTokens.Link open(GuardUrl one) throws SQLException;
  }

  /** What is asked of a server. */
  private enum Wanted {
    ANY,
    PRIMARY,
    SECONDARY
  }

  /**
   * @throws SQLException why the last of them was not taken
   */
  static FreshTokens.Link open(GuardUrl url, Opener opener) throws SQLException {
    List<Wanted> wanted = wanted(url);
    List<GuardUrl> each = new ArrayList<>(url.each());
    if (Boolean.parseBoolean(url.property("loadBalanceHosts"))) {
      Collections.shuffle(each);
    }
    SQLException last = null;
    for (Wanted one : wanted) {
      for (GuardUrl server : each) {
        try {
          FreshTokens.Link link = opener.open(server);
          if (is(one, link.connection())) {
            return link;
          }
          FreshTokens.close(link);
          last = none(url);
        } catch (SQLException e) {
          last = orThrow(e, each.size());
        }
      }
    }
    throw last == null ? none(url) : last;
  }

  /** A server that is not reached may be another's to replace; a refusal is not. */
  private static SQLException orThrow(SQLException e, int servers) throws SQLException {
    String state = e.getSQLState();
    boolean away = state != null && (state.startsWith("08") || state.startsWith("57P"));
    if (servers == 1 || !away) {
      throw e;
    }
    return e;
  }

  private static SQLException none(GuardUrl url) {
    return Told.of(
        DriverWording.PROPERTY.say(
            "none of the servers is what targetServerType="
                + url.property("targetServerType")
                + " asks for"));
  }

  private static List<Wanted> wanted(GuardUrl url) throws SQLException {
    String type = url.property("targetServerType");
    return switch (type == null ? "any" : type) {
      case "any" -> List.of(Wanted.ANY);
      case "primary", "master" -> List.of(Wanted.PRIMARY);
      case "secondary", "slave" -> List.of(Wanted.SECONDARY);
      case "preferSecondary", "preferSlave" -> List.of(Wanted.SECONDARY, Wanted.ANY);
      case "preferPrimary" -> List.of(Wanted.PRIMARY, Wanted.ANY);
      default ->
          throw Told.of(
              DriverWording.PROPERTY.say(
                  "targetServerType is any, primary, secondary, preferPrimary or preferSecondary"));
    };
  }

  private static boolean is(Wanted wanted, Connection connection) throws SQLException {
    return wanted == Wanted.ANY || readOnly(connection) == (wanted == Wanted.SECONDARY);
  }

  /**
   * As PgJDBC has it: a server that takes no changes, by what it reports or, before 14, is asked.
   */
  private static boolean readOnly(Connection connection) throws SQLException {
    PGConnection pg = connection.unwrap(PGConnection.class);
    @Nullable String standby = pg.getParameterStatus("in_hot_standby");
    @Nullable String changes = pg.getParameterStatus("default_transaction_read_only");
    if (standby != null && changes != null) {
      return standby.equals("on") || changes.equals("on");
    }
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery("SHOW transaction_read_only")) {
      return result.next() && "on".equals(result.getString(1));
    }
  }
}
