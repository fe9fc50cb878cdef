package io.pgguard.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.pgguard.testkit.Cost;
import io.pgguard.testkit.SteppedClasses;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

/**
 * Four times as many statements make four times the work, whatever they leave behind: in one text,
 * and one after the other in a session. Steps and bytes are counted.
 */
class SessionGrowthIT {
  private static final int FEW = 250;

  /** What is done many times; the number makes each another one. */
  private static final Map<String, IntFunction<String>> STATEMENTS = new LinkedHashMap<>();

  static {
    STATEMENTS.put("prepare", i -> "PREPARE p" + i + " AS SELECT ssn FROM customers WHERE id = $1");
    STATEMENTS.put(
        "prepare and execute",
        i -> i % 2 == 0 ? "PREPARE p" + i + " AS SELECT 1" : "EXECUTE p" + (i - 1));
    STATEMENTS.put(
        "prepare and read", i -> i % 2 == 0 ? "PREPARE p" + i + " AS SELECT 1" : "SELECT 1");
    STATEMENTS.put(
        "prepare and forget",
        i -> i % 2 == 0 ? "PREPARE p" + i + " AS SELECT 1" : "DEALLOCATE p" + (i - 1));
    STATEMENTS.put("declare", i -> "DECLARE c" + i + " CURSOR FOR SELECT ssn FROM customers");
    STATEMENTS.put(
        "declare with hold",
        i -> "DECLARE c" + i + " CURSOR WITH HOLD FOR SELECT ssn FROM customers");
    STATEMENTS.put(
        "declare and fetch",
        i -> i % 2 == 0 ? "DECLARE c" + i + " CURSOR FOR SELECT 1" : "FETCH c" + (i - 1));
    STATEMENTS.put(
        "declare and close",
        i -> i % 2 == 0 ? "DECLARE c" + i + " CURSOR FOR SELECT 1" : "CLOSE c" + (i - 1));
    STATEMENTS.put("temporary table", i -> "CREATE TEMP TABLE t" + i + " (a int)");
    STATEMENTS.put(
        "temporary copy", i -> "CREATE TEMP TABLE t" + i + " AS SELECT id, ssn FROM customers");
    STATEMENTS.put(
        "temporary view", i -> "CREATE TEMP VIEW v" + i + " AS SELECT id, ssn FROM customers");
    STATEMENTS.put(
        "view of view",
        i ->
            "CREATE TEMP VIEW v"
                + i
                + " AS SELECT * FROM "
                + (i == 0 ? "customers" : "v" + (i - 1)));
    STATEMENTS.put(
        "temporary and insert",
        i ->
            i % 2 == 0
                ? "CREATE TEMP TABLE t" + i + " (a int)"
                : "INSERT INTO t" + (i - 1) + " SELECT id FROM customers");
    STATEMENTS.put(
        "temporary and drop",
        i -> i % 2 == 0 ? "CREATE TEMP TABLE t" + i + " (a int)" : "DROP TABLE t" + (i - 1));
    STATEMENTS.put(
        "temporary and code",
        i -> i % 2 == 0 ? "CREATE TEMP TABLE t" + i + " (a int)" : "DO $$ begin end $$");
    STATEMENTS.put(
        "renaming",
        i ->
            i == 0
                ? "CREATE TEMP TABLE t0 (a int)"
                : "ALTER TABLE t" + (i - 1) + " RENAME TO t" + i);
    STATEMENTS.put(
        "renaming to and fro",
        i ->
            i == 0
                ? "CREATE TEMP TABLE t0 (a int)"
                : i % 2 == 0 ? "ALTER TABLE t1 RENAME TO t0" : "ALTER TABLE t0 RENAME TO t1");
    STATEMENTS.put(
        "insert into one",
        i ->
            i == 0
                ? "CREATE TEMP TABLE t (a int)"
                : "INSERT INTO t SELECT id + " + i + " FROM customers");
    STATEMENTS.put("savepoint", i -> "SAVEPOINT s" + i);
    STATEMENTS.put(
        "savepoint and back", i -> i % 2 == 0 ? "SAVEPOINT s" + i : "ROLLBACK TO s" + (i - 1));
    STATEMENTS.put("transactions", i -> i % 2 == 0 ? "BEGIN" : "COMMIT");
    STATEMENTS.put("setting", i -> "SET my.setting" + i + " = 'x'");
    STATEMENTS.put("path", i -> "SET search_path = s" + i + ", public");
    STATEMENTS.put("create table", i -> "CREATE TABLE t" + i + " (a int)");
    STATEMENTS.put("create view", i -> "CREATE VIEW v" + i + " AS SELECT id FROM orders");
    STATEMENTS.put("create function", i -> "CREATE FUNCTION f" + i + "() RETURNS int RETURN 1");
    STATEMENTS.put(
        "create and read",
        i -> i % 2 == 0 ? "CREATE TABLE t" + i + " (a int)" : "SELECT * FROM t" + (i - 1));
    STATEMENTS.put("alter table", i -> "ALTER TABLE notes ADD c" + i + " int");
    STATEMENTS.put("drop table", i -> "DROP TABLE t" + i);
    STATEMENTS.put("comment", i -> "COMMENT ON TABLE notes IS 'c" + i + "'");
    STATEMENTS.put("grant", i -> "GRANT SELECT ON notes TO r" + i);
    STATEMENTS.put("listen", i -> "LISTEN c" + i);
    STATEMENTS.put("notify", i -> "NOTIFY c" + i + ", 'x'");
    STATEMENTS.put("lock", i -> "LOCK TABLE notes");
    STATEMENTS.put("copy", i -> "COPY (SELECT id + " + i + " FROM notes) TO STDOUT");
    STATEMENTS.put("explain", i -> "EXPLAIN SELECT " + i + " FROM customers");
    STATEMENTS.put("call", i -> "CALL p" + i + "()");
    STATEMENTS.put("truncate", i -> "TRUNCATE notes");
    STATEMENTS.put("unknown relation", i -> "SELECT * FROM unknown" + i);
    STATEMENTS.put("unreadable", i -> "SELEC " + i);
  }

