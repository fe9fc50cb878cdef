package io.pgguard.lineage;

import io.pgguard.catalog.Column;
import io.pgguard.catalog.Function;
import io.pgguard.catalog.Relation;
import io.pgguard.catalog.TypeInfo;
import io.pgguard.internal.syntax.tree.ColumnRef;
import io.pgguard.internal.syntax.tree.Expression;
import io.pgguard.internal.syntax.tree.FunctionCall;
import io.pgguard.internal.syntax.tree.RowExpansion;
import io.pgguard.internal.syntax.tree.TypeName;
import io.pgguard.reach.CalledFunction;
import io.pgguard.wording.LineageWording;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What names of columns, stars and fields of rows stand for. Used by one analysis. */
final class References {
  private final Analysis analysis;

  References(Analysis analysis) {
    this.analysis = analysis;
  }

  /** The fields of a value that is cast to a relation's row type; null where it is no such type. */
  @Nullable List<Value.Field> rowType(TypeName type, Value of) {
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
    if (relation == null) {
      return null;
    }
    List<Value.Field> fields = new ArrayList<>();
    for (Column column : relation.columns()) {
      Structure part = Structures.member(row.structure(), column.name());
      fields.add(new Value.Field(column.name(), row.derived().withStructure(part)));
    }
    return fields;
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
        fields.add(new Value.Field("f" + (fields.size() + 1), analysis.value(e, scope)));
      }
      analysis.bounded(fields);
    }
    return fields;
  }

  /** The columns that {@code (x).*} stands for. */
  List<Value.Field> expanded(RowExpansion expansion, Scope scope) {
    List<Value.Field> fields = fieldsOf(analysis.value(expansion.operand(), scope));
    if (fields == null && expansion.operand() instanceof FunctionCall call) {
      fields = analysis.functions.columns(call, analysis.value(call, scope));
    }
    if (fields == null) {
      throw new Unresolved(LineageWording.FIELDS_UNKNOWN);
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
      throw new Unresolved(LineageWording.OTHER_DATABASE, String.join(".", names));
    }
    analysis.step(scope.items());
    FromEntry entry = scope.entry(schema, names.get(size - 1));
    if (entry == null) {
      throw new Unresolved(LineageWording.NOT_IN_FROM, String.join(".", names));
    }
    return entry;
  }

  /** What was worked out below may be worked out here: the server's planner puts it in place. */
  Value column(ColumnRef ref, Scope scope) {
    Value value = named(ref, scope);
    if (value.loud()) {
      analysis.failures.loud();
    }
    return value;
  }

  private Value named(ColumnRef ref, Scope scope) {
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
      throw new Unresolved(LineageWording.COLUMN_UNKNOWN, name);
    }
    Value row = entry == null ? Value.NOTHING : entry.wholeRow();
    return found == null ? row : Value.of(found.or(row).sources().derived());
  }

  /** {@code (x).f}: a field, or a function in functional notation. */
  Value field(Value row, String name) {
    Value found = row.field(name);
    if (found != null) {
      return found.asExpression();
    }
    Structure part = Structures.member(row.structure(), name);
    if (part != null) {
      return row.derived().withType(Structures.type(part)).withStructure(part);
    }
    List<Function> functions = analysis.calls.candidates(null, name);
    if (!functions.isEmpty()) {
      analysis.called(CalledFunction.function(null, name));
      analysis.failures.note(row.sources(), name);
      analysis.calls.effects(functions, name, row.sources());
    } else if (row.fields() != null) {
      throw new Unresolved(LineageWording.COLUMN_UNKNOWN, name);
    }
    return row.derived();
  }
}
