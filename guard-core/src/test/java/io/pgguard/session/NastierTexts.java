package io.pgguard.session;

import java.util.function.BiConsumer;
import java.util.function.IntFunction;

/** More texts made to take long: odd tokens, long lists, kinds in kinds. Used by one thread. */
final class NastierTexts {
  private static final int MEGABYTE = 1_000_000;
  private static final int MANY = 100_000;

  private final BiConsumer<String, String> texts;

  private NastierTexts(BiConsumer<String, String> texts) {
    this.texts = texts;
  }

  /** Gives each text, one at a time, after what it is made of. */
  static void each(BiConsumer<String, String> texts) {
    NastierTexts nasty = new NastierTexts(texts);
    nasty.tokens();
    nasty.lists();
    nasty.definitions();
    nasty.calls();
    nasty.manyStatements();
    nasty.kindsInKinds();
    nasty.unclosed();
  }

  private static String list(String first, int count, IntFunction<String> next) {
    StringBuilder text = new StringBuilder(first);
    for (int i = 1; i <= count; i++) {
      text.append(next.apply(i));
    }
    return text.toString();
  }

  private void tokens() {
    texts.accept("long name", "SELECT " + "a".repeat(15 * MEGABYTE));
    texts.accept("long quoted name", "SELECT \"" + "\"\"".repeat(7 * MEGABYTE) + "\"");
    texts.accept("long number", "SELECT " + "9".repeat(15 * MEGABYTE));
    texts.accept("long number, parted", "SELECT 1" + "_1".repeat(7 * MEGABYTE));
    texts.accept("long string", "SELECT '" + "x".repeat(15 * MEGABYTE) + "'");
    texts.accept("long bit string", "SELECT B'" + "1".repeat(15 * MEGABYTE) + "'");
    texts.accept("parts of a string", "SELECT 'a'" + "\n'a'".repeat(3 * MEGABYTE));
    texts.accept("parts with comments", "SELECT 'a'" + "--x\n'a'".repeat(MEGABYTE));
    texts.accept("strings apart", "SELECT 'a'" + "  'a'".repeat(MEGABYTE));
    texts.accept("escapes", "SELECT E'" + "\\\\".repeat(7 * MEGABYTE) + "'");
    texts.accept("escapes of letters", "SELECT E'" + "\\u0041".repeat(2 * MEGABYTE) + "'");
    texts.accept("escapes of bytes", "SELECT E'" + "\\x41".repeat(3 * MEGABYTE) + "'");
    texts.accept("unicode escapes", "SELECT U&'" + "\\0041".repeat(3 * MEGABYTE) + "'");
    texts.accept("unicode name", "SELECT U&\"" + "\\0041".repeat(3 * MEGABYTE) + "\"");
    texts.accept("uescapes", "SELECT 1" + ", U&'!0041' UESCAPE '!'".repeat(MANY * 5));
    texts.accept("dollars that almost close", "SELECT $a$" + "$a $b$ a$".repeat(MEGABYTE) + "$a$");
    texts.accept(
        "dollars that open", list("SELECT 1", MANY * 5, i -> ", $a" + i + "$ $a" + i + "$"));
    texts.accept("dollar without end", list("SELECT 1", MANY * 5, i -> ", $a" + i + "$"));
    texts.accept("comments that open", "SELECT " + "/*".repeat(7 * MEGABYTE));
    texts.accept("comment of slashes", "SELECT /*" + "/".repeat(15 * MEGABYTE) + "*/ 1");
    texts.accept("nested comments", "/*".repeat(MEGABYTE) + "*/".repeat(MEGABYTE) + "SELECT 1");
    texts.accept("operators cut by comments", "SELECT 1 " + "+/**/".repeat(3 * MEGABYTE) + "1");
    texts.accept("operator of signs", "SELECT 1 " + "<+-".repeat(5 * MEGABYTE) + " 1");
    texts.accept("signs", "SELECT 1 " + "-+".repeat(7 * MEGABYTE) + " 1");
    texts.accept("parameters", "SELECT 1 WHERE 1 IN ($1" + ", $2".repeat(3 * MEGABYTE) + ")");
    texts.accept("spaces", "SELECT" + " ".repeat(15 * MEGABYTE) + "1");
    texts.accept("points", "SELECT a" + ".".repeat(15 * MEGABYTE));
    texts.accept(
        "letters beyond ascii", "SELECT é" + ", é".repeat(3 * MEGABYTE) + " FROM customers");
  }

