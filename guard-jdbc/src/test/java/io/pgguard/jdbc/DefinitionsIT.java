package io.pgguard.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Definitions that nobody approves take no protection away and ask nothing of stored values. */
class DefinitionsIT {
  private static GuardedDatabase database;
  private static Connection connection;

  @BeforeAll
  static void create(@TempDir Path directory) throws Exception {
    database = new GuardedDatabase("definitions", directory);
    database.policy(
        GuardedDatabase.POLICY.replace(
            "kind: [insert, update,", "kind: [ddl, code, privilege, maintenance, insert, update,"));
    database
        .postgres()
        .execute(
            database.database(),
            "CREATE DOMAIN code AS text",
            "ALTER TABLE cards ALTER pan TYPE code",
            "ALTER DOMAIN code OWNER TO " + database.agent(),
            "ALTER TABLE customers ADD twice int GENERATED ALWAYS AS (2 * id) STORED",
            "CREATE SCHEMA drop",
            "CREATE TABLE drop.customers (id int, ssn text)",
            "CREATE TABLE cut (id int, ssn text) PARTITION BY RANGE (ssn)",
            "CREATE TABLE kept (id int, email text) PARTITION BY RANGE (lower(email))",
            "CREATE TABLE kept_rest PARTITION OF kept DEFAULT",
            "CREATE TABLE dated (day date, email text) PARTITION BY RANGE (day)",
            "CREATE TABLE older (day date, email text)",
            "ALTER TABLE dated OWNER TO " + database.agent(),
            "ALTER TABLE older OWNER TO " + database.agent(),
            "CREATE FUNCTION copies() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN"
                + " INSERT INTO notes (body) SELECT ssn FROM customers; RETURN NEW; END'",
            "CREATE FUNCTION keeps() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN"
                + " INSERT INTO notes (body) VALUES (NEW::text); RETURN NEW; END'",
            "CREATE SCHEMA crm",
            "CREATE TABLE crm.customers (id int, ssn text)",
            "ALTER TABLE customers OWNER TO " + database.agent(),
            "ALTER TABLE employees OWNER TO " + database.agent(),
            "ALTER TABLE crm.customers OWNER TO " + database.agent(),
            "ALTER SCHEMA crm OWNER TO " + database.agent(),
            "GRANT ALL ON SCHEMA public TO " + database.agent(),
            "GRANT CREATE ON DATABASE " + database.database() + " TO " + database.agent());
    connection = database.connect();
  }

  @AfterAll
  static void drop() throws Exception {
    connection.close();
    database.close();
  }

