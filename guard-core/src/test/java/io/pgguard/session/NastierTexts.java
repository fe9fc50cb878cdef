package io.pgguard.session;

import java.util.function.BiConsumer;
import java.util.function.IntFunction;

/** More texts made to take long: odd tokens, long lists, kinds in kinds. Used by one thread. */
final class NastierTexts {

  private final BiConsumer<String, String> texts;
  private final int part;
  private final int megabyte;
  private final int many;

  private NastierTexts(int part, BiConsumer<String, String> texts) {
    this.texts = texts;
    this.part = part;
    this.megabyte = 1_000_000 / part;
    this.many = 100_000 / part;
  }

  /**
   * Gives each text, one at a time, after what it is made of.
   *
   * @param part 1 for the longest, 2 for those half as long, and so on
   */
  static void each(int part, BiConsumer<String, String> texts) {
    NastierTexts nasty = new NastierTexts(part, texts);
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
    texts.accept("long name", "SELECT " + "a".repeat(15 * megabyte));
    texts.accept("long quoted name", "SELECT \"" + "\"\"".repeat(7 * megabyte) + "\"");
    texts.accept("long number", "SELECT " + "9".repeat(15 * megabyte));
    texts.accept("long number, parted", "SELECT 1" + "_1".repeat(7 * megabyte));
    texts.accept("long string", "SELECT '" + "x".repeat(15 * megabyte) + "'");
    texts.accept("long bit string", "SELECT B'" + "1".repeat(15 * megabyte) + "'");
    texts.accept("parts of a string", "SELECT 'a'" + "\n'a'".repeat(3 * megabyte));
    texts.accept("parts with comments", "SELECT 'a'" + "--x\n'a'".repeat(megabyte));
    texts.accept("strings apart", "SELECT 'a'" + "  'a'".repeat(megabyte));
    texts.accept("escapes", "SELECT E'" + "\\\\".repeat(7 * megabyte) + "'");
    texts.accept("escapes of letters", "SELECT E'" + "\\u0041".repeat(2 * megabyte) + "'");
    texts.accept("escapes of bytes", "SELECT E'" + "\\x41".repeat(3 * megabyte) + "'");
    texts.accept("unicode escapes", "SELECT U&'" + "\\0041".repeat(3 * megabyte) + "'");
    texts.accept("unicode name", "SELECT U&\"" + "\\0041".repeat(3 * megabyte) + "\"");
    texts.accept("uescapes", "SELECT 1" + ", U&'!0041' UESCAPE '!'".repeat(many * 5));
    texts.accept("dollars that almost close", "SELECT $a$" + "$a $b$ a$".repeat(megabyte) + "$a$");
    texts.accept(
        "dollars that open", list("SELECT 1", many * 5, i -> ", $a" + i + "$ $a" + i + "$"));
    texts.accept("dollar without end", list("SELECT 1", many * 5, i -> ", $a" + i + "$"));
    texts.accept("comments that open", "SELECT " + "/*".repeat(7 * megabyte));
    texts.accept("comment of slashes", "SELECT /*" + "/".repeat(15 * megabyte) + "*/ 1");
    texts.accept("nested comments", "/*".repeat(megabyte) + "*/".repeat(megabyte) + "SELECT 1");
    texts.accept("operators cut by comments", "SELECT 1 " + "+/**/".repeat(3 * megabyte) + "1");
    texts.accept("operator of signs", "SELECT 1 " + "<+-".repeat(5 * megabyte) + " 1");
    texts.accept("signs", "SELECT 1 " + "-+".repeat(7 * megabyte) + " 1");
    texts.accept("parameters", "SELECT 1 WHERE 1 IN ($1" + ", $2".repeat(3 * megabyte) + ")");
    texts.accept("spaces", "SELECT" + " ".repeat(15 * megabyte) + "1");
    texts.accept("points", "SELECT a" + ".".repeat(15 * megabyte));
    texts.accept(
        "letters beyond ascii", "SELECT é" + ", é".repeat(3 * megabyte) + " FROM customers");
  }

