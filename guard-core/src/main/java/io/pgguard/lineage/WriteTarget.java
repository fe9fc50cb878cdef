package io.pgguard.lineage;

import io.pgguard.catalog.Column;
import io.pgguard.catalog.Relation;
import io.pgguard.catalog.RelationKind;
import io.pgguard.internal.syntax.tree.Accessor;
import io.pgguard.internal.syntax.tree.Assignment;
import io.pgguard.internal.syntax.tree.AssignmentTarget;
import io.pgguard.internal.syntax.tree.Cast;
import io.pgguard.internal.syntax.tree.ColumnRef;
import io.pgguard.internal.syntax.tree.Expression;
import io.pgguard.internal.syntax.tree.Name;
import io.pgguard.internal.syntax.tree.Row;
import io.pgguard.internal.syntax.tree.ScalarSubquery;
import io.pgguard.wording.LineageWording;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/** The relation that a statement changes, and what it writes to which column of it. */
final class WriteTarget {
  /** character and bit, which are of length 1 where a cast names none. */
  private static final Set<Integer> BLANK_PADDED = Set.of(1042, 1560);

  private final Analysis analysis;
  final Relation relation;
  final String name;
  private final Map<Integer, Sources> written = new HashMap<>();

  WriteTarget(Analysis analysis, Name relationName, @Nullable String alias) {
    this.analysis = analysis;
    this.relation = analysis.relations.resolve(relationName);
    this.name = alias == null ? relation.name() : alias;
    if (relation.rules()) {
      throw new Unresolved(LineageWording.HAS_RULES, relation.qualifiedName());
    }
    TemporaryRelation temporary = analysis.relations.temporary(relation);
    if (temporary != null) {
      temporary.reads().forEach(this::writesBelow);
      return;
    }
    analysis.writesRelation(relation);
    if (Relations.isView(relation)) {
      Set<Integer> below = analysis.views.lineage(relation).reads();
      below.forEach(this::writesBelow);
    }
  }

  private void writesBelow(int oid) {
    analysis.catalog.relation(oid).ifPresent(analysis::writesRelation);
  }

  /** The target's columns as they are after the change: their own and what was written to them. */
  FromEntry entry(@Nullable String alias) {
    return new RelationEntry(
        relation,
        alias,
        List.of(),
        column -> {
          Value own = analysis.relations.value(relation, column);
          Sources more = written.getOrDefault(column.number(), Sources.NONE);
          return Value.column(own.sources().or(more), own.type());
        });
  }

  /** The rows that an INSERT proposes. */
  FromEntry excluded() {
    return new RelationEntry(
        relation,
        "excluded",
        List.of(),
        column ->
            Value.column(written.getOrDefault(column.number(), Sources.NONE), column.typeOid()));
  }

  /** The columns that an INSERT list names; all of them when it names none. */
  List<Column> columns(List<AssignmentTarget> targets, Scope scope) {
    if (targets.isEmpty()) {
      return relation.columns();
    }
    List<Column> columns = new ArrayList<>(targets.size());
    for (AssignmentTarget target : targets) {
      columns.add(column(target, scope));
    }
    return columns;
  }

  private Column column(AssignmentTarget target, Scope scope) {
    for (Accessor accessor : target.path()) {
      if (accessor.lower() != null) {
        analysis.influence(
            analysis.value(accessor.lower(), scope).sources(), LineageWording.SUBSCRIPT.words());
      }
      if (accessor.upper() != null) {
        analysis.influence(
            analysis.value(accessor.upper(), scope).sources(), LineageWording.SUBSCRIPT.words());
      }
    }
    return relation
        .column(target.column())
        .orElseThrow(() -> new Unresolved(LineageWording.COLUMN_OF_UNKNOWN, target.column(), name));
  }

  /**
   * Notes that a column is written from these sources.
   *
   * @param given the values that it gets; null where they are computed
   */
  void write(Column column, Sources sources, @Nullable Set<Influence.Guess> given) {
    write(column, sources, given, false);
  }

  private void write(
      Column column, Sources sources, @Nullable Set<Influence.Guess> given, boolean part) {
    written.merge(column.number(), sources, Sources::or);
    Set<ColumnSource> set = sources.toSet();
    analysis.write(
        new WriteFlow(
            relation.qualifiedName() + "." + column.name(),
            relation.oid(),
            column.number(),
            set,
            given,
            part));
    TemporaryRelation temporary = analysis.relations.temporary(relation);
    if (temporary != null && !temporary.reads().isEmpty()) {
      temporary
          .sources(column)
          .each((oid, number, flow) -> writeBelow(oid, number, set, given, part));
    }
    if (Relations.isView(relation)) {
      analysis
          .views
          .lineage(relation)
          .column(column.number())
          .each((oid, number, flow) -> writeBelow(oid, number, set, given, part));
    }
  }

