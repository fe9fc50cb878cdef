package io.pgguard.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A database with several servers: which one a session takes. */
class ServersIT {
  @TempDir Path directory;

  private static int closedPort() throws IOException {
    try (ServerSocket free = new ServerSocket(0)) {
      return free.getLocalPort();
    }
  }

  private static String masked(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT ssn FROM customers WHERE id = 1")) {
      assertTrue(rows.next());
      return rows.getString(1);
    }
  }

  @Test
  void firstServerGone_theNextServesSessionAndCatalog() throws Exception {
    try (GuardedProxy guarded =
            new GuardedProxy("failover", directory, "")
                .replaced("servers: [", "servers: [\"127.0.0.1:" + closedPort() + "\", ");
        Connection connection = guarded.connect("")) {
      assertEquals("*******0001", masked(connection));
    }
  }

  @Test
  void serverOfAnotherKind_isNotTaken() throws Exception {
    try (GuardedProxy guarded =
        new GuardedProxy("attributes", directory, "")
            .replaced("servers: [", "targetSessionAttrs: read-write, servers: [")) {
      try (Connection connection = guarded.connect("")) {
        assertEquals("*******0001", masked(connection));
      }
      try (Connection direct = guarded.direct();
          Statement statement = direct.createStatement()) {
        statement.execute(
            "ALTER ROLE " + guarded.agent() + " SET default_transaction_read_only = on");
      }
      SQLException refused = assertThrows(SQLException.class, () -> guarded.connect(""));
      assertEquals("08006", refused.getSQLState());
      assertTrue(
          String.valueOf(refused.getMessage())
              .contains("no server of this database that is read-write"),
          refused.getMessage());
    }
    try (GuardedProxy guarded =
        new GuardedProxy("attributes", directory.resolve("2"), "")
            .replaced("servers: [", "targetSessionAttrs: prefer-standby, servers: [")) {
      try (Connection connection = guarded.connect("")) {
        assertEquals("*******0001", masked(connection));
      }
    }
  }
}