  private static void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ALTER TABLE customers RENAME COLUMN ssn TO plain",
        "ALTER TABLE customers RENAME ssn TO plain",
        "ALTER TABLE IF EXISTS public.customers RENAME TO clients",
        "ALTER TABLE employees RENAME TO customers2",
        "ALTER TABLE customers ADD CHECK (ssn < '902')",
        "ALTER TABLE customers ADD COLUMN note text, ADD CONSTRAINT k CHECK (left(ssn, 1) = '9') NOT VALID",
        "ALTER TABLE customers ADD CHECK (customers::text < 'x')",
        "ALTER TABLE customers ADD UNIQUE (email)",
        "ALTER TABLE customers ADD COLUMN twin text GENERATED ALWAYS AS (ssn || '') STORED",
        "ALTER TABLE customers ALTER COLUMN ssn TYPE int USING 1 / (length(ssn) - 11)",
        "ALTER TABLE customers ALTER ssn TYPE int USING 1",
        "ALTER TABLE customers VALIDATE CONSTRAINT customers_pkey",
        "CREATE INDEX ON employees ((1 / (salary - 40001)))",
        "CREATE INDEX ON employees (id) WHERE 1 / (salary - 40001) > 0",
        "CREATE UNIQUE INDEX ON employees (salary)",
        "CREATE POLICY seen ON employees USING (salary > 40010)",
        "CREATE TABLE guess (s text REFERENCES customers (ssn))",
        "ALTER DOMAIN code ADD CHECK (VALUE < '5')",
        "CLUSTER employees USING employees_pkey",
        "ALTER TABLE customers ALTER born SET NOT NULL",
        "ALTER TABLE customers ALTER twice SET EXPRESSION AS (1 / (length(ssn) - 11))",
        "ALTER TABLE customers ADD EXCLUDE USING btree (email WITH =)",
        "ALTER TABLE cut ATTACH PARTITION drop.customers FOR VALUES FROM ('1') TO ('901-02-0001')",
        "CREATE TABLE one PARTITION OF kept FOR VALUES FROM ('1') TO ('2')",
        "CREATE TABLE one (id) PARTITION OF kept (CHECK (id > 0)) FOR VALUES FROM ('1') TO ('2')",
        "ALTER TABLE IF EXISTS drop.customers ADD CHECK (ssn < '902')",
        "DO $$ BEGIN CREATE DOMAIN pg_temp.word AS text CHECK (length(VALUE) < 9); END $$",
        "CREATE DOMAIN pg_temp.word AS text CHECK (length(VALUE) < 9)",
        "CREATE TYPE \"pg_temp\".pair AS (n int, t text)",
        "CREATE TYPE pg_temp_3.span AS RANGE (subtype = text)"
      })
  void definitionOverValues_isRefused(String sql) {
    SQLException refused = assertThrows(SQLException.class, () -> execute(sql));
    assertEquals("42501", refused.getSQLState(), refused.getMessage());
    assertTrue(
        String.valueOf(refused.getMessage()).contains("guard.definition"), refused.getMessage());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "DO $$ BEGIN RAISE NOTICE '%', (SELECT ssn FROM customers LIMIT 1); END $$",
        "DO $$ BEGIN PERFORM 1 / (salary - 40001) FROM employees; END $$",
        "DO $$ BEGIN EXECUTE 'SELECT ' || '1'; END $$",
        "DO LANGUAGE plpgsql 'BEGIN INSERT INTO notes (body) SELECT email FROM customer_contacts; END'",
        "DO 'BEGIN PERFORM open_customers2(); END' LANGUAGE plperl"
      })
  void codeBlockOverValues_isRefused(String sql) {
    SQLException refused = assertThrows(SQLException.class, () -> execute(sql));
    assertEquals("42501", refused.getSQLState(), refused.getMessage());
    assertTrue(String.valueOf(refused.getMessage()).contains("guard.code"), refused.getMessage());
  }

  @Test
  void codeBlockOverOpenRelations_runs() throws Exception {
    execute(
        "DO $$ DECLARE n int; BEGIN SELECT count(*) INTO n FROM orders; RAISE NOTICE '%', n; END $$");
    execute("DO $$ BEGIN INSERT INTO notes (body) VALUES ('from a block'); END $$");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CREATE TRIGGER t AFTER INSERT ON notes FOR EACH ROW EXECUTE FUNCTION copies()",
        "CREATE TRIGGER t AFTER INSERT ON customers FOR EACH ROW EXECUTE FUNCTION keeps()",
        "CREATE TRIGGER t AFTER INSERT ON notes FOR EACH ROW EXECUTE PROCEDURE missing()"
      })
  void triggerThatCarries_isRefused(String sql) {
    SQLException refused = assertThrows(SQLException.class, () -> execute(sql));
    assertEquals("42501", refused.getSQLState(), refused.getMessage());
    assertTrue(
        String.valueOf(refused.getMessage()).contains("guard.function"), refused.getMessage());
  }

  @Test
  void definitionThatReadsNoValue_runs() throws Exception {
    execute("CREATE INDEX by_ssn ON customers (ssn)");
    execute(
        "ALTER TABLE customers ALTER COLUMN ssn SET STATISTICS 5, ADD COLUMN remark text DEFAULT ''");
    execute("ALTER TABLE customers ALTER ssn DROP NOT NULL");
    execute("ALTER TABLE customers RENAME COLUMN remark TO comment");
    execute("ALTER TABLE crm.customers RENAME COLUMN id TO number");
    execute("CREATE TABLE visits (id int, customer int REFERENCES customers (id), ssn text)");
    execute("ALTER TABLE visits ADD CHECK (ssn < '5')");
    execute("ALTER SCHEMA crm RENAME TO sales");
    execute(
        "CREATE TABLE days PARTITION OF dated FOR VALUES FROM ('2026-01-01') TO ('2026-02-01')");
    execute("ALTER TABLE dated ATTACH PARTITION older DEFAULT");
    execute("ALTER TABLE customers ALTER email SET NOT NULL");
    execute("CREATE TABLE letters (id int)");
    execute("CREATE TRIGGER t AFTER INSERT ON letters FOR EACH ROW EXECUTE FUNCTION keeps()");
  }
}