  private void writeBelow(
      int relationOid,
      int number,
      Set<ColumnSource> set,
      @Nullable Set<Influence.Guess> given,
      boolean part) {
    analysis
        .catalog
        .relation(relationOid)
        .ifPresent(
            base ->
                base.column(number)
                    .ifPresent(
                        column ->
                            analysis.write(
                                new WriteFlow(
                                    base.qualifiedName() + "." + column.name(),
                                    relationOid,
                                    number,
                                    set,
                                    given,
                                    part))));
  }

  /** Notes what SET writes. */
  void assign(List<Assignment> assignments, Scope scope) {
    assign(assignments, scope, (value, column) -> false);
  }

  /**
   * The same of an UPDATE, where a column that is assigned itself is written by nothing: its row
   * holds what it held.
   *
   * @param alone whether no other relation's columns could be meant by a bare name
   */
  void assignOwn(List<Assignment> assignments, Scope scope, boolean alone) {
    boolean table =
        relation.kind() == RelationKind.TABLE || relation.kind() == RelationKind.PARTITIONED_TABLE;
    assign(
        assignments,
        scope,
        (value, column) -> table && isItself(bare(value, column, scope), column, alone));
  }

  /** What is cast to the column's own type, which leaves its values as they are; else itself. */
  private Expression bare(Expression value, Column column, Scope scope) {
    return value instanceof Cast cast
            && cast.type().modifiers().isEmpty()
            && !BLANK_PADDED.contains(column.typeOid())
            && analysis.value(cast, scope).type() == column.typeOid()
        ? cast.operand()
        : value;
  }

  private boolean isItself(Expression value, Column column, boolean alone) {
    if (!(value instanceof ColumnRef own) || own.star()) {
      return false;
    }
    List<String> names = own.names();
    return names.get(names.size() - 1).equals(column.name())
        && (names.size() == 1 ? alone : names.size() == 2 && names.get(0).equals(name));
  }

  private void assign(
      List<Assignment> assignments, Scope scope, BiPredicate<Expression, Column> unchanged) {
    for (Assignment assignment : assignments) {
      List<AssignmentTarget> targets = assignment.targets();
      List<Value.Field> values = values(assignment, scope);
      for (int i = 0; i < targets.size(); i++) {
        AssignmentTarget target = targets.get(i);
        Column column = column(target, scope);
        boolean part = !target.path().isEmpty();
        if (part && mayFail(column, target.path())) {
          analysis.failures.note(
              analysis.relations.value(relation, column).sources(),
              LineageWording.PART_ASSIGNED.words());
        }
        Expression assigned = expression(assignment, i);
        if (part || assigned == null || !unchanged.test(assigned, column)) {
          write(column, values.get(i).value().sources(), Given.of(assignment, i), part);
        }
      }
    }
  }

  /**
   * Whether putting a part into what is stored may fail by what that is: a subscript does not fit
   * every array or document, and a domain looks at the whole. One field of a row always fits.
   */
  private boolean mayFail(Column column, List<Accessor> path) {
    return path.size() > 1
        || path.get(0).field() == null
        || analysis.catalog.type(column.typeOid()).filter(t -> t.baseType() == 0).isEmpty();
  }

  /** What is assigned to one of the targets; null where a query brings it. */
  private static @Nullable Expression expression(Assignment assignment, int target) {
    if (!assignment.multiple()) {
      return assignment.value();
    }
    return assignment.value() instanceof Row row && target < row.fields().size()
        ? row.fields().get(target)
        : null;
  }

  private List<Value.Field> values(Assignment assignment, Scope scope) {
    int width = assignment.targets().size();
    List<Value.Field> values;
    if (!assignment.multiple()) {
      values = List.of(new Value.Field("", analysis.value(assignment.value(), scope)));
    } else if (assignment.value() instanceof Row row) {
      values = analysis.references.fields(row.fields(), scope);
    } else if (assignment.value() instanceof ScalarSubquery subquery) {
      values = analysis.queries.outputs(subquery.query(), scope);
    } else {
      values = List.of();
    }
    if (values.size() == width) {
      return values;
    }
    throw new Unresolved(LineageWording.SET_WIDTH);
  }
}
