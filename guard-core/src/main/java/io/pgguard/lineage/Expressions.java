package io.pgguard.lineage;

import io.pgguard.catalog.Column;
import io.pgguard.catalog.Function;
import io.pgguard.catalog.Relation;
import io.pgguard.catalog.TypeInfo;
import io.pgguard.internal.syntax.tree.ArrayQuery;
import io.pgguard.internal.syntax.tree.ArrayValue;
import io.pgguard.internal.syntax.tree.Between;
import io.pgguard.internal.syntax.tree.Case;
import io.pgguard.internal.syntax.tree.Cast;
import io.pgguard.internal.syntax.tree.Collate;
import io.pgguard.internal.syntax.tree.ColumnRef;
import io.pgguard.internal.syntax.tree.Constant;
import io.pgguard.internal.syntax.tree.CurrentOf;
import io.pgguard.internal.syntax.tree.DefaultValue;
import io.pgguard.internal.syntax.tree.Exists;
import io.pgguard.internal.syntax.tree.Expression;
import io.pgguard.internal.syntax.tree.FieldSelection;
import io.pgguard.internal.syntax.tree.FunctionCall;
import io.pgguard.internal.syntax.tree.InList;
import io.pgguard.internal.syntax.tree.InQuery;
import io.pgguard.internal.syntax.tree.IsDistinct;
import io.pgguard.internal.syntax.tree.IsTest;
import io.pgguard.internal.syntax.tree.Like;
import io.pgguard.internal.syntax.tree.Logical;
import io.pgguard.internal.syntax.tree.Not;
import io.pgguard.internal.syntax.tree.Operation;
import io.pgguard.internal.syntax.tree.Operator;
import io.pgguard.internal.syntax.tree.Parameter;
import io.pgguard.internal.syntax.tree.QuantifiedArray;
import io.pgguard.internal.syntax.tree.QuantifiedQuery;
import io.pgguard.internal.syntax.tree.Query;
import io.pgguard.internal.syntax.tree.Row;
import io.pgguard.internal.syntax.tree.RowExpansion;
import io.pgguard.internal.syntax.tree.ScalarSubquery;
import io.pgguard.internal.syntax.tree.SpecialForm;
import io.pgguard.internal.syntax.tree.Subscript;
import io.pgguard.internal.syntax.tree.TypeName;
import io.pgguard.internal.syntax.tree.When;
import io.pgguard.reach.CalledFunction;
import io.pgguard.reach.TotalFunctions;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What feeds an expression: a plain column is copied, everything else derives or influences. */
final class Expressions {
  static final String MAY_FAIL = "a function that may fail: ";

  private final Analysis analysis;

  Expressions(Analysis analysis) {
    this.analysis = analysis;
  }

  Value value(Expression e, Scope scope) {
    Value value = followed(e, scope);
    if (analysis.sizesShow && !(e instanceof ColumnRef) && !(e instanceof ScalarSubquery)) {
      analysis.computed(value.sources());
    }
    return value;
  }

  private Value followed(Expression e, Scope scope) {
    analysis.step();
    if (e instanceof ColumnRef column) {
      return column(column, scope);
    } else if (e instanceof Constant || e instanceof Parameter || e instanceof DefaultValue) {
      return Value.NOTHING;
    } else if (e instanceof Operation operation) {
      return operation(operation, scope);
    } else if (e instanceof FunctionCall call) {
      return analysis.calls.value(call, scope);
    } else if (e instanceof Cast cast) {
      return cast(cast, scope);
    } else if (e instanceof SpecialForm form) {
      return analysis.calls.special(form, scope);
    } else if (e instanceof FieldSelection selection) {
      return field(value(selection.operand(), scope), selection.field());
    } else if (e instanceof Row row) {
      return Value.row(fields(row.fields(), scope));
    } else if (e instanceof ScalarSubquery subquery) {
      return scalar(subquery.query(), scope);
    } else if (e instanceof Case cases) {
      return cases(cases, scope);
    } else if (e instanceof CurrentOf) {
      return Value.NOTHING;
    } else if (e instanceof Subscript subscript) {
      return subscript(subscript, scope);
    } else if (e instanceof ArrayValue array) {
      return Value.of(all(array.elements(), scope).derived(), arrayType(array));
    }
    return Value.of(test(e, scope).derived());
  }