  private void lists() {
    String customers = "SELECT id, ssn FROM customers";
    texts.accept("many ctes", list("WITH c AS (" + customers + ")", many, this::cte) + " TABLE c7");
    texts.accept(
        "many joins", list("SELECT 1 FROM orders o", many, i -> " JOIN customers c ON true"));
    texts.accept(
        "many aliased joins",
        list("SELECT 1 FROM orders o", many, i -> " JOIN notes n" + i + " ON n" + i + ".id=o.id"));
    texts.accept("many unions", customers + (" UNION " + customers).repeat(many));
    texts.accept("many excepts", customers + (" EXCEPT " + customers).repeat(many));
    texts.accept(
        "many parenthesised", "(" + customers + ")" + (" UNION (" + customers + ")").repeat(many));
    texts.accept(
        "many whens", "SELECT CASE" + " WHEN ssn='1' THEN 1".repeat(many) + " END FROM customers");
    texts.accept(
        "many cases",
        "SELECT 1" + ", CASE WHEN ssn='1' THEN 1 END".repeat(many) + " FROM customers");
    texts.accept(
        "many in lists", "SELECT 1 FROM customers WHERE id=1" + " OR id IN (1,2,3)".repeat(many));
    texts.accept(
        "many exists", "SELECT 1" + ", EXISTS (SELECT 1)".repeat(many) + " FROM customers");
    texts.accept("many subqueries", "SELECT 1" + (", (" + customers + ")").repeat(many));
    texts.accept("many casts", "SELECT 1" + ", ssn::varchar(5)".repeat(many) + " FROM customers");
    texts.accept("many subscripts", "SELECT name" + "[1]".repeat(many) + " FROM customers");
    texts.accept(
        "many betweens",
        "SELECT 1 FROM customers WHERE id=1" + " OR id BETWEEN 1 AND 2".repeat(many));
    texts.accept(
        "many likes", "SELECT 1 FROM customers WHERE true" + " AND ssn LIKE 'a%'".repeat(many));
    texts.accept("many rows", "SELECT 1 WHERE (1,2) IN ((1,2)" + ",(ssn,2)".repeat(many) + ")");
    texts.accept(
        "many windows",
        list("SELECT 1", many, i -> ", rank() OVER (ORDER BY ssn)") + " FROM customers");
    texts.accept(
        "many filters",
        "SELECT 1" + ", count(*) FILTER (WHERE ssn='1')".repeat(many) + " FROM customers");
    texts.accept(
        "many sets",
        "SELECT 1 FROM customers GROUP BY GROUPING SETS ((id)" + ",(id, ssn)".repeat(many) + ")");
    texts.accept(
        "many functions in from",
        list("SELECT 1 FROM customers", many, i -> ", generate_series(1,2) g" + i));
    texts.accept(
        "many values joined",
        list("SELECT 1 FROM customers", many, i -> ", (VALUES (1)) v" + i + "(a)"));
    texts.accept("many aliases", list("SELECT 1 FROM customers c(a", many, i -> ",b" + i) + ")");
    texts.accept(
        "many conditions of update",
        "UPDATE notes SET body='x' WHERE id=1" + " OR id=2 AND body='x'".repeat(many));
    texts.accept(
        "many different conditions",
        list("DELETE FROM notes WHERE id=1", many, i -> " OR id=" + i));
    texts.accept("many ands", list("DELETE FROM notes WHERE id=1", many, i -> " AND id<>" + i));
    texts.accept(
        "brackets in conditions",
        "DELETE FROM notes WHERE id=1" + " OR ((((((id=2))))))".repeat(many));
    texts.accept(
        "merge",
        "MERGE INTO notes n USING orders o ON n.id=o.id"
            + " WHEN MATCHED AND n.id=1 THEN DELETE".repeat(many));
    texts.accept(
        "many deletes in with",
        list(
                "WITH a AS (SELECT 1)",
                many,
                i -> ", d" + i + " AS (DELETE FROM notes WHERE id=" + i + ")")
            + " SELECT 1");
    texts.accept(
        "many locks",
        "SELECT 1 FROM customers WHERE id=1" + " FOR UPDATE OF customers".repeat(many));
    texts.accept(
        "many locked unions",
        "SELECT 1 FROM notes WHERE true FOR UPDATE"
            + " UNION SELECT 1 FROM notes WHERE true FOR UPDATE".repeat(many));
    texts.accept(
        "many locked tables",
        "TABLE notes FOR UPDATE" + " UNION TABLE notes FOR UPDATE".repeat(many));
    texts.accept(
        "many order bys",
        "SELECT 1 FROM customers ORDER BY 1" + ", ssn COLLATE \"C\" USING <".repeat(many));
  }

  private String cte(int i) {
    return ", c" + i + " AS (SELECT id, ssn FROM customers)";
  }

