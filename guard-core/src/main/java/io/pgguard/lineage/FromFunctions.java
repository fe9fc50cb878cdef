package io.pgguard.lineage;

import io.pgguard.catalog.Catalog;
import io.pgguard.catalog.Column;
import io.pgguard.catalog.Function;
import io.pgguard.catalog.Relation;
import io.pgguard.catalog.TypeInfo;
import io.pgguard.internal.syntax.tree.Alias;
import io.pgguard.internal.syntax.tree.Argument;
import io.pgguard.internal.syntax.tree.ArrayValue;
import io.pgguard.internal.syntax.tree.Cast;
import io.pgguard.internal.syntax.tree.ColumnDefinition;
import io.pgguard.internal.syntax.tree.ColumnRef;
import io.pgguard.internal.syntax.tree.Constant;
import io.pgguard.internal.syntax.tree.Expression;
import io.pgguard.internal.syntax.tree.FunctionCall;
import io.pgguard.internal.syntax.tree.FunctionColumns;
import io.pgguard.internal.syntax.tree.FunctionItem;
import io.pgguard.wording.LineageWording;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Functions in FROM: every column of theirs derives from their arguments. */
final class FromFunctions {
  private static final int RECORD = 2249;

  /** Of the catalogs; arrays in all but name (pg_type.typarray of their elements names others). */
  private static final Set<String> VECTORS = Set.of("int2vector", "oidvector");

  private final Analysis analysis;

  FromFunctions(Analysis analysis) {
    this.analysis = analysis;
  }

  FromEntry entry(FunctionItem item, Scope scope) {
    Alias alias = item.alias();
    List<Value.Field> columns = new ArrayList<>();
    Value any = null;
    Value all = Value.NOTHING;
    boolean scalar = item.functions().size() == 1 && !item.ordinality();
    for (FunctionColumns function : item.functions()) {
      Value value = analysis.value(function.call(), scope);
      analysis.influence(
          value.sources().without(sizes(function)), LineageWording.FUNCTION_IN_FROM.words());
      value = value.derived();
      all = all.or(value);
      List<ColumnDefinition> definitions =
          function.definitions().isEmpty() ? item.definitions() : function.definitions();
      if (!definitions.isEmpty()) {
        scalar = false;
        for (ColumnDefinition definition : definitions) {
          columns.add(new Value.Field(definition.name(), value));
        }
        continue;
      }
      String single = alias != null && item.functions().size() == 1 ? alias.name() : null;
      List<Value.Field> own = ownColumns(function, value, single, scope);
      if (own == null) {
        any = all.derived();
      } else {
        scalar &= own.size() == 1 && isScalar(function);
        columns.addAll(own);
      }
    }
    if (item.ordinality()) {
      columns.add(new Value.Field("ordinality", Value.NOTHING));
    }
    return finish(item, alias, columns, any, scalar ? all.derived() : null);
  }

  /** Sizes that a function tells do not decide how many rows it has. */
  private Sources sizes(FunctionColumns function) {
    return function.call() instanceof FunctionCall call
        ? analysis.sizes.of(
            analysis.calls.candidates(call.name().schema(), call.name().last()),
            call.name().last(),
            call.arguments().stream().map(Argument::value).toList())
        : Sources.NONE;
  }

  private static FromEntry finish(
      FunctionItem item,
      @Nullable Alias alias,
      List<Value.Field> columns,
      @Nullable Value any,
      @Nullable Value whole) {
    String name = alias != null ? alias.name() : Labels.of(item.functions().get(0).call());
    List<String> aliases = alias == null ? List.of() : alias.columns();
    if (any == null) {
      return new ColumnsEntry(name, ColumnsEntry.renamed(columns, aliases), null, whole);
    }
    List<Value.Field> known = new ArrayList<>();
    for (String column : aliases) {
      known.add(new Value.Field(column, any));
    }
    return new ColumnsEntry(name, known, any, null);
  }

  private boolean isScalar(FunctionColumns function) {
    if (function.call() instanceof FunctionCall call) {
      for (Function candidate : candidates(call)) {
        if (candidate.outputs().size() > 1
            || relationOf(analysis.catalog, candidate.returnType()) != null) {
          return false;
        }
      }
    }
    return true;
  }

  /** The columns of one function; null when they are not known. */
  private @Nullable List<Value.Field> ownColumns(
      FunctionColumns function, Value value, @Nullable String alias, Scope scope) {
    if (function.call() instanceof FunctionCall call) {
      return columns(call, value, alias, scope);
    }
    String name = alias == null ? Labels.of(function.call()) : alias;
    return List.of(new Value.Field(name, value));
  }

  /** The columns that a function's result has; null when they are not known. */
  @Nullable List<Value.Field> columns(FunctionCall call, Value value) {
    return columns(call, value.derived(), null, null);
  }

  private List<Function> candidates(FunctionCall call) {
    List<Function> all = analysis.calls.candidates(call.name().schema(), call.name().last());
    List<Function> fitting = new ArrayList<>(all.size());
    for (Function function : all) {
      if (function.argumentTypes().size() >= call.arguments().size()) {
        fitting.add(function);
      }
    }
    return fitting.isEmpty() ? all : fitting;
  }