  private void lists() {
    String customers = "SELECT id, ssn FROM customers";
    texts.accept("many ctes", list("WITH c AS (" + customers + ")", MANY, this::cte) + " TABLE c7");
    texts.accept(
        "many joins", list("SELECT 1 FROM orders o", MANY, i -> " JOIN customers c ON true"));
    texts.accept(
        "many aliased joins",
        list("SELECT 1 FROM orders o", MANY, i -> " JOIN notes n" + i + " ON n" + i + ".id=o.id"));
    texts.accept("many unions", customers + (" UNION " + customers).repeat(MANY));
    texts.accept("many excepts", customers + (" EXCEPT " + customers).repeat(MANY));
    texts.accept(
        "many parenthesised", "(" + customers + ")" + (" UNION (" + customers + ")").repeat(MANY));
    texts.accept(
        "many whens", "SELECT CASE" + " WHEN ssn='1' THEN 1".repeat(MANY) + " END FROM customers");
    texts.accept(
        "many cases",
        "SELECT 1" + ", CASE WHEN ssn='1' THEN 1 END".repeat(MANY) + " FROM customers");
    texts.accept(
        "many in lists", "SELECT 1 FROM customers WHERE id=1" + " OR id IN (1,2,3)".repeat(MANY));
    texts.accept(
        "many exists", "SELECT 1" + ", EXISTS (SELECT 1)".repeat(MANY) + " FROM customers");
    texts.accept("many subqueries", "SELECT 1" + (", (" + customers + ")").repeat(MANY));
    texts.accept("many casts", "SELECT 1" + ", ssn::varchar(5)".repeat(MANY) + " FROM customers");
    texts.accept("many subscripts", "SELECT name" + "[1]".repeat(MANY) + " FROM customers");
    texts.accept(
        "many betweens",
        "SELECT 1 FROM customers WHERE id=1" + " OR id BETWEEN 1 AND 2".repeat(MANY));
    texts.accept(
        "many likes", "SELECT 1 FROM customers WHERE true" + " AND ssn LIKE 'a%'".repeat(MANY));
    texts.accept("many rows", "SELECT 1 WHERE (1,2) IN ((1,2)" + ",(ssn,2)".repeat(MANY) + ")");
    texts.accept(
        "many windows",
        list("SELECT 1", MANY, i -> ", rank() OVER (ORDER BY ssn)") + " FROM customers");
    texts.accept(
        "many filters",
        "SELECT 1" + ", count(*) FILTER (WHERE ssn='1')".repeat(MANY) + " FROM customers");
    texts.accept(
        "many sets",
        "SELECT 1 FROM customers GROUP BY GROUPING SETS ((id)" + ",(id, ssn)".repeat(MANY) + ")");
    texts.accept(
        "many functions in from",
        list("SELECT 1 FROM customers", MANY, i -> ", generate_series(1,2) g" + i));
    texts.accept(
        "many values joined",
        list("SELECT 1 FROM customers", MANY, i -> ", (VALUES (1)) v" + i + "(a)"));
    texts.accept("many aliases", list("SELECT 1 FROM customers c(a", MANY, i -> ",b" + i) + ")");
    texts.accept(
        "many conditions of update",
        "UPDATE notes SET body='x' WHERE id=1" + " OR id=2 AND body='x'".repeat(MANY));
    texts.accept(
        "many different conditions",
        list("DELETE FROM notes WHERE id=1", MANY, i -> " OR id=" + i));
    texts.accept("many ands", list("DELETE FROM notes WHERE id=1", MANY, i -> " AND id<>" + i));
    texts.accept(
        "brackets in conditions",
        "DELETE FROM notes WHERE id=1" + " OR ((((((id=2))))))".repeat(MANY));
    texts.accept(
        "merge",
        "MERGE INTO notes n USING orders o ON n.id=o.id"
            + " WHEN MATCHED AND n.id=1 THEN DELETE".repeat(MANY));
    texts.accept(
        "many deletes in with",
        list(
                "WITH a AS (SELECT 1)",
                MANY,
                i -> ", d" + i + " AS (DELETE FROM notes WHERE id=" + i + ")")
            + " SELECT 1");
    texts.accept(
        "many locks",
        "SELECT 1 FROM customers WHERE id=1" + " FOR UPDATE OF customers".repeat(MANY));
    texts.accept(
        "many locked unions",
        "SELECT 1 FROM notes WHERE true FOR UPDATE"
            + " UNION SELECT 1 FROM notes WHERE true FOR UPDATE".repeat(MANY));
    texts.accept(
        "many locked tables",
        "TABLE notes FOR UPDATE" + " UNION TABLE notes FOR UPDATE".repeat(MANY));
    texts.accept(
        "many order bys",
        "SELECT 1 FROM customers ORDER BY 1" + ", ssn COLLATE \"C\" USING <".repeat(MANY));
  }