  private void definitions() {
    texts.accept("grants", list("GRANT SELECT ON notes", many, i -> ", t" + i) + " TO a");
    texts.accept("drops", list("DROP TABLE notes", many, i -> ", t" + i));
    texts.accept("truncates", list("TRUNCATE notes", many, i -> ", customers"));
    texts.accept("settings", list("SET search_path TO public", many, i -> ", s" + i));
    texts.accept(
        "columns of a table",
        list("CREATE TABLE t (a int", many, i -> ", b" + i + " text DEFAULT 'x'") + ")");
    texts.accept(
        "alterations", list("ALTER TABLE notes ADD a int", many, i -> ", ADD b" + i + " int"));
    texts.accept("columns of copy", list("COPY notes (id", many, i -> ", b" + i) + ") TO STDOUT");
    texts.accept("arguments of execute", "EXECUTE a (1" + ", 2".repeat(many) + ")");
    texts.accept(
        "rule",
        "CREATE RULE r AS ON INSERT TO notes DO (SELECT 1"
            + "; SELECT ssn FROM customers".repeat(many)
            + ")");
    texts.accept("schema", list("CREATE SCHEMA s", many, i -> " CREATE TABLE t" + i + " (a int)"));
    texts.accept(
        "views of a schema",
        list("CREATE SCHEMA s", many, i -> " CREATE VIEW v" + i + " AS SELECT ssn FROM customers"));
    texts.accept(
        "atomic bodies",
        "CREATE FUNCTION f() RETURNS int BEGIN ATOMIC "
            + "SELECT CASE WHEN true THEN 1 END;".repeat(many)
            + "END");
    texts.accept("do", "DO $$" + "begin perform 1; end;".repeat(many * 5) + "$$");
    texts.accept("vacuum", list("VACUUM notes", many, i -> ", customers"));
    texts.accept("explain options", "EXPLAIN (" + "ANALYZE, ".repeat(many) + "COSTS) SELECT 1");
  }

  private void calls() {
    texts.accept("many calls", "SELECT 1" + ", lower(name)".repeat(many) + " FROM customers");
    texts.accept(
        "many calls of one's own", "SELECT 1" + ", shout(name)".repeat(many) + " FROM customers");
    texts.accept(
        "many unknown calls",
        list("SELECT 1", many, i -> ", f" + i + "(name)") + " FROM customers");
    texts.accept("many fillings", "SELECT 1" + ", repeat('x', 5)".repeat(many));
    texts.accept(
        "nested fillings", "SELECT " + "repeat(".repeat(many) + "'x'" + ", 5)".repeat(many));
    texts.accept(
        "many extracts", "SELECT 1" + ", extract(year FROM born)".repeat(many) + " FROM customers");
    texts.accept(
        "many json", "SELECT 1" + ", json_object('a': ssn)".repeat(many) + " FROM customers");
    texts.accept(
        "many xml", "SELECT 1" + ", xmlelement(name a, ssn)".repeat(many) + " FROM customers");
    texts.accept(
        "many set_config", "SELECT 1" + ", set_config('work_mem', '1', false)".repeat(many));
    texts.accept(
        "many query_to_xml",
        "SELECT 1" + ", query_to_xml('select 1', true, true, '')".repeat(many));
    texts.accept("many whole rows", "SELECT 1" + ", to_json(c)".repeat(many) + " FROM customers c");
    texts.accept("many fields", "SELECT 1" + ", (c).ssn".repeat(many) + " FROM customers c");
    texts.accept(
        "many at time zone",
        "SELECT born" + " AT TIME ZONE 'UTC'".repeat(many) + " FROM customers");
    texts.accept(
        "many unknown columns",
        list("SELECT 1", many, i -> ", x" + i) + " FROM customers, notes, orders");
    texts.accept("many views", "SELECT 1 FROM people p" + ", people".repeat(many));
    texts.accept("stars of views", list("SELECT *", 1_500 / part, i -> ", p.*") + " FROM people p");
    nestedSizes();
  }

  /** Calls whose values' sizes are counted, with long and deep trees in them. */
  private void nestedSizes() {
    for (int deep : new int[] {90, 490, many}) {
      String name = deep > 1_000 / part + 490 ? "very" : String.valueOf(deep);
      String repeats = "repeat(".repeat(deep) + "'x'" + ", 1)".repeat(deep);
      texts.accept(name + " deep repeats", "SELECT " + repeats);
      texts.accept(
          name + " deep subqueries of repeats",
          "SELECT " + "(SELECT repeat(".repeat(deep / 2) + "'x'" + ", 1))".repeat(deep / 2));
      texts.accept(name + " signs in a size", "SELECT repeat('x', " + "- ".repeat(deep) + "1)");
      texts.accept(name + " casts in a size", "SELECT repeat('x', 1" + "::int".repeat(deep) + ")");
      texts.accept(
          name + " terms in a size", "SELECT repeat('x', 1" + " + 1 * 1 - 1".repeat(deep) + ")");
      texts.accept(
          name + " powers in a size",
          "SELECT repeat('x', " + "power(1, ".repeat(deep) + "1" + ")".repeat(deep) + "::int)");
      texts.accept(
          name + " parts beside a repeat",
          "SELECT repeat('x', 1)" + " || 'x' = 'y' || ssn".repeat(deep) + " FROM customers");
      texts.accept(
          name + " unions beside a repeat",
          "SELECT repeat('x', 1)" + " UNION SELECT 'x'".repeat(deep));
    }
    texts.accept(
        "stars of repeats",
        list("SELECT *", 1_500 / part, i -> ", p.*") + " FROM people p, repeat('x', 1)");
    texts.accept(
        "long names of sizes",
        list("SELECT 1", many, i -> ", repeat('x', 5000) AS n" + i) + " FROM customers");
    texts.accept("many series", "SELECT 1" + ", generate_series(1, 9)".repeat(many));
    texts.accept("formats", "SELECT format('" + "%1$1s".repeat(megabyte) + "', 1)");
  }

