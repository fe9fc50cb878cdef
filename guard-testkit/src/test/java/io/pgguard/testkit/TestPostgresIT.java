package io.pgguard.testkit;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

class TestPostgresIT {

  @Test
  void createDatabase_onTheSharedServer_answersAQuery() throws Exception {
    TestPostgres postgres = TestPostgres.shared();
    String database = postgres.createDatabase("fixture");
    try (Connection connection = postgres.connect(database);
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery("SHOW server_version_num")) {
      assertTrue(result.next());
      assertTrue(result.getInt(1) >= 150000, "a server of version 15 or later");
    } finally {
      postgres.dropDatabase(database);
    }
  }
}
