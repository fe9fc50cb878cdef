package io.pgguard.judge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pgguard.internal.syntax.ParseResult;
import io.pgguard.statement.StatementReader;
import io.pgguard.statement.StatementText;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ValueSizesTest {
  private static double largest(String sql) throws Exception {
    StatementText text = StatementReader.read(sql);
    ParseResult.Parsed parsed =
        (ParseResult.Parsed) StatementJudge.tree(text.statements().get(0), text.tokens());
    return ValueSizes.largest(parsed.statement());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT repeat('x', 300000000)",
        "SELECT repeat('x', 300_000_000)",
        "SELECT repeat('x', 0x11E1A300)",
        "SELECT repeat('x', '300000000')",
        "SELECT repeat('x', 3e8::int)",
        "SELECT repeat('x', 1024 * 1024 * 300)",
        "SELECT repeat('x', (SELECT 300000000))",
        "SELECT repeat('x', power(10, 8)::int)",
        "SELECT length(repeat('x', n)) FROM (VALUES (1), (300000000)) t(n)",
        "WITH w(n) AS (VALUES (300000000)) SELECT repeat('x', n) FROM w",
        "SELECT repeat('x', q.n) FROM (SELECT 300000000 AS n) q",
        "SELECT repeat('x', 1 << 28)",
        "SELECT length(repeat(repeat('x', 9000000), 30))",
        "SELECT pg_catalog.lpad('x', 200000000)",
        "SELECT rpad('', (10 ^ 8)::int, 'ab')",
        "SELECT format('%300000000s', 'x')",
        "SELECT format('%*s', 300000000, 'x')",
        "SELECT array_fill(0, ARRAY[10000, 5000])",
        "SELECT array_agg(g) FROM generate_series(1, 50000000) g",
        "SELECT string_agg(repeat('x', 1000000), '') FROM generate_series(1, 300)",
        "SELECT string_agg(repeat('x', 9000000), '') FROM orders",
        "SELECT replace(repeat('x', 9000000), 'x', 'yyyyyyyyyy')",
        "SELECT a || a || a FROM (SELECT repeat('x', 9000000) AS a) q",
        "SELECT concat(a, a, a) FROM (SELECT repeat('x', 9000000)) AS q(a)",
        "WITH w(a) AS (SELECT repeat('x', 9000000)) SELECT a || a FROM w",
        "SELECT repeat || repeat FROM (SELECT repeat('x', 9000000)) q",
      })
  void valueThatNobodyReads_isSeen(String sql) throws Exception {
    assertTrue(largest(sql) > ValueSizes.LARGEST, sql + ": " + largest(sql));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT repeat('*', 20), lpad(id::text, 8, '0') FROM orders WHERE id = 2000000000",
        "SELECT repeat('*', length(name) - 4) || right(name, 4) FROM customers",
        "SELECT format('order %s of 2024000000', id), format('%-20s|%5s', a, b) FROM orders",
        "SELECT json_agg(json_build_object('a', (SELECT json_agg(json_build_object('b', x)) FROM t))) FROM u",
        "SELECT replace(phone, '-', ''), regexp_replace(name, 'a', 'b', 'g') FROM customers",
        "SELECT g, count(*) FROM generate_series(1, 1000000) g GROUP BY g",
        "SELECT generate_series('2024-01-01'::date, '2024-12-31', '1 day')",
      })
  void ordinaryValue_isShort(String sql) throws Exception {
    assertTrue(largest(sql) <= ValueSizes.LARGEST, sql + ": " + largest(sql));
  }

  @ParameterizedTest
  @ValueSource(ints = {100})
  void nestedCalls_areCountedOnce(int depth) throws Exception {
    String sql = "SELECT " + "repeat(".repeat(depth) + "'x'" + ", 1)".repeat(depth);
    assertEquals(1, largest(sql));
  }
}