  @Test
  void manyStatementsOfOneText_makeAsMuchMoreWork() {
    @SuppressWarnings("unchecked")
    Consumer<String> plans = SteppedClasses.make(Consumer.class, SteppedPlans.class);
    assertLinear((made, count) -> plans.accept(String.join(";\n", many(made, count))));
  }

  @Test
  void manyStatementsOfASession_makeAsMuchMoreWork() {
    @SuppressWarnings("unchecked")
    Consumer<List<String>> session = SteppedClasses.make(Consumer.class, SteppedSession.class);
    assertLinear((made, count) -> session.accept(many(made, count)));
  }

  @Test
  void manyStatementsOfATransaction_makeAsMuchMoreWork() {
    @SuppressWarnings("unchecked")
    Consumer<List<String>> session = SteppedClasses.make(Consumer.class, SteppedSession.class);
    assertLinear(
        (made, count) -> {
          List<String> texts = new ArrayList<>(List.of("BEGIN"));
          texts.addAll(many(made, count));
          session.accept(texts);
        });
  }

  /** The fault put back: each statement makes the work of all before it, as 6,000 PREPAREs did. */
  @Test
  void eachStatementLooksAtAllBeforeIt_isSeen() {
    @SuppressWarnings("unchecked")
    Consumer<List<String>> session = SteppedClasses.make(Consumer.class, SteppedSession.class);
    IntFunction<String> made = i -> "PREPARE p" + i + " AS SELECT ssn FROM customers WHERE id = $1";
    Task squared =
        (texts, count) -> {
          for (int i = 1; i <= count; i++) {
            session.accept(many(texts, i));
          }
        };
    squared.run(made, 2);
    Cost few = Cost.of(() -> squared.run(made, FEW / 10));
    Cost many = Cost.of(() -> squared.run(made, 4 * FEW / 10));
    assertFalse(many.isAlong(few), () -> many.against(few));
  }

  private interface Task {
    void run(IntFunction<String> made, int count);
  }

  private static List<String> many(IntFunction<String> made, int count) {
    List<String> texts = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      texts.add(made.apply(i));
    }
    return texts;
  }

  private static void assertLinear(Task task) {
    List<String> worse = new ArrayList<>();
    STATEMENTS.forEach(
        (name, made) -> {
          task.run(made, FEW / 10); // loads what is needed
          Cost few = Cost.of(() -> task.run(made, FEW));
          Cost many = Cost.of(() -> task.run(made, 4 * FEW));
          if (!many.isAlong(few)) {
            worse.add(name + ": " + many.against(few));
          }
        });
    assertEquals("", String.join("\n", worse));
  }
}
