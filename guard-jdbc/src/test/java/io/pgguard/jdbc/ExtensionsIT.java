package io.pgguard.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Functions and operators of extensions under a policy that names them: over protected columns they
 * show nothing and tell nothing; what runs text stays refused. pgvector and PostGIS are tested
 * where the server has them.
 */
class ExtensionsIT {
  private static final String[] CONTRIB = {
    "pg_trgm", "citext", "hstore", "ltree", "unaccent", "fuzzystrmatch", "btree_gist", "btree_gin",
    "intarray", "cube", "earthdistance", "pgcrypto", "uuid-ossp", "tablefunc", "seg", "isn"
  };

  private static GuardedDatabase database;

  @BeforeAll
  static void create(@TempDir Path directory) throws Exception {
    database = new GuardedDatabase("extensions", directory);
    String[] made = new String[CONTRIB.length];
    for (int i = 0; i < made.length; i++) {
      made[i] = "CREATE EXTENSION \"" + CONTRIB[i] + "\" CASCADE";
    }
    database.postgres().execute(database.database(), made);
    for (String more : new String[] {"vector", "postgis"}) {
      if (isThere(more)) {
        database.postgres().execute(database.database(), "CREATE EXTENSION " + more);
      }
    }
    database
        .postgres()
        .execute(
            database.database(),
            "CREATE TABLE measured (id int, marks int[], tags hstore, place ltree, size cube)",
            "INSERT INTO measured SELECT n, ARRAY[n, n + 1], hstore('n', n::text),"
                + " ('top.n' || n)::ltree, cube(n) FROM generate_series(1, 3) n",
            "CREATE INDEX ON measured USING gin (marks gin__int_ops)",
            "ANALYZE measured",
            "GRANT ALL ON measured TO " + database.agent());
    database.policy(
        GuardedDatabase.POLICY
            .replaceAll("detectors: .*\n", "")
            .replaceAll("limits: .*\n", "")
            .replace("maxRows: 40", "maxRows: 400")
            .replace(
                "functions: { ",
                "functions: { extensions: [pg_trgm, citext, hstore, ltree, unaccent, fuzzystrmatch,"
                    + " btree_gist, btree_gin, intarray, cube, earthdistance, pgcrypto, uuid-ossp,"
                    + " tablefunc, seg, isn, vector, postgis], "));
  }

  @AfterAll
  static void drop() throws Exception {
    database.close();
  }

  private static boolean isThere(String extension) throws SQLException {
    return database
        .truth("SELECT count(*) FROM pg_available_extensions WHERE name = '" + extension + "'")
        .equals("1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT id FROM measured WHERE marks @> ARRAY[2] AND marks && ARRAY[1, 3] ORDER BY id",
        "SELECT id FROM measured WHERE marks @@ '1&2'",
        "SELECT id FROM measured WHERE tags @> 'n=>1' OR tags ? 'm'",
        "SELECT id FROM measured WHERE place ~ '*.n1' AND place <@ 'top'",
        "SELECT id FROM measured ORDER BY size <-> cube(2), id",
        "SELECT name FROM customers WHERE name % 'Customer 1' ORDER BY name <-> 'Customer 1' LIMIT 1",
        "SELECT unaccent(name), similarity(name, 'Customer'), show_limit() FROM customers LIMIT 1",
        "SELECT levenshtein(city, 'Oslo'), soundex(city), dmetaphone(city) FROM customers LIMIT 1",
        "SELECT encode(digest(name, 'sha256'), 'hex') FROM customers WHERE id = 1",
        "SELECT city::citext = 'OSLO', count(*) FROM customers GROUP BY 1",
        "SELECT length(gen_salt('bf')), length(gen_random_bytes(4)), uuid_nil()",
        "SELECT '1..2'::seg, isbn('978-0-393-04002-9'), earth() > 0",
      })
  void overUnprotectedColumns_asDirect(String query) throws Exception {
    try (Connection guarded = database.connect();
        Connection direct = database.direct()) {
      assertEquals(all(direct, query), all(guarded, query));
    }
  }

