package io.pgguard.lineage;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known of an expression's value: the columns that feed it, and its fields where it is a
 * row. Immutable.
 *
 * @param sources the columns that feed it
 * @param fields its fields in order, where it is a row of which they are known
 * @param type OID of its type where that is a column's, else 0
 * @param column whether the expression is a plain column reference
 */
record Value(Sources sources, @Nullable List<Field> fields, int type, boolean column) {
  /** Fed by nothing stored. */
  static final Value NOTHING = new Value(Sources.NONE, null, 0, false);

  /** A named value. */
  record Field(String name, Value value) {}

  /** A computed value. */
  static Value of(Sources sources) {
    return sources.isEmpty() ? NOTHING : new Value(sources, null, 0, false);
  }

  /** A computed value of a type, or 0. */
  static Value of(Sources sources, int type) {
    return new Value(sources, null, type, false);
  }

  /** A row of these fields: its sources are derived, its fields keep theirs. */
  static Value row(List<Field> fields) {
    Sources all = Sources.NONE;
    for (Field field : fields) {
      all = all.with(field.value().sources());
    }
    return new Value(all.derived(), List.copyOf(fields), 0, false);
  }

  /** This value after an operation on it. */
  Value derived() {
    return of(sources.derived());
  }

  /** The same value, not as a column any more. */
  Value asExpression() {
    return column ? new Value(sources, fields, type, false) : this;
  }

  /** The same value where a plain reference names it. */
  Value asColumn() {
    return column ? this : new Value(sources, fields, type, true);
  }

  /** A value that is either of two. */
  Value or(Value other) {
    Sources both = sources.with(other.sources);
    return new Value(both, null, type == other.type ? type : 0, column && other.column);
  }

  /** The field of that name; null where there is none or the fields are unknown. */
  @Nullable Value field(String name) {
    if (fields == null) {
      return null;
    }
    for (Field field : fields) {
      if (field.name().equals(name)) {
        return field.value();
      }
    }
    return null;
  }

  /** Fields by position joined: what a set operation or a list of rows makes of them. */
  static List<Field> union(List<Field> left, List<Field> right) {
    if (left.size() != right.size()) {
      throw new Unresolved("the parts of a set operation differ in width");
    }
    List<Field> joined = new ArrayList<>(left.size());
    for (int i = 0; i < left.size(); i++) {
      joined.add(new Field(left.get(i).name(), left.get(i).value().or(right.get(i).value())));
    }
    return joined;
  }
}