  private String cte(int i) {
    return ", c" + i + " AS (SELECT id, ssn FROM customers)";
  }

  private void definitions() {
    texts.accept("grants", list("GRANT SELECT ON notes", MANY, i -> ", t" + i) + " TO a");
    texts.accept("drops", list("DROP TABLE notes", MANY, i -> ", t" + i));
    texts.accept("truncates", list("TRUNCATE notes", MANY, i -> ", customers"));
    texts.accept("settings", list("SET search_path TO public", MANY, i -> ", s" + i));
    texts.accept(
        "columns of a table",
        list("CREATE TABLE t (a int", MANY, i -> ", b" + i + " text DEFAULT 'x'") + ")");
    texts.accept(
        "alterations", list("ALTER TABLE notes ADD a int", MANY, i -> ", ADD b" + i + " int"));
    texts.accept("columns of copy", list("COPY notes (id", MANY, i -> ", b" + i) + ") TO STDOUT");
    texts.accept("arguments of execute", "EXECUTE a (1" + ", 2".repeat(MANY) + ")");
    texts.accept(
        "rule",
        "CREATE RULE r AS ON INSERT TO notes DO (SELECT 1"
            + "; SELECT ssn FROM customers".repeat(MANY)
            + ")");
    texts.accept("schema", list("CREATE SCHEMA s", MANY, i -> " CREATE TABLE t" + i + " (a int)"));
    texts.accept(
        "views of a schema",
        list("CREATE SCHEMA s", MANY, i -> " CREATE VIEW v" + i + " AS SELECT ssn FROM customers"));
    texts.accept(
        "atomic bodies",
        "CREATE FUNCTION f() RETURNS int BEGIN ATOMIC "
            + "SELECT CASE WHEN true THEN 1 END;".repeat(MANY)
            + "END");
    texts.accept("do", "DO $$" + "begin perform 1; end;".repeat(MANY * 5) + "$$");
    texts.accept("vacuum", list("VACUUM notes", MANY, i -> ", customers"));
    texts.accept("explain options", "EXPLAIN (" + "ANALYZE, ".repeat(MANY) + "COSTS) SELECT 1");
  }

  private void calls() {
    texts.accept("many calls", "SELECT 1" + ", lower(name)".repeat(MANY) + " FROM customers");
    texts.accept(
        "many calls of one's own", "SELECT 1" + ", shout(name)".repeat(MANY) + " FROM customers");
    texts.accept(
        "many unknown calls",
        list("SELECT 1", MANY, i -> ", f" + i + "(name)") + " FROM customers");
    texts.accept("many fillings", "SELECT 1" + ", repeat('x', 5)".repeat(MANY));
    texts.accept(
        "nested fillings", "SELECT " + "repeat(".repeat(MANY) + "'x'" + ", 5)".repeat(MANY));
    texts.accept(
        "many extracts", "SELECT 1" + ", extract(year FROM born)".repeat(MANY) + " FROM customers");
    texts.accept(
        "many json", "SELECT 1" + ", json_object('a': ssn)".repeat(MANY) + " FROM customers");
    texts.accept(
        "many xml", "SELECT 1" + ", xmlelement(name a, ssn)".repeat(MANY) + " FROM customers");
    texts.accept(
        "many set_config", "SELECT 1" + ", set_config('work_mem', '1', false)".repeat(MANY));
    texts.accept(
        "many query_to_xml",
        "SELECT 1" + ", query_to_xml('select 1', true, true, '')".repeat(MANY));
    texts.accept("many whole rows", "SELECT 1" + ", to_json(c)".repeat(MANY) + " FROM customers c");
    texts.accept("many fields", "SELECT 1" + ", (c).ssn".repeat(MANY) + " FROM customers c");
    texts.accept(
        "many at time zone",
        "SELECT born" + " AT TIME ZONE 'UTC'".repeat(MANY) + " FROM customers");
    texts.accept(
        "many unknown columns",
        list("SELECT 1", MANY, i -> ", x" + i) + " FROM customers, notes, orders");
    texts.accept("many views", "SELECT 1 FROM people p" + ", people".repeat(MANY));
    texts.accept("stars of views", list("SELECT *", 1_500, i -> ", p.*") + " FROM people p");
    nestedSizes();
  }

