package io.pgguard.corpus;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;

/** PgJDBC alone, with nothing between. Immutable. */
record DirectEdge(RedteamDatabase database) implements Edge {
  @Override
  public String name() {
    return "direct";
  }

  @Override
  public Connection open(boolean superuser, Properties properties) throws SQLException {
    CorpusServer server = database.server();
    Properties all = new Properties();
    all.putAll(properties);
    all.setProperty("user", superuser ? server.user() : "app_owner");
    all.setProperty("password", superuser ? server.password() : "app");
    return DriverManager.getConnection(server.url(database.name()), all);
  }
}