  /** Shown, it is hidden; where it decides which rows appear, it is refused. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT unaccent(email) FROM customers",
        "SELECT similarity(email, 'ada@mail.example') FROM customers",
        "SELECT show_trgm(ssn) FROM customers",
        "SELECT email::citext FROM customers",
        "SELECT email::citext || '' FROM customers",
        "SELECT hstore('a', ssn) FROM customers",
        "SELECT hstore(c) FROM customers c",
        "SELECT hstore(c) -> 'ssn' FROM customers c",
        "SELECT (each(hstore(c))).value FROM customers c",
        "SELECT akeys(hstore(ssn, 'x')) FROM customers",
        "SELECT #= FROM customers",
        "SELECT levenshtein(ssn, '901-02-0001') FROM customers",
        "SELECT soundex(email), metaphone(email, 9), dmetaphone(email) FROM customers",
        "SELECT digest(ssn, 'md5'), hmac(ssn, 'k', 'md5'), crypt(ssn, 'ab') FROM customers",
        "SELECT pgp_sym_decrypt(pgp_sym_encrypt(ssn, 'k'), 'k') FROM customers",
        "SELECT encrypt(ssn::bytea, 'k', 'aes') FROM customers",
        "SELECT text2ltree(replace(ssn, '-', '_')) FROM customers",
        "SELECT cube(salary), salary::text::seg FROM employees",
        "SELECT sort(ARRAY[salary]) FROM employees",
        "SELECT uuid_generate_v5(uuid_nil(), ssn) FROM customers",
        "SELECT count(*) FROM customers WHERE email % 'ada@mail.example'",
        "SELECT id FROM customers WHERE email::citext = 'ADA@MAIL.EXAMPLE'",
        "SELECT id FROM customers ORDER BY email <-> 'ada@mail.example'",
        "SELECT id FROM customers WHERE hstore(customers) @> 'ssn=>901-02-0001'",
        "SELECT id FROM employees WHERE ARRAY[salary] && ARRAY[40001]",
        "SELECT * FROM crosstab('SELECT id, ssn, email FROM customers') AS t(a int, b text)",
        "SELECT * FROM connectby('customers', 'ssn', 'email', 'x', 0) AS t(a text, b text, c int)",
        "SELECT set_limit(0.9)",
        "CREATE INDEX ON customers USING gin (email gin_trgm_ops)",
      })
  void overProtectedColumns_nothingComes(String query) throws Exception {
    try (Connection guarded = database.connect()) {
      String seen = all(guarded, query).toLowerCase(Locale.ROOT);
      String[] secrets = {"901", "ada@", "c2@", "0001", "4000", "ada", "\\x"};
      for (String secret : secrets) {
        assertFalse(seen.contains(secret), query + ": " + seen);
      }
      boolean refused = seen.startsWith("42") || seen.startsWith("22");
      boolean hidden =
          seen.replace("[redacted]", "").replaceAll("[{}|\\[\\]\"null\\s]", "").isEmpty();
      assertTrue(refused || hidden, query + ": " + seen);
    } catch (SQLException e) {
      assertEquals("42501", e.getSQLState(), e.getMessage());
    }
  }

  @Test
  void vectors_whereTheServerHasThem() throws Exception {
    assumeTrue(isThere("vector"), "the server has no pgvector (Debian: postgresql-15-pgvector)");
    try (Connection guarded = database.connect();
        Connection direct = database.direct()) {
      String query =
          "SELECT v <-> '[1,2]', v <=> '[1,2]', v <#> '[1,2]', vector_dims(v), l2_norm(v + v)"
              + " FROM (VALUES ('[3,4]'::vector)) t (v) ORDER BY v <-> '[0,0]' LIMIT 5";
      assertEquals(all(direct, query), all(guarded, query));
      String salary = "SELECT ARRAY[salary]::vector <-> '[40001]' FROM employees";
      assertFalse(all(guarded, salary).contains("0\n"), "a distance tells the value");
    }
  }

  @Test
  void places_whereTheServerHasThem() throws Exception {
    assumeTrue(isThere("postgis"), "the server has no PostGIS (Debian: postgresql-15-postgis-3)");
    try (Connection guarded = database.connect();
        Connection direct = database.direct()) {
      for (String query :
          new String[] {
            "SELECT ST_AsText(ST_Buffer(ST_MakePoint(1, 2), 1, 1)), ST_Distance(ST_Point(0, 0), 'POINT(3 4)')",
            "SELECT ST_Point(1, 1) && ST_MakeEnvelope(0, 0, 2, 2), ST_Intersects(ST_Point(1, 1), ST_Point(1, 1))",
            "SELECT ST_NumGeometries(ST_GeneratePoints(ST_MakeEnvelope(0, 0, 2, 2), 4))",
          }) {
        assertEquals(all(direct, query), all(guarded, query));
      }
    }
  }

  private static String all(Connection connection, String query) throws SQLException {
    StringBuilder seen = new StringBuilder();
    try (Statement statement = connection.createStatement()) {
      if (!statement.execute(query)) {
        return "changed";
      }
      ResultSet result = statement.getResultSet();
      while (result.next()) {
        for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
          seen.append(result.getString(i)).append('|');
        }
        seen.append('\n');
      }
      return seen.toString();
    } catch (SQLException e) {
      return e.getSQLState()
          + " "
          + String.valueOf(e.getMessage()).replaceAll("(?s)Position.*", "").replace(query, "");
    }
  }
}
