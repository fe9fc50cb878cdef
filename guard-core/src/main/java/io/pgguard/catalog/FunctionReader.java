package io.pgguard.catalog;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.StringTokenizer;

/** Reads functions, types, casts and operators. One instance reads once; not thread-safe. */
final class FunctionReader {
  private final Map<Integer, List<Column>> outputs = new HashMap<>();
  private final Map<Integer, List<String>> settings = new HashMap<>();
  private final Map<Integer, List<Integer>> domainCalls = new HashMap<>();
  private final Map<Integer, String> printed = new HashMap<>();
  private final Shared shared;
  private boolean complete = true;

  FunctionReader(Shared shared) {
    this.shared = shared;
  }

  /** Reads the bodies that the server prints from stored trees. */
  void readPrinted(CatalogQueries queries) {
    queries.forEachRow(
        FunctionQueries.PRINTED_SOURCES,
        row -> {
          String source = row.text(1);
          if (source == null) {
            complete = false;
          } else {
            printed.put(row.number(0), source);
          }
        });
  }

  /** Whether everything that the server was asked to print was printed. */
  boolean complete() {
    return complete;
  }

  /** Reads everything else and adds it all. */
  void addTo(Catalog.Builder catalog, CatalogQueries queries) {
    queries.forEachRow(FunctionQueries.OUTPUTS, this::addOutput);
    queries.forEachRow(
        FunctionQueries.SETTINGS,
        row ->
            settings
                .computeIfAbsent(row.number(0), oid -> new ArrayList<>())
                .add(shared.text(row.required(1))));
    queries.forEachRow(
        FunctionQueries.DOMAIN_CALLS,
        row ->
            domainCalls
                .computeIfAbsent(row.number(0), oid -> new ArrayList<>())
                .add(row.number(1)));
    queries.forEachRow(FunctionQueries.FUNCTIONS, row -> catalog.add(function(row)));
    queries.forEachRow(FunctionQueries.TYPES, row -> catalog.add(type(row)));
    queries.forEachRow(
        FunctionQueries.CASTS,
        row ->
            catalog.add(
                new Cast(row.number(0), row.number(1), row.number(2), row.letter(3) != 'e')));
    queries.forEachRow(FunctionQueries.OPERATORS, row -> catalog.add(operator(row)));
  }

  private void addOutput(CatalogRow row) {
    List<Column> columns = outputs.computeIfAbsent(row.number(0), oid -> new ArrayList<>());
    String name = row.text(1);
    columns.add(
        shared.column(
            new Column(
                columns.size() + 1, shared.text(name == null ? "" : name), row.number(2), false)));
  }

  private Function function(CatalogRow row) {
    int oid = row.number(0);
    String schema = shared.text(row.required(1));
    String name = shared.text(row.required(2));
    String source = row.text(10);
    String types = row.text(11);
    return new Function(
        oid,
        schema,
        name,
        kind(row.letter(3)),
        oids(row.required(4)),
        row.number(5),
        row.flag(6),
        volatility(row.letter(7)),
        row.flag(8),
        shared.text(row.required(9)),
        source == null ? printed.get(oid) : source,
        schema + "." + name + "(" + (types == null ? "" : types) + ")",
        outputs.getOrDefault(oid, List.of()),
        settings.getOrDefault(oid, List.of()),
        shared.textOrNull(row.text(12)));
  }

  private static Function.Kind kind(char letter) {
    return switch (letter) {
      case 'f' -> Function.Kind.FUNCTION;
      case 'p' -> Function.Kind.PROCEDURE;
      case 'a' -> Function.Kind.AGGREGATE;
      case 'w' -> Function.Kind.WINDOW;
      default -> throw new IllegalArgumentException("unknown prokind '" + letter + "'");
    };
  }

  private static Function.Volatility volatility(char letter) {
    return switch (letter) {
      case 'i' -> Function.Volatility.IMMUTABLE;
      case 's' -> Function.Volatility.STABLE;
      default -> Function.Volatility.VOLATILE;
    };
  }

  /** An oidvector's text form: numbers with single spaces between. */
  private static List<Integer> oids(String vector) {
    if (vector.isEmpty()) {
      return List.of();
    }
    List<Integer> oids = new ArrayList<>();
    StringTokenizer numbers = new StringTokenizer(vector, " ");
    while (numbers.hasMoreTokens()) {
      oids.add(Integer.parseUnsignedInt(numbers.nextToken()));
    }
    return oids;
  }

  private TypeInfo type(CatalogRow row) {
    int oid = row.number(0);
    return new TypeInfo(
        oid,
        shared.text(row.required(1)),
        shared.text(row.required(2)),
        TypeInfo.Kind.of(row.letter(3)),
        row.letter(4),
        row.number(5),
        row.number(6),
        row.number(7),
        domainCalls.getOrDefault(oid, List.of()));
  }

  private Operator operator(CatalogRow row) {
    return new Operator(
        row.number(0),
        shared.text(row.required(1)),
        shared.text(row.required(2)),
        row.number(3),
        row.number(4),
        row.number(5));
  }
}
