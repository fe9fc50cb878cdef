package io.pgguard.reach;

import io.pgguard.catalog.Catalog;
import io.pgguard.catalog.Function;
import io.pgguard.catalog.Operator;
import io.pgguard.catalog.TypeInfo;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** What a name or a symbol may stand for by the number of its arguments. Thread-safe. */
final class Callables {
  private static final int ANY = 2276;

  private final Catalog catalog;
  private final Coercions coercions;
  private final Map<String, Integer> systemTypes = new HashMap<>();
  private final Map<String, List<Operator>> outside = new HashMap<>();

  /** By the function's OID; as many as the catalog has functions at most. */
  private final Map<Integer, String> keys = new ConcurrentHashMap<>();

  Callables(Catalog catalog, Coercions coercions) {
    this.catalog = catalog;
    this.coercions = coercions;
    for (TypeInfo type : catalog.types()) {
      if (type.schema().equals("pg_catalog")) {
        systemTypes.put(type.name(), type.oid());
      }
    }
    for (Operator operator : catalog.operators()) {
      outside.computeIfAbsent(operator.name(), name -> new ArrayList<>()).add(operator);
    }
  }

  List<Callable> operators(String symbol, int given, boolean systemOnly) {
    List<Callable> all = new ArrayList<>();
    for (SystemOperator operator : SystemOperator.of(symbol)) {
      String left = operator.left();
      if ((left == null) == (given == 1)) {
        add(operator, left, all);
      }
    }
    for (Operator operator : systemOnly ? List.<Operator>of() : outside(symbol)) {
      if ((operator.leftType() == 0) == (given == 1)) {
        all.add(outside(operator));
      }
    }
    return all;
  }

  List<Callable> functions(List<Function> functions, Given given) {
    List<Callable> all = new ArrayList<>();
    for (Function function : functions) {
      List<Integer> takes = Notation.takes(function, given, ofVariadic(function));
      if (takes != null) {
        all.add(callable(function, takes));
      }
    }
    return all;
  }

  private int ofVariadic(Function function) {
    List<Integer> types = function.argumentTypes();
    int last = types.isEmpty() ? 0 : types.get(types.size() - 1);
    return last == ANY ? ANY : coercions.ofVariadic(last);
  }

  private List<Operator> outside(String symbol) {
    return outside.getOrDefault(symbol, List.of());
  }

  private void add(SystemOperator operator, @Nullable String left, List<Callable> all) {
    Integer right = systemTypes.get(operator.right());
    Integer first = left == null ? right : systemTypes.get(left);
    Integer result = systemTypes.get(operator.result());
    if (right != null && first != null && result != null) {
      String key = operator.function() + "(" + (left == null ? "" : left + ", ");
      List<Integer> takes = left == null ? List.of(right) : List.of(first, right);
      all.add(
          new Callable(
              key + operator.right() + ")", 0, Function.Kind.FUNCTION, true, takes, result, false));
    }
  }

  private Callable outside(Operator operator) {
    Function function = catalog.function(operator.functionOid()).orElse(null);
    List<Integer> takes =
        operator.leftType() == 0
            ? List.of(operator.rightType())
            : List.of(operator.leftType(), operator.rightType());
    return new Callable(
        function == null ? operator.name() : key(function),
        operator.functionOid(),
        Function.Kind.FUNCTION,
        false,
        takes,
        function == null ? 0 : function.returnType(),
        false);
  }

  private Callable callable(Function function, List<Integer> takes) {
    return new Callable(
        key(function),
        function.oid(),
        function.kind(),
        function.builtIn() && function.schema().equals("pg_catalog"),
        takes,
        function.returnType(),
        function.returnsSet());
  }

  private String key(Function function) {
    return keys.computeIfAbsent(function.oid(), oid -> written(function));
  }

  private String written(Function function) {
    List<String> names = new ArrayList<>();
    function.argumentTypes().forEach(type -> names.add(coercions.name(type)));
    return function.name() + "(" + String.join(", ", names) + ")";
  }
}
