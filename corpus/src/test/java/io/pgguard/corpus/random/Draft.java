package io.pgguard.corpus.random;

import java.util.ArrayList;
import java.util.List;

/**
 * One statement in the making: its dice, its names, and what it has used of the protected so far.
 * Not thread-safe.
 */
final class Draft {
  /** Which relations and columns a statement may use. */
  enum Reach {
    /** Relations that hold and lead to nothing protected. */
    OPEN,
    /** Any relation, but only columns that are not protected. */
    NEAR,
    /** Everything. */
    HOT
  }

  private final SchemaModel schema;
  private final Dice dice;
  private final Reach reach;
  private final List<Source> commonTables = new ArrayList<>();
  private int names;
  private boolean hotColumn;
  private boolean guardedRelation;

  Draft(SchemaModel schema, Dice dice, Reach reach) {
    this.schema = schema;
    this.dice = dice;
    this.reach = reach;
  }

  SchemaModel schema() {
    return schema;
  }

  Dice dice() {
    return dice;
  }

  Reach reach() {
    return reach;
  }

  boolean hotColumn() {
    return hotColumn;
  }

  boolean guardedRelation() {
    return guardedRelation;
  }

  /** The common table expressions in sight. */
  List<Source> commonTables() {
    return commonTables;
  }

  String name(String word) {
    names++;
    return word + names;
  }

  /** A relation that this statement may read, noted as used. */
  ModelRelation anyRelation() {
    List<ModelRelation> fitting =
        schema.relations().stream().filter(r -> reach != Reach.OPEN || !r.guarded()).toList();
    ModelRelation relation = dice.pick(fitting);
    use(relation);
    return relation;
  }

  void use(ModelRelation relation) {
    guardedRelation |= relation.guarded();
  }

  /** Notes a protected column as used. */
  void useHot() {
    hotColumn = true;
  }

  boolean mayUse(ModelColumn column) {
    return reach == Reach.HOT || !column.hot();
  }

  /** Whether a row of the entry may be used as a whole: its star, its alias, NATURAL. */
  boolean mayUseWhole(Source source) {
    return source.whole() && (reach == Reach.HOT || !source.hasHot());
  }

  /** The text that names the column in the scope, noted as used. */
  String reference(Scope scope, Source source, ModelColumn column) {
    hotColumn |= column.hot();
    int form = dice.next(20);
    if (form < 5 && scope.sources().contains(source) && scope.bare(column.name())) {
      return column.name();
    }
    if (form == 5 && source.whole()) {
      return "(" + source.alias() + ")." + column.name();
    }
    boolean function = column.name().equals("name"); // PostgreSQL has a function name(text)
    if (form == 6 && source.whole() && !function && dice.chance(30)) {
      return column.name() + "(" + source.alias() + ")"; // functional notation
    }
    return source.alias() + "." + column.name();
  }

  /** The entry's alias as a whole row, noted as used. */
  String whole(Source source) {
    hotColumn |= source.hasHot();
    return source.alias();
  }
}