  /** Sources of expressions that only tell something about their operands, or hold them. */
  private Sources test(Expression e, Scope scope) {
    if (e instanceof Logical logical) {
      return choosing(logical.terms(), scope);
    } else if (e instanceof Not not) {
      return sources(not.operand(), scope);
    } else if (e instanceof IsTest test) {
      return sources(test.operand(), scope);
    } else if (e instanceof InList list) {
      Sources operand = sources(list.operand(), scope);
      if (!Quiet.areQuiet(list.values())) {
        analysis.influence(operand, MAY_FAIL + "a term that is not always evaluated");
      }
      return operand.with(all(list.values(), scope));
    } else if (e instanceof Between between) {
      return choosing(List.of(between.operand(), between.low(), between.high()), scope);
    } else if (e instanceof Like like) {
      return like(like, scope);
    } else if (e instanceof IsDistinct distinct) {
      return all(List.of(distinct.left(), distinct.right()), scope);
    } else if (e instanceof QuantifiedArray quantified) {
      noteOperator(quantified.operator());
      return all(List.of(quantified.left(), quantified.array()), scope);
    } else if (e instanceof QuantifiedQuery quantified) {
      noteOperator(quantified.operator());
      return compared(quantified.left(), quantified.query(), scope);
    } else if (e instanceof InQuery in) {
      return compared(in.operand(), in.query(), scope);
    } else if (e instanceof Exists exists) {
      analysis.queries.outputs(exists.query(), scope);
      return Sources.NONE;
    } else if (e instanceof ArrayQuery array) {
      return Value.row(analysis.queries.outputs(array.query(), scope)).sources();
    } else if (e instanceof Collate collate) {
      return sources(collate.operand(), scope);
    } else if (e instanceof RowExpansion expansion) {
      return sources(expansion.operand(), scope);
    }
    throw new Unresolved("an expression that is not followed: " + e.getClass().getSimpleName());
  }

  private Sources sources(Expression e, Scope scope) {
    return value(e, scope).sources();
  }

  private Sources all(List<Expression> expressions, Scope scope) {
    Sources all = Sources.NONE;
    for (Expression e : expressions) {
      all = all.with(sources(e, scope));
    }
    return all;
  }

  /**
   * Terms of which some may not be evaluated, as the values of others decide: where one of them can
   * fail, the failure tells of the others.
   */
  private Sources choosing(List<Expression> terms, Scope scope) {
    Sources all = all(terms, scope);
    noteChoosing(terms, all);
    return all;
  }

  /** The same for terms whose sources are known already: going through them again would double. */
  void noteChoosing(List<Expression> terms, Sources all) {
    if (!all.isEmpty() && !Quiet.areQuiet(terms)) {
      analysis.influence(all, MAY_FAIL + "a term that is not always evaluated");
    }
  }

  /** A slice of an array is an array of the same type. */
  private Value subscript(Subscript subscript, Scope scope) {
    Value operand = value(subscript.operand(), scope);
    Sources all = operand.sources();
    if (subscript.lower() != null) {
      all = all.with(sources(subscript.lower(), scope));
    }
    if (subscript.upper() != null) {
      all = all.with(sources(subscript.upper(), scope));
    }
    return Value.of(
        all.derived(), subscript.slice() && isArray(operand.type()) ? operand.type() : 0);
  }

  private boolean isArray(int type) {
    return type != 0 && analysis.catalog.type(type).filter(TypeInfo::isArray).isPresent();
  }

  /** The type of an array of integer constants, as far as being one of scalars goes; else 0. */
  private int arrayType(ArrayValue array) {
    boolean whole = !array.elements().isEmpty();
    for (Expression element : array.elements()) {
      whole &= element instanceof Constant c && c.kind() == Constant.Kind.INTEGER;
    }
    return whole ? analysis.snapshot.systemTypes().getOrDefault("_int4", 0) : 0;
  }

  private Sources like(Like like, Scope scope) {
    Sources pattern = sources(like.pattern(), scope);
    if (like.escape() != null) {
      pattern = pattern.with(sources(like.escape(), scope));
    }
    analysis.influence(pattern, MAY_FAIL + "a pattern");
    return sources(like.operand(), scope).with(pattern);
  }

  /** Both sides of a comparison with the rows of a query influence what appears. */
  private Sources compared(Expression left, Query query, Scope scope) {
    Sources inner = Value.row(analysis.queries.outputs(query, scope)).sources();
    Sources both = sources(left, scope).with(inner);
    analysis.influence(both, "IN (query)");
    return both;
  }

