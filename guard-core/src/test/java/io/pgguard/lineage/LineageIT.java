package io.pgguard.lineage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pgguard.catalog.Catalog;
import io.pgguard.catalog.CatalogReader;
import io.pgguard.catalog.Function;
import io.pgguard.catalog.JdbcCatalogQueries;
import io.pgguard.catalog.Relation;
import io.pgguard.catalog.SearchPath;
import io.pgguard.catalog.Trigger;
import io.pgguard.internal.syntax.ParseResult;
import io.pgguard.internal.syntax.SyntaxParser;
import io.pgguard.lineage.Protection.Kind;
import io.pgguard.reach.CallSafety;
import io.pgguard.reach.CalledFunction;
import io.pgguard.reach.Channels;
import io.pgguard.reach.FunctionSafety;
import io.pgguard.reach.Reaches;
import io.pgguard.reach.Safety;
import io.pgguard.reach.TriggerSafety;
import io.pgguard.reach.VolatileFunctions;
import io.pgguard.statement.Lexer;
import io.pgguard.statement.Tokens;
import io.pgguard.testkit.TestPostgres;
import java.sql.Connection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What is protected, and which functions and triggers are safe, on a real server's catalog. */
class LineageIT {
  private static final SearchPath PATH = SearchPath.of("pg_catalog", "public");
  private static Catalog catalog;
  private static ProtectedColumns<String> columns;
  private static Reaches reaches;
  private static CallSafety calls;
  private static TriggerSafety triggers;

  @BeforeAll
  static void load() throws Exception {
    String database = TestPostgres.shared().createDatabase("lineage");
    TestPostgres.shared()
        .execute(
            database,
            "CREATE TABLE person (id int PRIMARY KEY, name text, ssn text, note text)",
            "CREATE TABLE vip (tier text) INHERITS (person)",
            "CREATE TABLE pay (id int, day date, payer text) PARTITION BY RANGE (day)",
            "CREATE TABLE pay_old PARTITION OF pay FOR VALUES FROM (MINVALUE) TO ('2024-01-01')",
            "CREATE TABLE open_notes (id int, body text)",
            "CREATE TABLE tagged (tags text[], people person[])",
            "CREATE TABLE log (id serial, line text)",
            "CREATE VIEW v1 AS SELECT id, ssn AS tax, name FROM person WHERE name <> ''",
            "CREATE VIEW v2 AS SELECT id, tax, lower(tax) AS low, name FROM v1",
            "CREATE VIEW v3 AS SELECT p.id, count(*) AS n FROM person p GROUP BY p.id",
            "CREATE VIEW v_union AS SELECT name AS x FROM person UNION ALL SELECT payer FROM pay",
            "CREATE MATERIALIZED VIEW m AS SELECT id, tax AS t FROM v2",
            """
            CREATE FUNCTION total(int) RETURNS bigint LANGUAGE sql STABLE
              AS 'SELECT count(*) FROM open_notes WHERE id = $1'""",
            """
            CREATE FUNCTION peek(int) RETURNS text LANGUAGE sql STABLE
              AS 'SELECT ssn FROM person WHERE id = $1'""",
            "CREATE FUNCTION twice(int) RETURNS text LANGUAGE sql STABLE AS 'SELECT peek($1)'",
            "CREATE FUNCTION modern(int) RETURNS text STABLE RETURN (SELECT tax FROM v1 LIMIT 1)",
            """
            CREATE FUNCTION definer() RETURNS int LANGUAGE sql STABLE SECURITY DEFINER
              AS 'SELECT 1'""",
            "CREATE FUNCTION moving() RETURNS int LANGUAGE sql AS 'SELECT 1'",
            """
            CREATE FUNCTION dynamic(text) RETURNS text LANGUAGE plpgsql STABLE
              AS 'DECLARE r text; BEGIN EXECUTE $1 INTO r; RETURN r; END'""",
            "CREATE VIEW v_calls AS SELECT id, dynamic('x') AS d FROM open_notes",
            """
            CREATE FUNCTION tg_trim() RETURNS trigger LANGUAGE plpgsql
              AS 'BEGIN NEW.body := trim(NEW.body); RETURN NEW; END'""",
            """
            CREATE FUNCTION tg_log() RETURNS trigger LANGUAGE plpgsql
              AS 'BEGIN INSERT INTO log(line) VALUES (NEW.id::text); RETURN NEW; END'""",
            """
            CREATE FUNCTION tg_tell() RETURNS trigger LANGUAGE plpgsql
              AS 'BEGIN PERFORM pg_notify(''changes'', NEW.ssn); RETURN NEW; END'""",
            """
            CREATE FUNCTION tg_chain() RETURNS trigger LANGUAGE plpgsql
              AS 'BEGIN RAISE NOTICE ''%'', (SELECT max(ssn) FROM person); RETURN NEW; END'""",
            "CREATE TRIGGER a BEFORE INSERT ON open_notes FOR EACH ROW EXECUTE FUNCTION tg_trim()",
            "CREATE TRIGGER b AFTER INSERT ON vip FOR EACH ROW EXECUTE FUNCTION tg_log()",
            "CREATE TRIGGER c AFTER INSERT ON person FOR EACH ROW EXECUTE FUNCTION tg_tell()",
            "CREATE TABLE start_here (id int)",
            "CREATE TRIGGER d AFTER INSERT ON start_here FOR EACH ROW EXECUTE FUNCTION tg_log()",
            "CREATE TABLE ends_badly (id int)",
            "CREATE FUNCTION tg_hop() RETURNS trigger LANGUAGE plpgsql"
                + " AS 'BEGIN INSERT INTO hop2 VALUES (1); RETURN NEW; END'",
            "CREATE TABLE hop2 (id int)",
            "CREATE TRIGGER e AFTER INSERT ON ends_badly FOR EACH ROW EXECUTE FUNCTION tg_hop()",
            "CREATE TRIGGER f AFTER INSERT ON hop2 FOR EACH ROW EXECUTE FUNCTION tg_chain()");
    try (Connection connection = TestPostgres.shared().connect(database)) {
      catalog = new CatalogReader().read(new JdbcCatalogQueries(connection));
    }
    Set<String> marked = Set.of("public.person.ssn", "public.pay_old.payer");
    LineageAnalyzer analyzer = new LineageAnalyzer(catalog);
    reaches = analyzer.reaches();
    columns =
        ProtectedColumns.of(
            analyzer,
            (relation, column) ->
                marked.contains(relation.qualifiedName() + "." + column.name())
                    ? Optional.of("secret")
                    : Optional.empty(),
            signature -> false);
    FunctionSafety functions = new FunctionSafety(catalog, reaches, columns, signature -> false);
    calls = new CallSafety(catalog, functions);
    triggers = new TriggerSafety(catalog, reaches, columns, functions, true);
  }

