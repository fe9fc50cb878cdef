package io.pgguard.statement;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StatementReaderTest {

  private static StatementFacts read(String sql) throws LexicalException {
    StatementText text = StatementReader.read(sql);
    assertEquals(1, text.statements().size(), sql);
    return text.statements().get(0);
  }

  private static List<StatementKind> kinds(String sql) throws LexicalException {
    return StatementReader.read(sql).statements().stream().map(StatementFacts::kind).toList();
  }

  @Test
  void read_severalStatements_splitsAsPostgresDoes() throws Exception {
    assertEquals(List.of(), kinds(" ; ;; -- x"));
    assertEquals(
        List.of(StatementKind.SELECT, StatementKind.DROP), kinds("select 1;;drop table a;"));
    assertEquals(
        List.of(StatementKind.CREATE_RULE, StatementKind.SELECT),
        kinds("create rule r as on insert to t do (select 1; select 2); select 3"));
    assertEquals(
        List.of(StatementKind.CREATE_FUNCTION, StatementKind.DROP),
        kinds(
            "create or replace function f() returns int begin atomic select case when a then b end;"
                + " select 2; end; drop table t"));
    assertEquals(
        List.of(StatementKind.SELECT, StatementKind.DROP),
        kinds("select begin atomic; drop table t"));
  }

  @Test
  void read_moreStatementsThanOneTextMayHold_isRefusedForItsSize() throws Exception {
    int most = StatementReader.MAX_STATEMENTS;
    assertEquals(most, StatementReader.read("abort;;".repeat(most)).statements().size());
    LexicalException refused =
        assertThrows(LexicalException.class, () -> StatementReader.read("abort;".repeat(most + 1)));
    assertTrue(refused.tooLarge());
    assertEquals(6 * most, refused.position());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "frobnicate the table",
        "select (1",
        "select 1)",
        "with x as select 1",
        "create assertion a check (true)",
        "(delete from t)",
        "\"select\" 1",
        "with a as (select 1) create table t ()"
      })
  void read_notRecognised_isUnknownAndMostSevere(String sql) throws Exception {
    assertEquals(StatementKind.UNKNOWN, read(sql).kind());
    assertEquals(Effect.CODE, read(sql).effect());
    assertEquals(Set.of("unknown"), read(sql).policyWords());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "explain analyze delete from t",
        "explain (analyze) delete from t",
        "explain (costs off, analyze 'on') delete from t",
        "explain (analyze 1, analyze off) delete from t",
        "explain (U&\"an\\0061lyze\" true) delete from t",
        "explain (\"analyze\") delete from t",
        "explain analyse verbose delete from t",
        "prepare p as delete from t",
        "with x as (delete from t returning *) select * from x",
        "select * from (with x as (delete from t returning *) select * from x) y",
        "copy (delete from t returning a) to stdout"
      })
  void read_deleteInside_isAWriteWithoutWhere(String sql) throws Exception {
    StatementFacts facts = read(sql);
    assertEquals(Effect.WRITE, facts.effect());
    assertEquals(WhereClause.MISSING, facts.where());
    assertTrue(
        facts.policyWords().containsAll(Set.of("delete", "write")), facts.policyWords()::toString);
    assertFalse(facts.policyWords().contains("select"));
    assertFalse(facts.policyWords().contains("explain"));
    assertFalse(facts.policyWords().contains("prepare"));
    assertTrue(facts.relationMentions().contains(Name.of("t")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "explain delete from t",
        "explain (analyze off) delete from t",
        "explain (analyze 'FALSE') delete from t",
        "explain (analyze 0) delete from t",
        "explain (select 1)",
        "explain (values (1))",
        "with delete as (select 1) select * from delete",
        "with recursive as (select 1) select * from recursive",
        "select update, delete from insert",
        "select f(delete) from t for update"
      })
  void read_nothingRuns_isARead(String sql) throws Exception {
    assertEquals(Effect.READ, read(sql).effect());
    assertEquals(WhereClause.NOT_APPLICABLE, read(sql).where());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "true",
        "1=1",
        "0x1=0x1",
        "'a'='a'",
        "not false",
        "id=id",
        "t.id = id",
        "(((id)) = (id))",
        "exists(select 1)",
        "coalesce(x,0)=coalesce(x,0)",
        "ctid is not null",
        "$1=$1",
        "x=1 or 1=1",
        "x = 1 or x <> 1",
        "x is null or x is not null",
        "not (x = 1) or x = 1",
        "now() > '2000-01-01'",
        "id in (select id from t)",
        "x like '%'",
        "x ~ ''",
        "true and true",
        "id >= id",
        "id is not distinct from id",
        "(1)::bool",
        "'t'",
        "1 between 0 and 2",
        "$1",
        "current_user = 'a'"
      })
  void where_withoutLookingAtData_isConstant(String condition) throws Exception {
    assertEquals(WhereClause.CONSTANT, read("delete from t where " + condition).where());
    assertEquals(
        WhereClause.CONSTANT,
        read("update t set a = 1 where " + condition + " returning a").where());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "id = 1",
        "id = $1",
        "a = b",
        "x like 'a%'",
        "id = 1 and true",
        "id between 1 and 2",
        "id in (select id from u where a = 1)",
        "exists (select 1 from u where u.a = t.a)",
        "false",
        "a.id = b.id",
        "name = 'x' or name = 'y'",
        "\"true\"",
        "x is null",
        "current of c",
        "(a)::int > 1",
        "x = $1 or $1 is null",
        "d < now() - interval '1 day'",
        "upper(x) = 'A'"
      })
  void where_onData_isPresent(String condition) throws Exception {
    assertEquals(WhereClause.PRESENT, read("delete from t where " + condition).where());
  }

  @Test
  void where_ofSeveral_isTheWorst() throws Exception {
    assertEquals(
        WhereClause.MISSING,
        read("with a as (update u set x = 1 returning *) delete from t where id = 1").where());
    assertTrue(read("delete from t where current of c").currentOf());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "select * from a, secret.t",
        "select * from a join b on a.order = b.group, secret.t",
        "select a.as from secret.t",
        "select 1 as as from secret.t",
        "select 1 as from from secret.t",
        "select extract(year from (select d from secret.t))",
        "select x is distinct from y from secret.t",
        "select * from (a join (b join secret.t on true) on true)",
        "select * from only (secret.t)",
        "select (table secret.t)",
        "select 1 union all table secret.t",
        "insert into a select * from secret.t",
        "insert into a (table secret.t)",
        "delete from a using b, secret.t",
        "update a set b = 1 from c, secret.t",
        "merge into a using secret.t on true when matched then delete",
        "create table a (b int check ((select 1 from secret.t) = 1))",
        "create table a (b int references secret.t, like c)",
        "create table a (like secret.t)",
        "create table a () inherits (b, secret.t)",
        "create index i on secret.t (a)",
        "grant select (a) on b, secret.t to c",
        "truncate a, only secret.t",
        "lock table a, secret.t in share mode",
        "copy secret.t (a) to stdout",
        "vacuum (full) a (x), secret.t",
        "analyze verbose a, secret.t",
        "create rule r as on select to b do instead select * from secret.t",
        "create schema s create view v as select * from secret.t",
        "create function f() returns int return (select 1 from secret.t)",
        "create function f() returns int begin atomic select 1 from secret.t; end",
        "declare c cursor for select * from secret.t",
        "comment on column secret.t.a is 'x'",
        "select * from a for update of a, secret.t",
        "U\u00a0; select * from secret.t",
        "select * from \"secret\".\"t\"",
        "select * from u&\"s\\0065cret\".t"
      })
  void relationMentions_anywhere_areFound(String sql) throws Exception {
    StatementText text = StatementReader.read(sql);
    assertTrue(
        text.statements().stream()
            .anyMatch(f -> f.relationMentions().contains(new Name("secret", "t"))),
        text::toString);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "select f(1)",
        "select * from f(1)",
        "select * from rows from (g(1), f(2))",
        "select distinct on (a) f(b) from t",
        "select a operator(pg_catalog.+) f(b)",
        "delete from t returning with (old as o) f(a)",
        "execute p(f(1))",
        "call f(1)",
        "select * from t, lateral f(t.a) x(b)",
        "create index i on t using btree (f(a))",
        "update t set a = f(1)",
        "select case when true then f(1) end"
      })
  void functionMentions_anywhere_areFound(String sql) throws Exception {
    assertTrue(read(sql).functionMentions().contains(Name.of("f")), sql);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "select 1 from t fetch next (3 + 3) rows only",
        "select 1 from t offset (1) rows fetch first (2) rows with ties",
        "select 1 from t group by distinct cube (a), b, (c)",
        "select 1 from t group by rollup(a)",
        "select a like 'b' escape ('!') from t",
        "with c as materialized (select 1) select * from c",
        "with c as not materialized (select 1) select * from c",
        "merge into t using u on (true) when not matched then insert (a) values (1)",
        "insert into t (a) values (1) on conflict (a) do update set (a, b) = (1, 2)",
        "select sum(1) over (), sum(1) filter (where true) over w from t window w as ()",
        "select * from json_table('{}', '$' columns (a int path '$', nested path '$' columns (b int)))",
        "select * from xmltable('/' passing ('<a/>') columns a int path '.')",
        "select mode() within group (order by (a)) from t",
        "select * from t join u using (a) as x"
      })
  void functionMentions_keywordsBeforeLists_areNoCalls(String sql) throws Exception {
    Set<Name> others = new HashSet<>(read(sql).functionMentions());
    others.removeIf(name -> Set.of("sum", "mode", "like_escape").contains(name.name()));
    assertEquals(Set.of(), others, sql);
  }

  @Test
  void functionMentions_listsOfClauses_areNoCalls() throws Exception {
    assertEquals(
        Set.of(),
        read("select 1 from t group by grouping sets ((a), ()) order by (a)").functionMentions());
    assertEquals(Set.of(), read("select 1 from t group by (a), (b)").functionMentions());
    assertEquals(Set.of(), read("create type mood as enum ('sad', 'ok')").functionMentions());
    assertTrue(read("select enum('sad')").functionMentions().contains(Name.of("enum")));
    assertEquals(
        Set.of(), read("select 1 from t tablesample system (9) repeatable (1)").functionMentions());
    assertEquals(Set.of(), read("select 1 from t tablesample bernoulli (9)").functionMentions());
    assertTrue(
        read("select 1 from t tablesample mine (9)").functionMentions().contains(Name.of("mine")));
    assertEquals(
        Set.of(Name.of("f")),
        read("select * from t, f(t.a, 1) with ordinality k(v, n)").functionMentions());
    assertTrue(read("select sets(1)").functionMentions().contains(Name.of("sets")));
    assertTrue(read("select by(1)").functionMentions().contains(Name.of("by")));
  }

  @Test
  void functionMentions_keywordsAsNames_areFoundWhereTheyCall() throws Exception {
    assertTrue(read("select left(a, 1)").functionMentions().contains(Name.of("left")));
    assertFalse(
        read("select * from a left join (select 1) b on true")
            .functionMentions()
            .contains(Name.of("join")));
    assertTrue(read("select s.select(1)").functionMentions().contains(new Name("s", "select")));
    assertEquals(Set.of(), read("select * from t x(a), (select 1) y(b)").functionMentions());
  }

  @Test
  void policyWords_temporaryTable_areSessionNotDdl() throws Exception {
    assertEquals(
        Set.of("create-table", "session"), read("create temp table t (a int)").policyWords());
    assertTrue(read("create temporary table t as select 1").policyWords().contains("session"));
    assertFalse(read("create temp table t as select 1").policyWords().contains("ddl"));
    assertTrue(read("select 1 into temp t").policyWords().contains("ddl"));
    assertFalse(read("select 1 into t").policyWords().contains("select"));
  }

  private static String setting(String sql) throws Exception {
    return read(sql).setting().orElseThrow().name();
  }

  @Test
  void details_ofSingleKinds_areRead() throws Exception {
    assertEquals(
        new SettingFacts(SettingFacts.Action.SET, "search_path", List.of("a", "b"), false),
        read("set search_path to a, 'b'").setting().orElseThrow());
    assertEquals(
        new SettingFacts(SettingFacts.Action.SET, "timezone", List.of("UTC"), true),
        read("set local time zone 'UTC'").setting().orElseThrow());
    assertEquals("role", read("set role none").setting().orElseThrow().name());
    assertEquals(
        List.of("me"), read("set session authorization me").setting().orElseThrow().values());
    assertEquals("all", read("reset all").setting().orElseThrow().name());
    assertEquals("transaction_read_only", setting("set transaction read only"));
    assertEquals("transaction_deferrable", setting("set transaction deferrable"));
    assertEquals("transaction_deferrable", setting("set transaction not deferrable, read only"));
    assertEquals("transaction", setting("set transaction snapshot '0-1'"));
    assertEquals("client_encoding", read("set names 'x'").setting().orElseThrow().name());
    assertEquals("p", read("execute p(1)").statementName().orElseThrow());
    assertTrue(read("deallocate all").statementName().isEmpty());
    assertEquals("c", read("fetch 1 from c").cursorName().orElseThrow());
    assertEquals("ch", read("notify ch, 'x'").channel().orElseThrow());
    assertEquals(TransactionAction.ROLLBACK_TO, read("rollback to a").transaction().orElseThrow());
    assertTrue(read("prepare transaction 'x'").policyWords().contains("two-phase"));
    assertEquals(
        new CopyFacts(CopyFacts.Direction.OUT, CopyFacts.Endpoint.PROGRAM, "csv", false),
        read("copy t to program 'x' csv").copy().orElseThrow());
    assertEquals(Effect.SERVER_FILE, read("copy t from '/x'").effect());
    assertEquals(Set.of("copy-in", "write"), read("copy t from stdin").policyWords());
  }

  @Test
  void read_deepNesting_takesNoStack() throws Exception {
    int n = 100_000;
    assertEquals(n, read("select " + "(".repeat(n) + "1" + ")".repeat(n)).nestingDepth());
    String deep = "(".repeat(n) + "a" + " or b)".repeat(n);
    assertEquals(WhereClause.CONSTANT, read("delete from t where " + deep).where());
    assertThrows(LexicalException.class, () -> StatementReader.read("select 'a"));
  }
}