  /**
   * Those that take what is known of the arguments. A polymorphic range takes no value of another
   * kind of type, whatever casts there are (PostgreSQL, "Polymorphic Types").
   */
  private List<Function> fitting(
      List<Function> candidates, FunctionCall call, @Nullable Scope scope) {
    boolean positional = call.arguments().stream().allMatch(a -> a.name() == null);
    if (scope == null || candidates.size() < 2 || !positional) {
      return candidates;
    }
    List<Function> fitting = new ArrayList<>(candidates);
    if (call.arguments().size() == 1 && call.arguments().get(0).value() instanceof Constant) {
      // a literal has no range type, and one alone cannot tell a polymorphic type
      fitting.removeIf(f -> isPolymorphicRange(type(argument(f, 0))));
    }
    for (int i = 0; i < call.arguments().size(); i++) {
      TypeInfo given = type(analysis.value(call.arguments().get(i).value(), scope).type());
      int position = i;
      if (isScalar(given)) {
        fitting.removeIf(f -> isPolymorphicRange(type(argument(f, position))));
      }
    }
    return fitting;
  }

  private static int argument(Function function, int position) {
    List<Integer> types = function.argumentTypes();
    return position < types.size() ? types.get(position) : 0;
  }

  private static boolean isPolymorphicRange(@Nullable TypeInfo type) {
    return type != null
        && List.of("anyrange", "anymultirange").contains(type.name())
        && type.schema().equals("pg_catalog");
  }

  private @Nullable List<Value.Field> columns(
      FunctionCall call, Value value, @Nullable String alias, @Nullable Scope scope) {
    List<Value.Field> agreed = null;
    List<Function> candidates = fitting(candidates(call), call, scope);
    String scalarName = alias == null ? call.name().last() : alias;
    List<Value.Field> unnested = unnested(call, candidates, value, scalarName, scope);
    if (unnested != null) {
      return unnested;
    }
    for (Function function : candidates) {
      List<Value.Field> columns = columns(analysis.catalog, function, value, scalarName);
      if (columns == null || (agreed != null && !names(agreed).equals(names(columns)))) {
        return null;
      }
      agreed = columns;
    }
    return agreed;
  }

  /**
   * The columns of PostgreSQL's unnest where its arguments can only be arrays of scalars: one each;
   * null where it is another function or the arguments do not tell. Its other forms, of tsvector
   * and of multiranges, do not fit such arguments.
   */
  private @Nullable List<Value.Field> unnested(
      FunctionCall call,
      List<Function> candidates,
      Value value,
      String scalarName,
      @Nullable Scope scope) {
    List<Value.Field> columns = new ArrayList<>(call.arguments().size());
    for (Function function : candidates) {
      if (!function.name().equals("unnest") || !function.schema().equals("pg_catalog")) {
        return null;
      }
    }
    for (Argument argument : call.arguments()) {
      if (!isArrayOfScalars(argument.value(), scope)) {
        return null;
      }
      columns.add(new Value.Field(scalarName, value));
    }
    return candidates.isEmpty() ? null : columns;
  }

  private boolean isArrayOfScalars(Expression array, @Nullable Scope scope) {
    if (array instanceof Cast cast) {
      String name = cast.type().name().last();
      int oid = analysis.snapshot.systemTypes().getOrDefault(name, 0);
      return cast.type().dimensions() > 0
          && analysis.casts.isSystemType(cast.type())
          && !analysis.session.temporaryRelations().containsKey(name)
          && isScalar(type(oid));
    }
    if (array instanceof ColumnRef && scope != null) {
      TypeInfo type = type(analysis.value(array, scope).type());
      if (type != null && type.schema().equals("pg_catalog") && VECTORS.contains(type.name())) {
        return true;
      }
      TypeInfo element = type == null || !type.isArray() ? null : type(type.elementType());
      return type != null && type.category() == 'A' && isScalar(element);
    }
    return array instanceof ArrayValue values
        && !values.elements().isEmpty()
        && values.elements().stream()
            .allMatch(e -> e instanceof Constant); // a parameter may be a row
  }

  private static boolean isScalar(@Nullable TypeInfo type) {
    return type != null && (type.kind() == TypeInfo.Kind.BASE || type.kind() == TypeInfo.Kind.ENUM);
  }

  private @Nullable TypeInfo type(int oid) {
    return oid == 0 ? null : analysis.catalog.type(analysis.catalog.baseType(oid)).orElse(null);
  }

  private static List<String> names(List<Value.Field> columns) {
    return columns.stream().map(Value.Field::name).toList();
  }

  private static @Nullable List<Value.Field> columns(
      Catalog catalog, Function function, Value value, String scalarName) {
    List<Column> outputs = function.outputs();
    Relation row = outputs.isEmpty() ? relationOf(catalog, function.returnType()) : null;
    List<Column> columns = row == null ? outputs : row.columns();
    if (!columns.isEmpty()) {
      List<Value.Field> fields = new ArrayList<>(columns.size());
      for (int i = 0; i < columns.size(); i++) {
        String name = columns.get(i).name();
        String unnamed = columns.size() == 1 ? scalarName : "column" + (i + 1);
        fields.add(new Value.Field(name.isEmpty() ? unnamed : name, value));
      }
      return columns.size() == 1 && isOpen(catalog, columns.get(0).typeOid()) ? null : fields;
    }
    return isOpen(catalog, function.returnType())
        ? null
        : List.of(new Value.Field(scalarName, value));
  }

  /** Whether a type may turn out to be a row type: record and the polymorphic ones. */
  private static boolean isOpen(Catalog catalog, int type) {
    TypeInfo known = catalog.type(type).orElse(null);
    return type == RECORD
        || known == null
        || (known.kind() == TypeInfo.Kind.PSEUDO && known.name().startsWith("any"));
  }

  private static @Nullable Relation relationOf(Catalog catalog, int type) {
    TypeInfo known = catalog.type(catalog.baseType(type)).orElse(null);
    return known == null || known.relationOid() == 0
        ? null
        : catalog.relation(known.relationOid()).orElse(null);
  }
}