  private Value cases(Case cases, Scope scope) {
    Sources all = Sources.NONE;
    Sources deciding = cases.operand() == null ? Sources.NONE : sources(cases.operand(), scope);
    for (When when : cases.whens()) {
      if (cases.operand() == null) {
        deciding = deciding.with(analysis.conditions.apply(when.condition(), scope, "CASE"));
      } else {
        deciding = deciding.with(sources(when.condition(), scope));
      }
      all = all.with(sources(when.result(), scope));
    }
    if (cases.operand() != null) {
      analysis.influence(deciding, "CASE");
    }
    if (cases.otherwise() != null) {
      all = all.with(sources(cases.otherwise(), scope));
    }
    return Value.of(all.derived().with(deciding.influencing()));
  }

  private Value scalar(Query query, Scope scope) {
    List<Value.Field> outputs = analysis.queries.outputs(query, scope);
    return outputs.size() == 1 ? outputs.get(0).value().asExpression() : Value.row(outputs);
  }

  private Value operation(Operation operation, Scope scope) {
    Sources all = Sources.NONE;
    boolean plain = true;
    int array = -1; // the type of every operand, where they are arrays of one type
    for (Expression operand : operation.operands()) {
      Value value = value(operand, scope);
      array = isArray(value.type()) && (array < 0 || array == value.type()) ? value.type() : 0;
      all = all.with(value.sources());
      plain &= analysis.quiet.isPlain(operand, value);
    }
    noteOperator(operation.operator());
    String symbol = operation.operator().symbol();
    boolean concatenates = symbol.equals("||") && plain;
    if (!isSystem(operation.operator()) || !(concatenates || Quiet.isTotal(operation))) {
      analysis.influence(all, MAY_FAIL + symbol);
    }
    boolean joins = symbol.equals("||") && isSystem(operation.operator()) && array > 0;
    return Value.of(all.derived(), concatenates ? Quiet.TEXT : joins ? array : 0);
  }

  private boolean isSystem(Operator operator) {
    return operator.schema().isEmpty()
        ? !analysis.snapshot.homemadeOperators().contains(operator.symbol())
        : operator.schema().equals(List.of("pg_catalog"));
  }

  private boolean outsideSystem(String symbol) {
    return analysis.snapshot.outsideOperators().contains(symbol);
  }

  /** Notes the operators that may not be PostgreSQL's own. */
  void noteOperator(Operator operator) {
    List<String> schema = operator.schema();
    if (schema.isEmpty() ? outsideSystem(operator.symbol()) : !schema.contains("pg_catalog")) {
      analysis.called(
          new CalledFunction(
              CalledFunction.Form.OPERATOR,
              schema.isEmpty() ? null : schema.get(schema.size() - 1),
              operator.symbol(),
              List.of()));
    }
  }

  private Value cast(Cast cast, Scope scope) {
    Value operand = value(cast.operand(), scope);
    TypeName type = cast.type();
    boolean system = isSystemType(type);
    if (!system) {
      analysis.called(
          new CalledFunction(
              CalledFunction.Form.CAST, type.name().schema(), type.name().last(), List.of()));
    }
    boolean total =
        system && type.dimensions() == 0 && TotalFunctions.TYPES.contains(type.name().last());
    if (!total) {
      analysis.influence(operand.sources(), MAY_FAIL + "a cast to " + type.name().text());
    }
    List<Value.Field> fields =
        system || type.dimensions() > 0 ? null : rowType(type, operand.derived());
    return new Value(operand.sources().derived(), fields, system ? systemType(type) : 0, false);
  }

  /** The OID of a type of pg_catalog or of the array type that goes with it; else 0. */
  private int systemType(TypeName type) {
    String element = type.name().last();
    int oid = analysis.snapshot.systemTypes().getOrDefault(element, 0);
    if (type.dimensions() == 0 || analysis.session.temporaryRelations().containsKey(element)) {
      return type.dimensions() == 0 ? oid : 0;
    }
    int array = analysis.snapshot.systemTypes().getOrDefault("_" + element, 0);
    boolean matches =
        analysis.catalog.type(array).filter(t -> oid != 0 && t.elementType() == oid).isPresent();
    return matches ? array : 0;
  }

  boolean isSystemType(TypeName type) {
    String schema = type.name().schema();
    if (schema != null) {
      return schema.equals("pg_catalog");
    }
    return analysis.snapshot.systemTypes().containsKey(type.name().last());
  }

  private @Nullable List<Value.Field> rowType(TypeName type, Value of) {
    if (type.name().parts().size() == 1
        && analysis.session.temporaryRelations().containsKey(type.name().last())) {
      return null;
    }
    Relation relation = analysis.relations.find(type.name().parts());
    return relation == null ? null : fieldsOf(relation, of);
  }

