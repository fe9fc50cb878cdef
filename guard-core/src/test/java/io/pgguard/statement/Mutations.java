package io.pgguard.statement;

import java.util.List;
import java.util.Random;

/** Texts made from statements by cutting, joining and inserting what is lexically hard. */
final class Mutations {
  private static final List<String> SEEDS =
      List.of(
          "SELECT a.b, 'x' || E'\\n' FROM t AS a JOIN u ON a.id = u.id WHERE x = $1 AND y IN (1, 2.5)",
          "WITH x AS (DELETE FROM t WHERE a = 1 RETURNING *) INSERT INTO u (a, b) SELECT * FROM x",
          "UPDATE s.t SET a = U&'d\\0061t', b = $$q$$ FROM u WHERE CURRENT OF c",
          "CREATE FUNCTION f(a int) RETURNS int BEGIN ATOMIC SELECT 1; SELECT CASE WHEN a THEN b END; END",
          "EXPLAIN (ANALYZE, COSTS off) SELECT /* c /* d */ */ 0x1F, 1_000.5e-3 -- end",
          "CREATE RULE r AS ON UPDATE TO v DO INSTEAD (DELETE FROM a; INSERT INTO b VALUES (1))",
          "COPY (SELECT x FROM t) TO STDOUT WITH (FORMAT csv); SET search_path TO a, 'b'",
          "MERGE INTO t USING s ON t.a = s.a WHEN MATCHED THEN UPDATE SET a = b <-> @-c",
          "GRANT SELECT ON a, b TO c; DROP TABLE IF EXISTS \"A\"\"b\", U&\"x!0041\" UESCAPE '!'");
  private static final String[] PIECES = {
    "'",
    "\"",
    "$$",
    "$a$",
    "$",
    "/*",
    "*/",
    "--",
    "\n",
    "\r",
    "\\",
    "E'",
    "U&'",
    "U&\"",
    "UESCAPE",
    " '!'",
    "B'",
    "x'",
    "N'",
    "(",
    ")",
    "[",
    "]",
    ";",
    ",",
    ".",
    "..",
    "::",
    ":=",
    "=>",
    "+-",
    "@",
    "0x",
    "1e",
    "_",
    "$1",
    "\u00a0",
    "é",
    "😀",
    "\0",
    "\ud800",
    " WHERE ",
    " AS ",
    " WITH ",
    " BEGIN ATOMIC ",
    " END ",
    " SELECT ",
    " UPDATE ",
    " DELETE FROM ",
    " FROM ",
    " OR ",
    " NOT ",
    " NULL ",
    " IS ",
    " IN ",
    " FOR ",
    " ON ",
    " TO ",
    " INTO ",
    " CREATE ",
    " ALTER ",
    "\\u00e9"
  };

  private final Random random;

  Mutations(Random random) {
    this.random = random;
  }

  String next() {
    StringBuilder text = new StringBuilder(SEEDS.get(random.nextInt(SEEDS.size())));
    int changes = 1 + random.nextInt(6);
    for (int i = 0; i < changes; i++) {
      change(text);
    }
    return text.toString();
  }

  private void change(StringBuilder text) {
    int at = random.nextInt(text.length() + 1);
    switch (random.nextInt(5)) {
      case 0 -> text.delete(at, Math.min(text.length(), at + 1 + random.nextInt(8)));
      case 1 -> text.insert(at, (char) random.nextInt(256));
      case 2 -> text.insert(at, SEEDS.get(random.nextInt(SEEDS.size())));
      default -> text.insert(at, PIECES[random.nextInt(PIECES.length)]);
    }
  }
}
