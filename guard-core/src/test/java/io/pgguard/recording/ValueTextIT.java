package io.pgguard.recording;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.pgguard.mask.ResultColumn;
import io.pgguard.testkit.TestPostgres;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Binary values read as the server itself writes them in text. */
final class ValueTextIT {

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "bool, boolsend, true, case when v then 't' else 'f' end",
        "int2, int2send, -32768, v::text",
        "int4, int4send, -7, v::text",
        "int8, int8send, 9223372036854775807, v::text",
        "oid, oidsend, 4294967295, v::text",
        "float4, float4send, -1.5, v::text",
        "float8, float8send, 0.1, v::text",
        "text, textsend, Größe, v::text",
        "varchar, varcharsend, x, v::text",
        "json, json_send, [1], v::text",
        "jsonb, jsonb_send, [1], v::text",
        "bytea, byteasend, \\x00ff, v::text",
        "uuid, uuid_send, 0e37df36-f698-11e6-8dd4-cb9ced3df976, v::text",
        "date, date_send, 2026-11-22, v::text",
        "date, date_send, 1969-12-31, v::text",
        "date, date_send, infinity, v::text",
        "timestamp, timestamp_send, 2026-11-22 01:02:03.000004, v::text",
        "timestamp, timestamp_send, 1999-11-22 01:02:00, v::text",
        "timestamp, timestamp_send, -infinity, v::text",
        "timestamptz, timestamptz_send, 2026-11-22 01:02:03.5+02, v::text",
        "numeric, numeric_send, 0, v::text",
        "numeric, numeric_send, -0.00010, v::text",
        "numeric, numeric_send, 12345678901234567890.123450, v::text",
        "numeric, numeric_send, 100000000, v::text",
        "numeric, numeric_send, 1e-20, v::text",
        "numeric, numeric_send, NaN, v::text",
        "numeric, numeric_send, -Infinity, v::text"
      })
  void binaryValue_readsAsTheServersText(String type, String send, String literal, String text)
      throws SQLException {
    String query =
        "SELECT "
            + send
            + "(v), "
            + text
            + ", '"
            + type
            + "'::regtype::oid FROM (SELECT CAST(CAST(? AS text) AS "
            + type
            + ") AS v) AS q";
    try (Connection connection = TestPostgres.shared().connect("postgres");
        Statement settings = connection.createStatement();
        PreparedStatement statement = connection.prepareStatement(query)) {
      settings.execute("SET TimeZone = 'UTC'");
      statement.setString(1, literal);
      try (ResultSet result = statement.executeQuery()) {
        result.next();
        byte[] bytes = result.getBytes(1);
        ResultColumn column = new ResultColumn("v", 0, 0, (int) result.getLong(3), true);
        assertEquals(result.getString(2), ValueText.of(column, bytes, 0, bytes.length));
      }
    }
  }
}