  private void manyStatements() {
    texts.accept("a million semicolons", ";".repeat(megabyte));
    texts.accept("a million statements", "ABORT;".repeat(megabyte));
    texts.accept("a million unknown", "x;".repeat(megabyte));
    texts.accept("many selects", "SELECT 1;".repeat(many * 5));
    texts.accept("many reads", "SELECT ssn FROM customers;".repeat(many));
    texts.accept("many inserts", "INSERT INTO notes VALUES (1, 'x');".repeat(many));
    texts.accept("many updates", "UPDATE notes SET body='x' WHERE id=1;".repeat(many));
    texts.accept("many settings", "SET work_mem=1;".repeat(many));
    texts.accept(
        "many prepares", list("", many, i -> "PREPARE p" + i + " AS SELECT ssn FROM customers;"));
    texts.accept("many begins", "BEGIN ATOMIC;".repeat(many));
    texts.accept(
        "many functions",
        "CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT 1; END;".repeat(many / 4));
  }

  private void kindsInKinds() {
    for (int deep : new int[] {8, 500, many}) {
      String name = deep > 1_000 / part + 500 ? "very" : String.valueOf(deep);
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
        texts.accept(name + " deep " + part, part.repeat(deep) + "SELECT ssn FROM customers");
      }
      texts.accept(
          name + " deep copy", "COPY (".repeat(deep) + "SELECT 1" + ") TO STDOUT".repeat(deep));
      texts.accept(
          name + " deep with delete",
          "WITH a AS (".repeat(deep)
              + "DELETE FROM notes WHERE id=1"
              + ") DELETE FROM notes WHERE id=1".repeat(deep));
      texts.accept(
          name + " deep laterals",
          "SELECT 1 FROM customers c"
              + ", LATERAL (SELECT c.ssn FROM orders".repeat(deep)
              + ") x".repeat(deep));
      texts.accept(
          name + " deep else",
          "SELECT "
              + "CASE WHEN id=1 THEN 1 ELSE ".repeat(deep)
              + "ssn"
              + " END".repeat(deep)
              + " FROM customers");
      texts.accept(
          name + " deep between",
          "SELECT 1 FROM customers WHERE id " + "BETWEEN id ".repeat(deep) + "AND 1 ".repeat(deep));
      texts.accept(
          name + " deep not in condition",
          "DELETE FROM notes WHERE " + "NOT ".repeat(deep) + "id=1");
      texts.accept(
          name + " deep brackets in condition",
          "DELETE FROM notes WHERE " + "(".repeat(deep) + "id=1" + ")".repeat(deep));
      texts.accept(
          name + " deep sides",
          "DELETE FROM notes WHERE " + "(".repeat(deep) + "id" + "+1)".repeat(deep) + " = 1");
      texts.accept(
          name + " deep ands",
          "DELETE FROM notes WHERE " + "(id=1 AND ".repeat(deep) + "id=2" + ")".repeat(deep));
      texts.accept(
          name + " deep select of arrays",
          "SELECT " + "array(select ".repeat(deep) + "ssn" + " from customers)".repeat(deep));
      texts.accept(
          name + " deep windows",
          "SELECT "
              + "sum(".repeat(deep)
              + "id"
              + ") OVER (ORDER BY 1)".repeat(deep)
              + " FROM customers");
      texts.accept(
          name + " deep xml",
          "SELECT "
              + "xmlelement(name a, ".repeat(deep)
              + "ssn"
              + ")".repeat(deep)
              + " FROM customers");
      texts.accept(
          name + " deep json",
          "SELECT "
              + "json_object('a': ".repeat(deep)
              + "ssn"
              + ")".repeat(deep)
              + " FROM customers");
      texts.accept(
          name + " deep types", "SELECT 1::" + "numeric(".repeat(deep) + "1" + ")".repeat(deep));
      texts.accept(
          name + " deep joins on",
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
      texts.accept("unclosed select " + part, "SELECT " + part.repeat(many));
      texts.accept("unclosed from " + part, "SELECT 1 FROM customers " + part.repeat(many));
      texts.accept("unclosed delete " + part, "DELETE FROM notes WHERE " + part.repeat(many));
      texts.accept("unclosed create " + part, "CREATE TABLE t " + part.repeat(many));
    }
  }
}