  private static List<Value.Field> fieldsOf(Relation relation, Value of) {
    List<Value.Field> fields = new ArrayList<>();
    for (Column column : relation.columns()) {
      fields.add(new Value.Field(column.name(), of));
    }
    return fields;
  }

  /** The fields of a row value; null when they are not known. */
  @Nullable List<Value.Field> fieldsOf(Value row) {
    if (row.fields() != null) {
      return row.fields();
    }
    TypeInfo type = analysis.catalog.type(analysis.catalog.baseType(row.type())).orElse(null);
    if (type == null || type.relationOid() == 0) {
      return null;
    }
    Relation relation = analysis.catalog.relation(type.relationOid()).orElse(null);
    return relation == null ? null : fieldsOf(relation, row.derived());
  }

  /** The values of a list in which {@code t.*} stands for all of t's columns. */
  List<Value.Field> fields(List<Expression> expressions, Scope scope) {
    List<Value.Field> fields = new ArrayList<>(expressions.size());
    for (Expression e : expressions) {
      if (e instanceof ColumnRef star && star.star()) {
        fields.addAll(star(star, scope));
      } else if (e instanceof RowExpansion expansion) {
        fields.addAll(expanded(expansion, scope));
      } else {
        fields.add(new Value.Field("f" + (fields.size() + 1), value(e, scope)));
      }
      analysis.bounded(fields);
    }
    return fields;
  }

  /** The columns that {@code (x).*} stands for. */
  List<Value.Field> expanded(RowExpansion expansion, Scope scope) {
    List<Value.Field> fields = fieldsOf(value(expansion.operand(), scope));
    if (fields == null && expansion.operand() instanceof FunctionCall call) {
      fields = analysis.functions.columns(call, value(call, scope));
    }
    if (fields == null) {
      throw new Unresolved("the fields of a row are not known");
    }
    return fields;
  }

  /** The columns that {@code *} or {@code t.*} stands for. */
  List<Value.Field> star(ColumnRef star, Scope scope) {
    if (!star.names().isEmpty()) {
      return qualified(star.names(), scope).columns();
    }
    List<Value.Field> all = new ArrayList<>();
    for (FromEntry entry : scope.entries) {
      if (entry.columnsVisible) {
        all.addAll(entry.columns());
        analysis.step(all.size());
        analysis.bounded(all);
      }
    }
    return all;
  }

  private FromEntry qualified(List<String> names, Scope scope) {
    int size = names.size();
    String schema = size > 1 ? names.get(size - 2) : null;
    if (size > 3 || (size == 3 && !names.get(0).equals(analysis.catalog.database()))) {
      throw new Unresolved("a name of another database: " + String.join(".", names));
    }
    analysis.step(scope.items());
    FromEntry entry = scope.entry(schema, names.get(size - 1));
    if (entry == null) {
      throw new Unresolved("nothing in FROM is named \"" + String.join(".", names) + "\"");
    }
    return entry;
  }

  private Value column(ColumnRef ref, Scope scope) {
    List<String> names = ref.names();
    if (ref.star()) {
      return names.isEmpty() ? Value.row(star(ref, scope)) : qualified(names, scope).wholeRow();
    }
    String last = names.get(names.size() - 1);
    if (names.size() == 1) {
      return unqualified(last, scope);
    }
    FromEntry entry = qualified(names.subList(0, names.size() - 1), scope);
    Value found = entry.column(last);
    if (found == null) {
      found = entry.systemColumn(last);
    }
    if (found != null) {
      return found.asColumn();
    }
    Value any = entry.anyColumn();
    return any != null ? any.derived() : field(entry.wholeRow(), last);
  }

  private Value unqualified(String name, Scope scope) {
    analysis.step(scope.items());
    Value found = scope.column(name);
    if (found != null && found.column()) {
      return found;
    }
    FromEntry entry = scope.entry(null, name);
    if (found == null && entry == null) {
      throw new Unresolved("column \"" + name + "\" is not known");
    }
    Value row = entry == null ? Value.NOTHING : entry.wholeRow();
    return found == null ? row : Value.of(found.or(row).sources().derived());
  }

  /** {@code (x).f}: a field, or a function in functional notation. */
  private Value field(Value row, String name) {
    Value found = row.field(name);
    if (found != null) {
      return found.asExpression();
    }
    List<Function> functions = analysis.calls.candidates(null, name);
    if (!functions.isEmpty()) {
      analysis.called(CalledFunction.function(null, name));
      analysis.calls.noteEffects(functions, name, row.sources(), true);
    } else if (row.fields() != null) {
      throw new Unresolved("column \"" + name + "\" is not known");
    }
    return row.derived();
  }
}