  /** Calls whose values' sizes are counted, with long and deep trees in them. */
  private void nestedSizes() {
    for (int deep : new int[] {90, 490, MANY}) {
      String repeats = "repeat(".repeat(deep) + "'x'" + ", 1)".repeat(deep);
      texts.accept(deep + " deep repeats", "SELECT " + repeats);
      texts.accept(
          deep + " deep subqueries of repeats",
          "SELECT " + "(SELECT repeat(".repeat(deep / 2) + "'x'" + ", 1))".repeat(deep / 2));
      texts.accept(deep + " signs in a size", "SELECT repeat('x', " + "- ".repeat(deep) + "1)");
      texts.accept(deep + " casts in a size", "SELECT repeat('x', 1" + "::int".repeat(deep) + ")");
      texts.accept(
          deep + " terms in a size", "SELECT repeat('x', 1" + " + 1 * 1 - 1".repeat(deep) + ")");
      texts.accept(
          deep + " powers in a size",
          "SELECT repeat('x', " + "power(1, ".repeat(deep) + "1" + ")".repeat(deep) + "::int)");
      texts.accept(
          deep + " parts beside a repeat",
          "SELECT repeat('x', 1)" + " || 'x' = 'y' || ssn".repeat(deep) + " FROM customers");
      texts.accept(
          deep + " unions beside a repeat",
          "SELECT repeat('x', 1)" + " UNION SELECT 'x'".repeat(deep));
    }
    texts.accept(
        "stars of repeats",
        list("SELECT *", 1_500, i -> ", p.*") + " FROM people p, repeat('x', 1)");
    texts.accept(
        "long names of sizes",
        list("SELECT 1", MANY, i -> ", repeat('x', 5000) AS n" + i) + " FROM customers");
    texts.accept("many series", "SELECT 1" + ", generate_series(1, 9)".repeat(MANY));
    texts.accept("formats", "SELECT format('" + "%1$1s".repeat(MEGABYTE) + "', 1)");
  }

  private void manyStatements() {
    texts.accept("a million semicolons", ";".repeat(MEGABYTE));
    texts.accept("a million statements", "ABORT;".repeat(MEGABYTE));
    texts.accept("a million unknown", "x;".repeat(MEGABYTE));
    texts.accept("many selects", "SELECT 1;".repeat(MANY * 5));
    texts.accept("many reads", "SELECT ssn FROM customers;".repeat(MANY));
    texts.accept("many inserts", "INSERT INTO notes VALUES (1, 'x');".repeat(MANY));
    texts.accept("many updates", "UPDATE notes SET body='x' WHERE id=1;".repeat(MANY));
    texts.accept("many settings", "SET work_mem=1;".repeat(MANY));
    texts.accept(
        "many prepares", list("", MANY, i -> "PREPARE p" + i + " AS SELECT ssn FROM customers;"));
    texts.accept("many begins", "BEGIN ATOMIC;".repeat(MANY));
    texts.accept(
        "many functions",
        "CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT 1; END;".repeat(MANY / 4));
  }