  private static Optional<Kind> kind(String schema, String relation, String column) {
    Relation found = catalog.relation(schema, relation).orElseThrow();
    int number = found.column(column).orElseThrow().number();
    return columns.protection(found.oid(), number).map(Protection::kind);
  }

  private static Optional<Kind> kind(String relation, String column) {
    return kind("public", relation, column);
  }

  private static Safety call(String name, String... constants) {
    List<Optional<String>> texts = List.of(constants).stream().map(Optional::of).toList();
    CalledFunction called =
        new CalledFunction(CalledFunction.Form.FUNCTION, null, name, texts, Set.of());
    return calls.judge(called, PATH);
  }

  private static Safety trigger(String relation) {
    return triggers.judge(
        catalog.relation("public", relation).orElseThrow().oid(), Trigger.Event.ALL);
  }

  @Test
  void markedColumns_areProtectedInChildrenAndPartitionsAndParents() {
    assertEquals(Optional.of(Kind.MARKED), kind("vip", "ssn"));
    assertEquals(Optional.of(Kind.MARKED), kind("pay", "payer"));
    assertEquals(Optional.empty(), kind("vip", "tier"));
    assertEquals(Optional.empty(), kind("person", "name"));
  }

  @Test
  void unnest_ofScalars_hasOneColumnForEachArray() throws Exception {
    for (String array :
        List.of(
            "ARRAY[1, 2]", "'{1}'::int[]", "ARRAY[]::text[]", "t.tags", "(t).tags[1:2]::text[]")) {
      Lineage lineage =
          lineage("SELECT u.*, p.id FROM person p, tagged t, unnest(" + array + ") u");
      assertEquals(2, assertInstanceOf(Lineage.Known.class, lineage, array).outputs().size());
    }
    String carried =
        "SELECT u.*, p.id FROM person p, (SELECT ARRAY[]::text[] AS a) s, unnest(s.a) WITH ORDINALITY u";
    assertEquals(3, assertInstanceOf(Lineage.Known.class, lineage(carried)).outputs().size());
    for (String array :
        List.of("ARRAY[4, 5]", "('{1}'::int[] || '{2}'::int[])[1:2]", "tags[1:2]")) {
      String kept =
          "SELECT u.*, p.id FROM person p, (SELECT "
              + array
              + " AS a FROM tagged) s, unnest(s.a) u";
      assertEquals(2, assertInstanceOf(Lineage.Known.class, lineage(kept), array).outputs().size());
    }
    for (String row : List.of("people[1:2]", "(people || people)", "(tags || people)")) {
      String open =
          "SELECT u.*, p.id FROM person p, (SELECT " + row + " AS a FROM tagged) s, unnest(s.a) u";
      assertFalse(lineage(open) instanceof Lineage.Known known && known.outputs().size() == 2, row);
    }
    String two = "SELECT r.* FROM ROWS FROM (generate_series(1, 2), unnest(ARRAY['a'])) r(x, y)";
    assertEquals(2, assertInstanceOf(Lineage.Known.class, lineage(two)).outputs().size());
    String vectors =
        "SELECT k.* FROM pg_index i, unnest(i.indkey, i.indclass) WITH ORDINALITY k(a, b, n)";
    assertEquals(3, assertInstanceOf(Lineage.Known.class, lineage(vectors)).outputs().size());
  }

