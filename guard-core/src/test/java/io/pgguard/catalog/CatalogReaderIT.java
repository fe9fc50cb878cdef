package io.pgguard.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.pgguard.testkit.TestPostgres;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class CatalogReaderIT {
  private static final TestPostgres POSTGRES = TestPostgres.shared();
  private static String database = "";
  private static String role = "";
  private static Catalog catalog = new CatalogBuilder("", 0).build();

  @BeforeAll
  static void load() throws Exception {
    database = POSTGRES.createDatabase("catalog");
    role = database + "_reader";
    POSTGRES.execute(
        database,
        "CREATE ROLE " + role + " LOGIN PASSWORD 'reader'",
        "CREATE SCHEMA app",
        "CREATE SCHEMA \"Odd Schema\"",
        "CREATE DOMAIN app.ssn AS text CHECK (length(VALUE) < 20)",
        "CREATE DOMAIN app.tax_number AS app.ssn",
        "CREATE TYPE app.address AS (street text, zip text)",
        "CREATE TYPE app.mood AS ENUM ('sad', 'ok')",
        "CREATE FUNCTION app.next_code() RETURNS text LANGUAGE sql VOLATILE"
            + " AS $$ SELECT 'c' || random() $$",
        "CREATE FUNCTION app.shout(t text) RETURNS text LANGUAGE sql IMMUTABLE STRICT"
            + " AS $$ SELECT upper(t) $$",
        "CREATE FUNCTION app.on_write() RETURNS trigger LANGUAGE plpgsql"
            + " AS $$ BEGIN RETURN NEW; END $$",
        "CREATE FUNCTION app.on_statement() RETURNS trigger LANGUAGE plpgsql"
            + " AS $$ BEGIN RETURN NULL; END $$",
        "CREATE DOMAIN app.loud AS text CHECK (VALUE = app.shout(VALUE))",
        "CREATE TABLE app.customers (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, dropped int,"
            + " name text NOT NULL DEFAULT 'nobody', ssn app.ssn, tags text[], home app.address,"
            + " code text DEFAULT app.next_code(), made timestamptz DEFAULT now(),"
            + " loud text GENERATED ALWAYS AS (app.shout(name)) STORED)",
        "ALTER TABLE app.customers DROP COLUMN dropped",
        "CREATE INDEX customers_name ON app.customers (name)",
        "CREATE VIEW app.v1 AS SELECT id, ssn AS number FROM app.customers",
        "CREATE VIEW app.v2 AS SELECT number || 'x' AS y FROM app.v1, pg_authid",
        "CREATE MATERIALIZED VIEW app.m1 AS SELECT y, app.shout(y) AS z FROM app.v2",
        "CREATE VIEW app.stats AS SELECT tablename, null_frac FROM pg_stats",
        "CREATE TABLE app.parts (id int, note text) PARTITION BY RANGE (id)",
        "CREATE TABLE app.parts_low PARTITION OF app.parts FOR VALUES FROM (0) TO (10)",
        "CREATE TABLE app.parts_high PARTITION OF app.parts FOR VALUES FROM (10) TO (99)"
            + " PARTITION BY RANGE (id)",
        "CREATE TABLE app.parts_higher PARTITION OF app.parts_high FOR VALUES FROM (10) TO (50)",
        "CREATE TRIGGER on_row BEFORE INSERT ON app.parts FOR EACH ROW"
            + " EXECUTE FUNCTION app.on_write()",
        "CREATE TRIGGER on_statement AFTER INSERT ON app.parts EXECUTE FUNCTION"
            + " app.on_statement()",
        "CREATE TABLE app.child (extra int) INHERITS (app.customers)",
        "CREATE TABLE app.orders (id int REFERENCES app.customers, n int)",
        "CREATE EXTENSION citext SCHEMA app",
        "CREATE EXTENSION pg_stat_statements SCHEMA app",
        "CREATE FOREIGN DATA WRAPPER nowhere",
        "CREATE SERVER elsewhere FOREIGN DATA WRAPPER nowhere",
        "CREATE FOREIGN TABLE app.remote (id int, ssn text) SERVER elsewhere",
        "CREATE TABLE app.ruled (id int)",
        "CREATE RULE keep AS ON DELETE TO app.ruled DO INSTEAD NOTHING",
        "CREATE TABLE app.owned (id int, who text)",
        "ALTER TABLE app.owned ENABLE ROW LEVEL SECURITY",
        "CREATE POLICY mine ON app.owned USING (app.shout(who) = 'ME')",
        "CREATE FUNCTION app.total(a int, OUT sum numeric, OUT \"N x\" int)"
            + " LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = app"
            + " AS $$ BEGIN sum := 1; END $$",
        "CREATE FUNCTION app.atom(a int) RETURNS bigint STABLE"
            + " BEGIN ATOMIC SELECT count(*) FROM app.customers WHERE id = a; END",
        "CREATE FUNCTION app.rows_of() RETURNS SETOF app.customers LANGUAGE sql"
            + " AS $$ SELECT * FROM app.customers $$",
        "CREATE PROCEDURE app.work(VARIADIC x text[]) LANGUAGE plpgsql AS $$ BEGIN END $$",
        "CREATE FUNCTION app.near(a text, b text) RETURNS boolean LANGUAGE sql IMMUTABLE"
            + " AS $$ SELECT a = b $$",
        "CREATE OPERATOR app.~~~ (LEFTARG = text, RIGHTARG = text, FUNCTION = app.near)",
        "CREATE FUNCTION app.to_mood(int) RETURNS app.mood LANGUAGE sql IMMUTABLE"
            + " AS $$ SELECT 'ok'::app.mood $$",
        "CREATE CAST (int AS app.mood) WITH FUNCTION app.to_mood(int)",
        "CREATE VIEW app.nearby AS SELECT a.id FROM app.customers a WHERE a.name"
            + " OPERATOR(app.~~~) 'x'",
        "CREATE TABLE \"Odd Schema\".\"We\"\"ird, T\" (\"a b\" int, \"Ä{}\" text)",
        "CREATE VIEW \"Odd Schema\".\"V;1\" AS SELECT \"Ä{}\" FROM \"Odd Schema\".\"We\"\"ird, T\"");
    catalog = read(role, "reader");
  }

  @AfterAll
  static void drop() throws Exception {
    POSTGRES.dropDatabase(database);
    POSTGRES.execute("postgres", "DROP ROLE IF EXISTS " + role);
  }

  private static Catalog read(String user, String password) {
    try (JdbcCatalogQueries queries =
        JdbcCatalogQueries.open(POSTGRES.jdbcUrl(database), user, password)) {
      return new CatalogReader().read(queries);
    }
  }

  private static Relation relation(String name) {
    return catalog.relation("app", name).orElseThrow();
  }

  private static Function function(String name) {
    return catalog.functionsNamed(name).get(0);
  }

  private static Set<String> names(List<Relation> relations) {
    return relations.stream()
        .filter(r -> r.kind() != RelationKind.TOAST)
        .map(Relation::name)
        .collect(Collectors.toSet());
  }

  private static Set<String> functionNames(Iterable<Integer> oids) {
    Set<String> names = new TreeSet<>();
    for (int oid : oids) {
      names.add(catalog.function(oid).orElseThrow().name());
    }
    return names;
  }

  @Test
  void server_anOrdinaryRole_databaseAndVersionAreKnown() {
    assertEquals(database, catalog.database());
    assertTrue(catalog.serverVersion() >= 150000);
    assertTrue(catalog.complete());
    assertEquals(0, catalog.eventTriggers());
    assertEquals(read(role, "reader").fingerprint(), read(role, "reader").fingerprint());
  }

  @Test
  void columns_oneWasDropped_numbersStayAndItIsAbsent() {
    Relation customers = relation("customers");
    assertEquals(
        List.of("id", "name", "ssn", "tags", "home", "code", "made", "loud"),
        customers.columns().stream().map(Column::name).toList());
    assertEquals(3, customers.column("name").orElseThrow().number());
    assertEquals(customers.column("name"), customers.column(3));
  }

  @Test
  void columns_ofTypesWithModifiersAndCollations_sayWhichTheyHave() throws Exception {
    POSTGRES.execute(
        database,
        "CREATE COLLATION app.loose (provider = icu, locale = 'und', deterministic = false)",
        "CREATE TABLE app.shaped (a varchar(20), b numeric(10, 2), c text COLLATE app.loose,"
            + " d text COLLATE \"C\", e int)");
    Relation shaped = read(role, "reader").relation("app", "shaped").orElseThrow();
    assertEquals(
        List.of(20 + 4, (10 << 16 | 2) + 4, -1, -1, -1),
        shaped.columns().stream().map(Column::typeModifier).toList());
    assertEquals(
        List.of(true, true, false, true, true),
        shaped.columns().stream().map(Column::deterministic).toList());
  }

  @Test
  void expressions_constantsAndOthers_onlyTheOthersAreKept() {
    Relation customers = relation("customers");
    assertNull(customers.column("name").orElseThrow().expression());
    assertEquals("app.next_code()", customers.column("code").orElseThrow().expression());
    assertEquals("now()", customers.column("made").orElseThrow().expression());
    Column loud = customers.column("loud").orElseThrow();
    assertTrue(loud.generated());
    assertEquals("app.shout(name)", loud.expression());
    assertFalse(customers.column("code").orElseThrow().generated());
    assertEquals(Set.of("next_code", "shout"), functionNames(customers.calls()));
  }

  @Test
  void views_ofViewsAndSystemCatalogs_dependOnAllThatTheyRead() {
    assertEquals(List.of(relation("customers").oid()), relation("v1").dependsOn());
    int authid = catalog.relation("pg_catalog", "pg_authid").orElseThrow().oid();
    assertEquals(Set.of(relation("v1").oid(), authid), Set.copyOf(relation("v2").dependsOn()));
    assertEquals(
        Set.of("v1", "v2", "m1", "nearby"), names(catalog.dependents(relation("customers").oid())));
    int statistic = catalog.relation("pg_catalog", "pg_statistic").orElseThrow().oid();
    assertTrue(names(catalog.dependents(statistic)).containsAll(Set.of("pg_stats", "stats")));
    assertEquals(Set.of("shout"), functionNames(relation("m1").calls()));
    assertEquals(Set.of("near"), functionNames(relation("nearby").calls()));
  }

  @Test
  void definitions_ofViews_areQualified() {
    assertTrue(String.valueOf(relation("v1").definition()).contains("FROM app.customers"));
    assertTrue(String.valueOf(relation("m1").definition()).contains("app.shout("));
    assertEquals(RelationKind.MATERIALIZED_VIEW, relation("m1").kind());
    assertNull(relation("customers").definition());
    String stats =
        String.valueOf(catalog.relation("pg_catalog", "pg_stats").orElseThrow().definition());
    assertTrue(stats.contains("pg_statistic"));
  }

  @Test
  void children_partitionsOfPartitions_allAreFound() {
    assertEquals(
        Set.of("parts_low", "parts_high", "parts_higher"),
        names(catalog.children(relation("parts").oid())));
    assertEquals(RelationKind.PARTITIONED_TABLE, relation("parts_high").kind());
    assertEquals(List.of(relation("parts_high").oid()), relation("parts_higher").parents());
    assertEquals(Set.of("child"), names(catalog.children(relation("customers").oid())));
  }

  private static List<Integer> called(Relation relation) {
    return relation.triggers().stream().map(Trigger::function).toList();
  }

  @Test
  void triggers_ofAPartitionedTable_rowTriggersAreThePartitionsToo() {
    assertEquals(Set.of("on_write", "on_statement"), functionNames(called(relation("parts"))));
    assertEquals(Set.of("on_write"), functionNames(called(relation("parts_low"))));
    assertEquals(Set.of("on_write"), functionNames(called(relation("parts_higher"))));
    assertEquals(List.of(), relation("orders").triggers(), "a foreign key's are internal");
    assertEquals(
        Set.of("on_write", "on_statement"),
        functionNames(catalog.triggersOf(relation("parts").oid())));
  }

  @Test
  void rulesAndPolicies_whereThereAreAny_areSeen() {
    assertTrue(relation("ruled").rules());
    assertFalse(relation("v1").rules());
    assertTrue(relation("owned").rowSecurity());
    assertEquals(Set.of("shout"), functionNames(relation("owned").calls()));
    assertFalse(relation("customers").rowSecurity());
  }

  @Test
  void functions_ofEveryKind_carryTheirFacts() {
    Function total = function("total");
    assertTrue(total.securityDefiner());
    assertEquals(Function.Volatility.STABLE, total.volatility());
    assertEquals("plpgsql", total.language());
    assertEquals("app.total(integer)", total.signature());
    assertEquals(List.of("search_path=app"), total.settings());
    assertEquals(List.of("sum", "N x"), total.outputs().stream().map(Column::name).toList());
    assertTrue(String.valueOf(total.source()).contains("sum := 1"));
    assertTrue(String.valueOf(function("atom").source()).contains("BEGIN ATOMIC"));
    assertTrue(String.valueOf(function("atom").source()).contains("app.customers"));
    assertTrue(function("rows_of").returnsSet());
    assertEquals(
        relation("customers").oid(),
        catalog.type(function("rows_of").returnType()).orElseThrow().relationOid());
    assertEquals(Function.Kind.PROCEDURE, function("work").kind());
    assertEquals("app.work(text[])", function("work").signature());
    assertEquals("app.to_mood(integer)", function("to_mood").signature());
  }

  @Test
  void functions_ofTheSystem_haveNoSource() {
    Function upper =
        catalog.functionsNamed("upper").stream()
            .filter(f -> f.signature().equals("pg_catalog.upper(text)"))
            .findFirst()
            .orElseThrow();
    assertTrue(upper.builtIn());
    assertNull(upper.source());
    assertEquals(List.of(25), upper.argumentTypes());
    assertFalse(function("total").builtIn());
    assertEquals(Function.Kind.AGGREGATE, catalog.functionsNamed("string_agg").get(0).kind());
  }

  @Test
  void types_domainsArraysCompositesEnums_leadToWhatTheyAreMadeOf() {
    TypeInfo tax =
        catalog.types().stream().filter(t -> t.name().equals("tax_number")).findFirst().get();
    assertEquals(TypeInfo.Kind.DOMAIN, tax.kind());
    assertEquals(25, catalog.baseType(tax.oid()));
    assertEquals(25, catalog.baseType(25));
    assertEquals(List.of(), tax.calls());
    TypeInfo loud = catalog.types().stream().filter(t -> t.name().equals("loud")).findFirst().get();
    assertEquals(Set.of("shout"), functionNames(loud.calls()));
    Relation customers = relation("customers");
    TypeInfo tags = catalog.type(customers.column("tags").orElseThrow().typeOid()).orElseThrow();
    assertTrue(tags.isArray());
    assertEquals(25, tags.elementType());
    TypeInfo home = catalog.type(customers.column("home").orElseThrow().typeOid()).orElseThrow();
    assertEquals(TypeInfo.Kind.COMPOSITE, home.kind());
    assertEquals(relation("address").oid(), home.relationOid());
    assertEquals(RelationKind.COMPOSITE_TYPE, relation("address").kind());
    assertEquals("zip", relation("address").columns().get(1).name());
    assertEquals('S', catalog.type(25).orElseThrow().category());
    assertFalse(
        catalog.types().stream().filter(t -> t.name().equals("point")).findFirst().get().isArray(),
        "a point has elements, but is no array");
  }

  @Test
  void castsAndOperators_thatSomebodyMade_leadToTheirFunctions() {
    assertTrue(
        catalog.casts().stream().anyMatch(c -> c.functionOid() == function("to_mood").oid()));
    Operator near =
        catalog.operators().stream().filter(o -> o.name().equals("~~~")).findFirst().orElseThrow();
    assertEquals(function("near").oid(), near.functionOid());
    assertEquals(25, near.leftType());
    assertTrue(
        catalog.operators().stream()
            .anyMatch(o -> o.name().equals("=") && o.schema().equals("app")),
        "citext's own");
    assertTrue(catalog.casts().size() > 1, "citext's own");
    assertTrue(catalog.casts().size() < 100, "not the system's");
  }

  @Test
  void names_quotedOnes_areAsStored() {
    Relation odd = catalog.relation("Odd Schema", "We\"ird, T").orElseThrow();
    assertEquals(List.of("a b", "Ä{}"), odd.columns().stream().map(Column::name).toList());
    Relation view = catalog.relation("Odd Schema", "V;1").orElseThrow();
    assertEquals(List.of(odd.oid()), view.dependsOn());
    assertTrue(String.valueOf(view.definition()).contains("\"Odd Schema\".\"We\"\"ird, T\""));
  }

  @Test
  void systemRelations_andToastTables_areThereWithColumns() {
    assertTrue(
        catalog.relation("pg_catalog", "pg_class").orElseThrow().column("relname").isPresent());
    assertEquals(RelationKind.INDEX, relation("customers_name").kind());
    Relation toast =
        catalog.relation("pg_toast", "pg_toast_" + relation("customers").oid()).orElseThrow();
    assertEquals(RelationKind.TOAST, toast.kind());
    assertEquals(List.of(relation("customers").oid()), toast.dependsOn());
    assertTrue(toast.column("chunk_data").isPresent());
  }

  @Test
  void otherKinds_ofRelation_areThere() {
    assertEquals(RelationKind.FOREIGN_TABLE, relation("remote").kind());
    assertTrue(relation("remote").column("ssn").isPresent());
    assertEquals(RelationKind.SEQUENCE, relation("customers_id_seq").kind());
  }

  @Test
  void virtualColumns_fromPostgres18On_areGenerated() throws Exception {
    assumeTrue(catalog.serverVersion() >= 180000, "PostgreSQL 18 brought them");
    POSTGRES.execute(
        database,
        "CREATE TABLE app.virtual (a text, b text GENERATED ALWAYS AS (lower(a)) VIRTUAL)");
    Relation table = read(role, "reader").relation("app", "virtual").orElseThrow();
    assertTrue(table.column("b").orElseThrow().generated());
    assertEquals("lower(a)", table.column("b").orElseThrow().expression());
  }

  @Test
  void eventTriggers_enabledOnes_areCounted() throws Exception {
    POSTGRES.execute(
        database,
        "CREATE FUNCTION app.on_ddl() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END'",
        "CREATE EVENT TRIGGER on_ddl ON ddl_command_end EXECUTE FUNCTION app.on_ddl()");
    assertEquals(1, read(role, "reader").eventTriggers());
    POSTGRES.execute(database, "ALTER EVENT TRIGGER on_ddl DISABLE");
    assertEquals(0, read(role, "reader").eventTriggers());
  }

  @Test
  void extension_ownsWhatItBrought_isNamed() {
    assertEquals("plpgsql", function("plpgsql_call_handler").extension());
    assertNull(function("total").extension());
    assertEquals("citext", function("citext_eq").extension());
    assertFalse(function("citext_eq").builtIn());
    assertEquals("pg_stat_statements", relation("pg_stat_statements").extension());
    assertEquals(
        Set.of("pg_stat_statements"), functionNames(relation("pg_stat_statements").calls()));
    assertNull(relation("customers").extension());
  }

  @Test
  void temporaryRelations_ofASession_areInNoSnapshotAndNoSignature() throws Exception {
    try (Connection connection = POSTGRES.connect(database);
        Statement statement = connection.createStatement()) {
      Catalog before = read(role, "reader");
      statement.execute(
          "CREATE TEMP TABLE passing (id serial, t text DEFAULT upper('x') CHECK (t <> 'y'))");
      statement.execute("CREATE TEMP VIEW passing_view AS SELECT * FROM passing");
      statement.execute("CREATE FUNCTION pg_temp.passing_function() RETURNS int RETURN 1");
      Catalog during = read(role, "reader");
      assertEquals(List.of(), during.relationsNamed("passing"));
      assertEquals(List.of(), during.functionsNamed("passing_function"));
      assertEquals(before.fingerprint(), during.fingerprint());
    }
  }

  @Test
  void aViewThatSomebodyLocks_isReadWithoutItsDefinitionAndWithoutWaiting() throws Exception {
    try (Connection connection = POSTGRES.connect(database);
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute("LOCK TABLE app.customers IN ACCESS EXCLUSIVE MODE");
      Catalog during = read(role, "reader");
      connection.rollback();
      assertFalse(during.complete());
      Relation v1 = during.relation("app", "v1").orElseThrow();
      assertNull(v1.definition());
      assertFalse(v1.dependsOn().isEmpty());
      assertNull(during.functionsNamed("atom").get(0).source());
      assertTrue(during.relation("pg_catalog", "pg_stats").orElseThrow().definition() != null);
      assertNotEquals(List.of(), during.relationsNamed("customers"));
    }
  }

  @Test
  void aLockThatNoDependencyTellsOf_costsTheDefinitionsButNotTheRead() throws Exception {
    try (Connection connection = POSTGRES.connect(database);
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute("LOCK TABLE pg_catalog.pg_statistic_ext_data IN ACCESS EXCLUSIVE MODE");
      Catalog during = read(role, "reader");
      connection.rollback();
      assertFalse(during.complete());
      assertNull(
          during.relation("pg_catalog", "pg_stats_ext").orElseThrow().definition(),
          "it reads what is locked");
      assertEquals(
          relation("customers").columns().size(),
          during.relation("app", "customers").orElseThrow().columns().size());
    }
  }
}
