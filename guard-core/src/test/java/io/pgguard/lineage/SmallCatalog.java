package io.pgguard.lineage;

import io.pgguard.catalog.Catalog;
import io.pgguard.catalog.CatalogBuilder;
import io.pgguard.catalog.Column;
import io.pgguard.catalog.Function;
import io.pgguard.catalog.Function.Kind;
import io.pgguard.catalog.Function.Volatility;
import io.pgguard.catalog.Relation;
import io.pgguard.catalog.RelationKind;
import io.pgguard.catalog.TypeInfo;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A few tables, views and functions by hand, for tests of names and flows. */
final class SmallCatalog {
  static final int TEXT = 25;
  static final int INT = 23;
  static final int RECORD = 2249;
  static final int CONTACT = 900;
  static final int ANY = 2276;
  static final int ANYELEMENT = 2283;
  static final int ANYNONARRAY = 2776;

  private final CatalogBuilder builder = new CatalogBuilder("rt", 180000);
  private int nextFunction = 5000;

  static Catalog build() {
    return new SmallCatalog().all();
  }

  private Catalog all() {
    builder.add(new TypeInfo(TEXT, "pg_catalog", "text", TypeInfo.Kind.BASE, 'S', 0, 0, 0));
    builder.add(new TypeInfo(INT, "pg_catalog", "int4", TypeInfo.Kind.BASE, 'N', 0, 0, 0));
    builder.add(new TypeInfo(142, "pg_catalog", "xml", TypeInfo.Kind.BASE, 'U', 0, 0, 0));
    builder.add(new TypeInfo(3802, "pg_catalog", "jsonb", TypeInfo.Kind.BASE, 'U', 0, 0, 0));
    builder.add(new TypeInfo(16, "pg_catalog", "bool", TypeInfo.Kind.BASE, 'B', 0, 0, 0));
    builder.add(new TypeInfo(RECORD, "pg_catalog", "record", TypeInfo.Kind.PSEUDO, 'P', 0, 0, 0));
    builder.add(new TypeInfo(CONTACT, "public", "contact", TypeInfo.Kind.COMPOSITE, 'C', 0, 0, 90));
    type(20, "int8", TypeInfo.Kind.BASE, 'N');
    type(1700, "numeric", TypeInfo.Kind.BASE, 'N');
    builder.add(new TypeInfo(1007, "pg_catalog", "_int4", TypeInfo.Kind.BASE, 'A', INT, 0, 0));
    type(701, "float8", TypeInfo.Kind.BASE, 'N');
    type(1114, "timestamp", TypeInfo.Kind.BASE, 'D');
    type(705, "unknown", TypeInfo.Kind.PSEUDO, 'X');
    type(ANY, "any", TypeInfo.Kind.PSEUDO, 'P');
    type(ANYELEMENT, "anyelement", TypeInfo.Kind.PSEUDO, 'P');
    type(ANYNONARRAY, "anynonarray", TypeInfo.Kind.PSEUDO, 'P');
    builder.add(new TypeInfo(1009, "pg_catalog", "_text", TypeInfo.Kind.BASE, 'A', TEXT, 0, 0));
    relation(90, "contact", RelationKind.COMPOSITE_TYPE, null, "email", "city");
    relation(1, "people", RelationKind.TABLE, null, "id", "name", "ssn");
    relation(2, "cards", RelationKind.TABLE, null, "id", "person", "pan");
    relation(3, "notes", RelationKind.TABLE, null, "id", "body");
    relation(
        4, "v_people", RelationKind.VIEW, "SELECT id, ssn AS tax FROM public.people", "id", "tax");
    relation(
        5,
        "v_codes",
        RelationKind.VIEW,
        "SELECT tax, lower(tax) AS low FROM public.v_people",
        "tax",
        "low");
    builder.add(
        new Relation(
            6,
            "public",
            "vips",
            RelationKind.TABLE,
            columns("id", "name", "ssn", "tier"),
            List.of(1),
            List.of(),
            null,
            List.of(),
            false));
    relation(7, "v_broken", RelationKind.VIEW, "SELECT nothing FROM nowhere", "x");
    builder.add(
        new Relation(
            8,
            "public",
            "profiles",
            RelationKind.TABLE,
            List.of(new Column(1, "id", INT, false), new Column(2, "contact", CONTACT, false)),
            List.of(),
            List.of(),
            null,
            List.of(),
            false));
    functions();
    return builder.build();
  }

  private void type(int oid, String name, TypeInfo.Kind kind, char category) {
    builder.add(new TypeInfo(oid, "pg_catalog", name, kind, category, 0, 0, 0));
  }

  private void functions() {
    for (String name : List.of("lower", "upper", "length", "mystery")) {
      function(name, Kind.FUNCTION, TEXT);
    }
    function("concat", Kind.FUNCTION, ANY);
    function("format", Kind.FUNCTION, TEXT, ANY);
    function("extract", Kind.FUNCTION, TEXT, 1114);
    function("jsonb_build_object", Kind.FUNCTION, ANY);
    function("count", Kind.AGGREGATE, ANY);
    function("max", Kind.AGGREGATE, TEXT);
    function("array_agg", Kind.AGGREGATE, ANYNONARRAY);
    function("string_agg", Kind.AGGREGATE, TEXT, TEXT);
    function("percentile_disc", Kind.AGGREGATE, 701, ANYELEMENT);
    function("sum", Kind.AGGREGATE, INT);
    function("lag", Kind.WINDOW, ANYELEMENT);
    function("row_number", Kind.WINDOW);
    for (String name : List.of("random", "set_config", "pg_notify")) {
      function("pg_catalog", name, Kind.FUNCTION, Volatility.VOLATILE, TEXT, TEXT);
    }
    function("public", "label", Kind.FUNCTION, Volatility.STABLE, TEXT);
    set("generate_series", INT, List.of());
    set("pairs", RECORD, columns("key", "value"));
    set("everyone", 0, List.of());
  }

  private void function(String name, Kind kind, Integer... takes) {
    function("pg_catalog", name, kind, Volatility.IMMUTABLE, takes);
  }

  private void relation(
      int oid, String name, RelationKind kind, @Nullable String definition, String... columns) {
    builder.add(
        new Relation(
            oid,
            "public",
            name,
            kind,
            columns(columns),
            List.of(),
            oid == 7 ? List.of(1) : List.of(),
            definition,
            List.of(),
            false));
  }

  private static List<Column> columns(String... names) {
    List<Column> columns = new ArrayList<>();
    for (String name : names) {
      int type = name.equals("id") || name.equals("person") ? INT : TEXT;
      columns.add(new Column(columns.size() + 1, name, type, false));
    }
    return columns;
  }

  private void function(
      String schema, String name, Kind kind, Volatility volatility, Integer... takes) {
    builder.add(
        new Function(
            nextFunction++,
            schema,
            name,
            kind,
            List.of(takes),
            TEXT,
            false,
            volatility,
            false,
            schema.equals("public") ? "sql" : "internal",
            schema.equals("public") ? "SELECT 'x'" : null,
            schema + "." + name + "(text)"));
  }

  private void set(String name, int type, List<Column> outputs) {
    builder.add(
        new Function(
            nextFunction++,
            "pg_catalog",
            name,
            Kind.FUNCTION,
            List.of(TEXT, TEXT),
            type,
            true,
            Volatility.IMMUTABLE,
            false,
            "internal",
            null,
            "pg_catalog." + name + "(text,text)",
            outputs,
            List.of(),
            null,
            io.pgguard.catalog.Inputs.PLAIN));
  }
}