  @Test
  void functionOfText_thatRangesHaveToo_hasOneColumn() throws Exception {
    for (String text : List.of("p.name", "'a'", "lower(p.name)::text")) {
      Lineage lineage = lineage("SELECT f.*, p.id FROM person p, upper(" + text + ") AS f(x)");
      assertEquals(2, assertInstanceOf(Lineage.Known.class, lineage, text).outputs().size());
    }
  }

  @Test
  void unnest_ofRows_isNotTakenForScalars() throws Exception {
    for (String array :
        List.of("ARRAY[p]", "t.people", "'{}'::pg_class[]", "'{}'::person[]", "$1")) {
      Lineage lineage =
          lineage("SELECT u.*, p.id FROM person p, tagged t, unnest(" + array + ") u");
      assertFalse(
          lineage instanceof Lineage.Known known && known.outputs().size() == 2, array + lineage);
    }
  }

  private static Lineage lineage(String sql) throws Exception {
    Tokens tokens = Lexer.lex(sql);
    ParseResult.Parsed parsed =
        assertInstanceOf(
            ParseResult.Parsed.class, SyntaxParser.parse(tokens, 0, tokens.size()), sql);
    return new LineageAnalyzer(catalog).analyze(parsed.statement(), PATH, SessionObjects.NONE);
  }

  @Test
  void viewColumns_keepTheMarkWhenCopiedAndAreDerivedOtherwise() {
    assertEquals(Optional.of(Kind.MARKED), kind("v1", "tax"));
    assertEquals(Optional.of(Kind.MARKED), kind("v2", "tax"));
    assertEquals(Optional.of(Kind.DERIVED), kind("v2", "low"));
    assertEquals(Optional.of(Kind.MARKED), kind("m", "t"));
    assertEquals(Optional.of(Kind.MARKED), kind("v_union", "x"));
    assertEquals(Optional.empty(), kind("v2", "name"));
    assertEquals(Optional.empty(), kind("v3", "n"));
  }

  @Test
  void viewsThatCallUnsafeFunctions_areProtectedWhereTheyCompute() {
    assertEquals(Optional.of(Kind.DERIVED), kind("v_calls", "d"));
    assertEquals(Optional.empty(), kind("v_calls", "id"));
  }