  private void kindsInKinds() {
    for (int deep : new int[] {8, 500, MANY}) {
      for (String part :
          new String[] {
            "EXPLAIN (ANALYZE) ",
            "DECLARE c CURSOR FOR ",
            "CREATE VIEW v AS ",
            "CREATE TABLE t AS ",
            "CREATE RULE r AS ON INSERT TO notes DO ",
            "CREATE SCHEMA s ",
            "EXPLAIN PREPARE a AS ",
            "INSERT INTO notes ",
            "WITH a AS (SELECT 1) ",
            "EXPLAIN EXECUTE ",
            "COPY (",
            "SELECT 1 UNION ",
            "CREATE FUNCTION f() RETURNS int BEGIN ATOMIC ",
            "DELETE FROM notes WHERE EXISTS (SELECT 1 FROM ",
            "UPDATE notes SET body = (",
            "MERGE INTO notes USING ("
          }) {
        texts.accept(deep + " deep " + part, part.repeat(deep) + "SELECT ssn FROM customers");
      }
      texts.accept(
          deep + " deep copy", "COPY (".repeat(deep) + "SELECT 1" + ") TO STDOUT".repeat(deep));
      texts.accept(
          deep + " deep with delete",
          "WITH a AS (".repeat(deep)
              + "DELETE FROM notes WHERE id=1"
              + ") DELETE FROM notes WHERE id=1".repeat(deep));
      texts.accept(
          deep + " deep laterals",
          "SELECT 1 FROM customers c"
              + ", LATERAL (SELECT c.ssn FROM orders".repeat(deep)
              + ") x".repeat(deep));
      texts.accept(
          deep + " deep else",
          "SELECT "
              + "CASE WHEN id=1 THEN 1 ELSE ".repeat(deep)
              + "ssn"
              + " END".repeat(deep)
              + " FROM customers");
      texts.accept(
          deep + " deep between",
          "SELECT 1 FROM customers WHERE id " + "BETWEEN id ".repeat(deep) + "AND 1 ".repeat(deep));
      texts.accept(
          deep + " deep not in condition",
          "DELETE FROM notes WHERE " + "NOT ".repeat(deep) + "id=1");
      texts.accept(
          deep + " deep brackets in condition",
          "DELETE FROM notes WHERE " + "(".repeat(deep) + "id=1" + ")".repeat(deep));
      texts.accept(
          deep + " deep sides",
          "DELETE FROM notes WHERE " + "(".repeat(deep) + "id" + "+1)".repeat(deep) + " = 1");
      texts.accept(
          deep + " deep ands",
          "DELETE FROM notes WHERE " + "(id=1 AND ".repeat(deep) + "id=2" + ")".repeat(deep));
      texts.accept(
          deep + " deep select of arrays",
          "SELECT " + "array(select ".repeat(deep) + "ssn" + " from customers)".repeat(deep));
      texts.accept(
          deep + " deep windows",
          "SELECT "
              + "sum(".repeat(deep)
              + "id"
              + ") OVER (ORDER BY 1)".repeat(deep)
              + " FROM customers");
      texts.accept(
          deep + " deep xml",
          "SELECT "
              + "xmlelement(name a, ".repeat(deep)
              + "ssn"
              + ")".repeat(deep)
              + " FROM customers");
      texts.accept(
          deep + " deep json",
          "SELECT "
              + "json_object('a': ".repeat(deep)
              + "ssn"
              + ")".repeat(deep)
              + " FROM customers");
      texts.accept(
          deep + " deep types", "SELECT 1::" + "numeric(".repeat(deep) + "1" + ")".repeat(deep));
      texts.accept(
          deep + " deep joins on",
          "SELECT 1 FROM customers" + " JOIN orders".repeat(deep) + " ON true".repeat(deep));
    }
  }

  private void unclosed() {
    for (String part :
        new String[] {
          "(",
          "[",
          "((",
          "([",
          "(select ",
          "repeat(",
          "case ",
          "case when ",
          "with a as (",
          "array[",
          "begin atomic ",
          "from ",
          "where ",
          "select ",
          "join ",
          "between ",
          "exists (",
          "into ",
          "not ",
          "values (",
          "in (",
          "row(",
          "lateral ",
          "rows from (",
          "as ",
          "over (",
          "using (",
          "on ",
          "union ",
          "a.",
          "a::",
          "a(",
          "a,",
          "a as ",
          "::",
          "*",
          "$1",
          "with recursive ",
          "for update of ",
          "is "
        }) {
      texts.accept("unclosed select " + part, "SELECT " + part.repeat(MANY));
      texts.accept("unclosed from " + part, "SELECT 1 FROM customers " + part.repeat(MANY));
      texts.accept("unclosed delete " + part, "DELETE FROM notes WHERE " + part.repeat(MANY));
      texts.accept("unclosed create " + part, "CREATE TABLE t " + part.repeat(MANY));
    }
  }
}
