package io.pgguard.catalog;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringTokenizer;

/** Reads functions, all or some. One instance reads once; not thread-safe. */
final class FunctionReader {
  private final Map<Integer, List<Column>> outputs = new HashMap<>();
  private final Map<Integer, List<String>> names = new HashMap<>();
  private final Map<Integer, List<String>> settings = new HashMap<>();
  private final Map<Integer, String> printed = new HashMap<>();
  private final Set<Integer> unprinted = new HashSet<>();
  private final List<Function> functions = new ArrayList<>();
  private final Shared shared;
  private final Scope scope;
  private boolean stored;

  /**
   * @param scope which functions to read
   */
  FunctionReader(Shared shared, Scope scope) {
    this.shared = shared;
    this.scope = scope;
  }

  /** What is asked first: everything but bodies that are stored as trees. */
  List<CatalogQuestion> facts() {
    if (scope.isEmpty()) {
      return List.of();
    }
    return List.of(
        scope.question(FunctionQueries.OUTPUTS, this::addOutput),
        scope.question(
            FunctionQueries.INPUT_NAMES,
            row -> {
              String name = row.text(1);
              names
                  .computeIfAbsent(row.number(0), oid -> new ArrayList<>())
                  .add(shared.text(name == null ? "" : name));
            }),
        scope.question(
            FunctionQueries.SETTINGS,
            row ->
                settings
                    .computeIfAbsent(row.number(0), oid -> new ArrayList<>())
                    .add(shared.text(row.required(1)))),
        scope.question(
            FunctionQueries.FUNCTIONS,
            row -> {
              functions.add(function(row));
              stored |= row.flag(13);
            }));
  }

  /** What is asked then: the bodies that the server prints from stored trees. */
  List<CatalogQuestion> printed() {
    return stored ? printedOfAny() : List.of();
  }

  /** The same, before it is known whether there are any. */
  List<CatalogQuestion> printedOfAny() {
    return scope.isEmpty()
        ? List.of()
        : List.of(scope.question(FunctionQueries.PRINTED_SOURCES, this::addSource));
  }

  private void addSource(CatalogRow row) {
    String source = row.text(1);
    if (source == null) {
      unprinted.add(row.number(0));
    } else {
      printed.put(row.number(0), source);
    }
  }

  /** The OIDs of those whose body was not printed. */
  Set<Integer> unprinted() {
    return unprinted;
  }

  /** Printing failed, nobody knows at which. */
  void printingFailed() {
    if (scope.only() != null) {
      unprinted.addAll(scope.only());
    }
  }

  /** What was read. */
  List<Function> functions() {
    return functions.stream()
        .map(
            function -> {
              String source = printed.get(function.oid());
              return source == null ? function : function.withSource(source);
            })
        .toList();
  }

  private void addOutput(CatalogRow row) {
    List<Column> columns = outputs.computeIfAbsent(row.number(0), oid -> new ArrayList<>());
    String name = row.text(1);
    columns.add(
        shared.column(
            Column.of(columns.size() + 1, shared.text(name == null ? "" : name), row.number(2))));
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
        source,
        schema + "." + name + "(" + (types == null ? "" : types) + ")",
        outputs.getOrDefault(oid, List.of()),
        settings.getOrDefault(oid, List.of()),
        shared.textOrNull(row.text(12)),
        new Inputs(names.getOrDefault(oid, List.of()), row.number(14), row.flag(15)));
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
}
