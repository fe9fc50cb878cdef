package io.pgguard.mask;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pgguard.testkit.TestPostgres;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;

/**
 * The server takes what masks make, as a value of the same type: the text by its input function,
 * the binary form by its receive function, and both read as the same value.
 */
class MaskIT {
  private static final List<Mask> MASKS =
      List.of(
          new Mask.Redact(),
          new Mask.Null(),
          new Mask.Constant("1"),
          new Mask.Constant("2001-02-03"),
          new Mask.Constant("{\"a\": [1]}"),
          new Mask.Constant("00000000-0000-4000-8000-000000000000"),
          new Mask.Partial(0, 4),
          new Mask.Partial(2, 1, '#'),
          new Mask.Partial(7, 0),
          new Mask.Email(),
          new Mask.Hash());
  private static final TestPostgres POSTGRES = TestPostgres.shared();
  private static String database = "";

  /** A type, the names of its output and send functions, and SQL expressions of it. */
  private record Sample(String type, String out, String send, String... values) {}

  private static final List<Sample> SAMPLES =
      List.of(
          new Sample(
              "text", "textout", "textsend", "'900-12-0001'", "''", "'äöü \"x\\y'", "'c@d.org'"),
          new Sample("varchar", "varcharout", "varcharsend", "'900-12-0001'", "'x@y.example'"),
          new Sample(
              "bpchar", "bpcharout", "bpcharsend", "'abc'::char(9)", "'a@b.example'::char(20)"),
          new Sample("name", "nameout", "namesend", "'pg_class'"),
          new Sample("xml", "xml_out", "xml_send", "'<a>900-12-0001</a>'"),
          new Sample(
              "json",
              "json_out",
              "json_send",
              "'{\"a\": \"900-12-0001\"}'",
              "'[1, 4000009120000016]'"),
          new Sample(
              "jsonb",
              "jsonb_out",
              "jsonb_send",
              "'{\"a\": \"900-12-0001\"}'",
              "'[1, 4000009120000016]'"),
          new Sample("bool", "boolout", "boolsend", "true", "false"),
          new Sample("int2", "int2out", "int2send", "0", "-32768", "32767", "1234"),
          new Sample("int4", "int4out", "int4send", "0", "-2147483648", "123456789"),
          new Sample(
              "int8", "int8out", "int8send", "0", "-9223372036854775808", "4000009120000016"),
          new Sample(
              "float4", "float4out", "float4send", "0", "1.5", "-1234.5", "1e20", "'NaN'", "0.001"),
          new Sample(
              "float8",
              "float8out",
              "float8send",
              "0",
              "1.5",
              "-123456.75",
              "1e300",
              "'Infinity'",
              "100"),
          new Sample(
              "numeric",
              "numeric_out",
              "numeric_send",
              "0",
              "0.00",
              "1234.56",
              "-0.0001",
              "10000",
              "123456789012345678901234567890.12345",
              "'NaN'",
              "'-Infinity'",
              "1e50",
              "0.00001234",
              "99990000"),
          new Sample("money", "cash_out", "cash_send", "1234.56", "-12"),
          new Sample(
              "date",
              "date_out",
              "date_send",
              "'2024-05-17'",
              "'infinity'",
              "'0044-03-15 BC'",
              "'12024-01-02'",
              "'1911-01-01'"),
          new Sample(
              "timestamp",
              "timestamp_out",
              "timestamp_send",
              "'2024-05-17 12:34:56.789'",
              "'-infinity'",
              "'1999-12-31 23:59:59'"),
          new Sample(
              "timestamptz",
              "timestamptz_out",
              "timestamptz_send",
              "'2024-05-17 12:34:56.789+02'",
              "'infinity'"),
          new Sample("uuid", "uuid_out", "uuid_send", "'550e8400-e29b-41d4-a716-446655440000'"),
          new Sample("bytea", "byteaout", "byteasend", "'\\x00ff5c27'", "''"),
          new Sample("inet", "inet_out", "inet_send", "'10.0.0.1/8'"),
          new Sample("int4range", "range_out", "range_send", "'[1,5)'"),
          new Sample("point", "point_out", "point_send", "'(1,2)'"),
          new Sample("interval", "interval_out", "interval_send", "'1 day'"),
          new Sample(
              "text[]",
              "array_out",
              "array_send",
              "'{}'",
              "'{a@b.example,NULL,\"x \\\"y\\\\\"}'",
              "'[0:1]={a,b}'::text[]",
              "'{{900-12-0001,\"\"},{NULL,\"NULL\"}}'"),
          new Sample("int4[]", "array_out", "array_send", "'{1,NULL,123456}'", "'{{1,2},{3,4}}'"),
          new Sample("numeric[]", "array_out", "array_send", "'{1.50,NULL,-123456.78}'"),
          new Sample("date[]", "array_out", "array_send", "'{2024-05-17,infinity}'"),
          new Sample("jsonb[]", "array_out", "array_send", "array['{\"a\": \"x,y\"}'::jsonb, '1']"),
          new Sample(
              "uuid[]", "array_out", "array_send", "'{550e8400-e29b-41d4-a716-446655440000}'"));