  @Test
  void statisticsAndSecrets_areProtectedByThemselves() {
    assertEquals(Optional.of(Kind.SYSTEM), kind("pg_catalog", "pg_stats", "most_common_vals"));
    assertEquals(Optional.of(Kind.SYSTEM), kind("pg_catalog", "pg_stats", "null_frac"));
    assertEquals(Optional.empty(), kind("pg_catalog", "pg_stats", "attname"));
    assertEquals(Optional.empty(), kind("pg_catalog", "pg_class", "reltuples"));
    assertEquals(Optional.empty(), kind("pg_catalog", "pg_class", "relname"));
    assertEquals(Optional.of(Kind.SYSTEM), kind("pg_catalog", "pg_authid", "rolpassword"));
    assertEquals(Optional.empty(), kind("pg_catalog", "pg_authid", "rolname"));
  }

  @Test
  void protectedNames_holdEveryRelationThatLeadsThere() {
    assertTrue(
        columns
            .protectedNames()
            .containsAll(Set.of("person", "vip", "pay", "pay_old", "v1", "v2", "m", "v_union")));
    assertFalse(columns.protectedNames().contains("v3"));
    assertFalse(columns.protectedNames().contains("open_notes"));
  }

  @Test
  void functionsOfTheUser_areSafeOnlyWhenTheirBodyIs() {
    assertEquals(Safety.SAFE, call("total"));
    for (String name : List.of("peek", "twice", "modern", "definer", "moving", "dynamic")) {
      assertInstanceOf(Safety.Unsafe.class, call(name), name);
    }
    assertInstanceOf(Safety.Unsafe.class, call("no_such_function"));
  }

  @Test
  void systemFunctions_areSafeUnlessTheyRunTextOrChangeSomething() {
    for (String name : List.of("lower", "now", "random", "pg_get_viewdef", "current_setting")) {
      assertEquals(Safety.SAFE, call(name), name);
    }
    for (String name :
        List.of("query_to_xml", "ts_stat", "pg_sleep", "pg_read_file", "lo_get", "nextval")) {
      assertInstanceOf(Safety.Unsafe.class, call(name), name);
    }
  }

  @Test
  void setConfig_isSafeForHarmlessSettingsOnly() {
    assertEquals(Safety.SAFE, call("set_config", "jit", "off"));
    assertEquals(Safety.SAFE, call("set_config", "search_path", ""));
    assertInstanceOf(Safety.Unsafe.class, call("set_config", "role", "postgres"));
    assertInstanceOf(Safety.Unsafe.class, call("set_config", "search_path", "public, pg_catalog"));
    assertInstanceOf(Safety.Unsafe.class, call("set_config"));
  }

  @Test
  void functionsThatThePolicyAllows_areSafe() {
    CallSafety allowing =
        new CallSafety(
            catalog,
            new FunctionSafety(
                catalog, reaches, columns, signature -> signature.equals("public.peek(integer)")));
    assertEquals(Safety.SAFE, allowing.judge(CalledFunction.function(null, "twice"), PATH));
    assertEquals(Safety.SAFE, allowing.judge(CalledFunction.function("public", "peek"), PATH));
  }

  @Test
  void triggers_areJudgedByWhatTheyMayCarryOut() {
    assertEquals(Safety.SAFE, trigger("open_notes"));
    assertEquals(Safety.SAFE, trigger("start_here"));
    assertInstanceOf(Safety.Unsafe.class, trigger("person"));
    assertInstanceOf(Safety.Unsafe.class, trigger("vip"));
    assertInstanceOf(Safety.Unsafe.class, trigger("ends_badly"));
    assertTrue(Channels.of(catalog, columns).names().contains("changes"));
  }

  /**
   * What keeps {@code pg_catalog}'s functions apart must not fall behind a new server: every
   * volatile function is either named harmless or refused.
   */
  @Test
  void namedHarmlessFunctions_existAndAreVolatile() {
    for (String name : VolatileFunctions.HARMLESS) {
      assertTrue(
          catalog.functionsNamed(name).stream()
                  .anyMatch(f -> f.volatility() == Function.Volatility.VOLATILE)
              || catalog.serverVersion() < 180000,
          name);
    }
  }

  @Test
  void everySystemView_isUnderstood() {
    LineageAnalyzer analyzer = new LineageAnalyzer(catalog);
    List<String> coarse =
        catalog.relations().stream()
            .filter(Relations::isView)
            .filter(view -> !analyzer.snapshot().views().lineage(view).certain())
            .map(Relation::qualifiedName)
            .toList();
    assertEquals(List.of(), coarse);
  }
}