  @BeforeAll
  static void create() throws SQLException {
    database = POSTGRES.createDatabase("mask");
  }

  @AfterAll
  static void drop() throws SQLException {
    POSTGRES.dropDatabase(database);
  }

  @Test
  void everyMaskedValue_isAValueOfItsTypeInBothFormats() throws Exception {
    int checked = 0;
    try (Connection connection = POSTGRES.connect(database)) {
      prepare(connection);
      List<ColumnTreatment> treatments = new ArrayList<>();
      MASKS.forEach(mask -> treatments.add(new ColumnTreatment.Apply(mask)));
      treatments.add(
          new ColumnTreatment.Scan(
              Detectors.all(), new Mask.Redact(), ColumnTreatment.Scope.EVERYTHING));
      for (Sample sample : SAMPLES) {
        for (String value : sample.values()) {
          checked += check(connection, sample, value, treatments);
        }
      }
    }
    assertTrue(checked > 700, checked + " values checked");
  }

  private static void prepare(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET TimeZone = 'UTC'");
    }
  }

  private static int check(
      Connection connection, Sample sample, String value, List<ColumnTreatment> treatments)
      throws Exception {
    String typed = "(" + value + ")::" + (value.contains("::") ? "text::" : "") + sample.type();
    if (value.contains("::char")) {
      typed = "(" + value + ")::bpchar";
    } else if (value.contains("::")) {
      typed = value;
    }
    byte[] text;
    byte[] binary;
    int oid;
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT %s(v)::text, %s(v), '%s'::regtype::oid FROM (SELECT %s AS v) s"
                    .formatted(sample.out(), sample.send(), sample.type(), typed))) {
      row.next();
      text = row.getString(1).getBytes(StandardCharsets.UTF_8);
      binary = row.getBytes(2);
      oid = row.getInt(3);
    }
    for (ColumnTreatment treatment : treatments) {
      String what = sample.type() + " " + value + " under " + treatment;
      byte @Nullable [] maskedText = MaskFixtures.apply(treatment, oid, false, text);
      byte @Nullable [] maskedBinary = MaskFixtures.apply(treatment, oid, true, binary);
      String fromText = throughText(connection, sample.type(), maskedText, what);
      if (treatment instanceof ColumnTreatment.Scan) {
        if (maskedBinary == binary) {
          continue; // a search of a binary value that has no text, or that found nothing
        }
      }
      String fromBinary = throughBinary(connection, sample, maskedBinary, what);
      assertEquals(fromText, fromBinary, what);
    }
    return treatments.size();
  }

  private static @Nullable String throughText(
      Connection connection, String type, byte @Nullable [] value, String what) {
    try (PreparedStatement statement =
        connection.prepareStatement("SELECT (CAST(?::text AS " + type + "))::text")) {
      statement.setString(1, value == null ? null : new String(value, StandardCharsets.UTF_8));
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return row.getString(1);
      }
    } catch (SQLException e) {
      throw new AssertionError(what + ": the server does not take the text", e);
    }
  }

  /** Sends a binary value by COPY, which calls the type's receive function. */
  private static @Nullable String throughBinary(
      Connection connection, Sample sample, byte @Nullable [] value, String what) {
    ByteSink data = new ByteSink(64);
    data.append(new byte[] {'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xff, '\r', '\n', 0});
    data.appendLong(0);
    data.append(MaskFixtures.row(value == null ? MaskFixtures.NULL : value));
    data.appendShort(-1);
    try (Statement statement = connection.createStatement()) {
      statement.execute("DROP TABLE IF EXISTS received");
      statement.execute("CREATE TEMP TABLE received (v " + sample.type() + ")");
      connection
          .unwrap(PGConnection.class)
          .getCopyAPI()
          .copyIn(
              "COPY received FROM STDIN (FORMAT binary)", new ByteArrayInputStream(data.toBytes()));
      try (ResultSet row = statement.executeQuery("SELECT v::text FROM received")) {
        row.next();
        return row.getString(1);
      }
    } catch (SQLException | IOException e) {
      throw new AssertionError(what + ": the server does not take the binary value", e);
    }
  }

  @Test
  void numericCodec_writesWhatTheServerWrites() throws Exception {
    long seed = Long.getLong("guard.seed", System.nanoTime());
    System.out.println("MaskIT seed " + seed);
    Random random = new Random(seed);
    NumericCodec codec = new NumericCodec();
    try (Connection connection = POSTGRES.connect(database);
        PreparedStatement statement =
            connection.prepareStatement(
                "SELECT n::text, numeric_send(n) FROM (SELECT ?::text::numeric AS n) s")) {
      for (int i = 0; i < 500; i++) {
        StringBuilder number = new StringBuilder(random.nextBoolean() ? "-" : "");
        number.append(random.nextInt(random.nextBoolean() ? 10 : 100_000_000));
        number.append("0".repeat(random.nextInt(12)));
        number.append('.').append("0".repeat(random.nextInt(12))).append(random.nextInt(100_000));
        statement.setString(1, number.toString());
        try (ResultSet row = statement.executeQuery()) {
          row.next();
          byte[] binary = row.getBytes(2);
          ByteSink text = new ByteSink(64);
          assertTrue(codec.toText(binary, 0, binary.length, text));
          assertEquals(row.getString(1), new String(text.toBytes(), StandardCharsets.UTF_8));
          ByteSink back = new ByteSink(64);
          assertTrue(codec.fromText(text.array(), 0, text.length(), back));
          assertArrayEquals(binary, back.toBytes(), number.toString());
        }
      }
    }
  }

  @Test
  void copyLines_areTakenBackByTheServer() throws Exception {
    List<ResultColumn> columns =
        List.of(MaskFixtures.column(25, false), MaskFixtures.column(25, false));
    MaskPlan plan =
        MaskPlan.bind(
            columns,
            List.of(new ColumnTreatment.Pass(), new ColumnTreatment.Apply(new Mask.Partial(0, 3))),
            Types.builtIn(),
            null);
    try (Connection connection = POSTGRES.connect(database);
        Statement statement = connection.createStatement()) {
      statement.execute(
          """
          CREATE TEMP TABLE sent AS
          SELECT i::text AS id, E'a\\tb\\n,"\\\\N' || chr(i + 8) || '"x\\' AS v
          FROM generate_series(1, 200) AS i UNION ALL VALUES ('n', NULL), ('e', '')
          """);
      statement.execute("CREATE TEMP TABLE back (id text, v text)");
      for (String options : List.of("", "(FORMAT csv)", "(FORMAT csv, ESCAPE '\\', QUOTE '''')")) {
        CopyFormat format =
            options.isEmpty()
                ? CopyFormat.text()
                : options.contains("ESCAPE")
                    ? new CopyFormat(true, ',', "", '\'', '\\', false)
                    : CopyFormat.commaSeparated();
        statement.execute("TRUNCATE back");
        ByteSink out = new ByteSink(64);
        CopyMasker masker = plan.copyMasker(format, RowGate.OPEN);
        var copy = connection.unwrap(PGConnection.class).getCopyAPI();
        var data = copy.copyOut("COPY sent TO STDOUT " + options);
        for (byte[] some = data.readFromCopy(); some != null; some = data.readFromCopy()) {
          masker.accept(some, 0, some.length, out);
        }
        masker.finish(out);
        copy.copyIn("COPY back FROM STDIN " + options, new ByteArrayInputStream(out.toBytes()));
        try (ResultSet wrong =
            statement.executeQuery(
                "SELECT id FROM sent FULL JOIN back USING (id) WHERE back.v IS DISTINCT FROM"
                    + " repeat('*', length(sent.v) - 3) || right(sent.v, 3) AND sent.v <> ''")) {
          assertTrue(!wrong.next(), () -> "a line came back otherwise under " + options);
        }
      }
    }
  }
}
