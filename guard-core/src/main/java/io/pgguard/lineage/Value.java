package io.pgguard.lineage;

import io.pgguard.reach.Coercions;
import io.pgguard.wording.LineageWording;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known of an expression's value: the columns that feed it, and its fields where it is a
 * row. Immutable.
 *
 * @param sources the columns that feed it
 * @param fields its fields in order, where it is a row of which they are known
 * @param type OID of its type, or 0 where that is not known
 * @param column whether the expression is a plain column reference
 * @param pure whether each value is some stored column's own, and never anything else
 * @param loud whether to work it out may do more than give a value: fail, for one
 * @param digits how many digits it has at most, where its declaration says so
 * @param structure its parts, where it is put together of some; of a row the fields tell them
 */
record Value(
    Sources sources,
    @Nullable List<Field> fields,
    int type,
    boolean column,
    boolean pure,
    boolean loud,
    @Nullable Digits digits,
    @Nullable Structure structure) {
  /** Fed by nothing stored. */
  static final Value NOTHING = Value.of(Sources.NONE, 0);

  /** A named value. */
  record Field(String name, Value value) {}

  /** A computed value. */
  static Value of(Sources sources) {
    return sources.isEmpty() ? NOTHING : of(sources, 0);
  }

  /** A computed value of a type, or 0. */
  static Value of(Sources sources, int type) {
    return new Value(sources, null, type, false, false, false, null, null);
  }

  /** A stored column. */
  static Value column(Sources sources, int type) {
    return new Value(sources, null, type, true, sources.allCopies(), false, null, null);
  }

  /** A row of these fields: its sources are derived, its fields keep theirs. */
  static Value row(List<Field> fields) {
    Sources all = Sources.NONE;
    for (Field field : fields) {
      all = all.with(field.value().sources());
    }
    return of(all.derived(), 0).withFields(fields);
  }

  /** The same with these fields, which may not be known. */
  Value withFields(@Nullable List<Field> known) {
    List<Field> copy = known == null ? null : List.copyOf(known);
    return new Value(sources, copy, type, column, pure, loud, digits, structure);
  }

  /** This value after an operation on it. */
  Value derived() {
    return of(sources.derived());
  }

  /** The same value, not as a column any more. */
  Value asExpression() {
    return column ? new Value(sources, fields, type, false, pure, loud, digits, structure) : this;
  }

  /** The same value where a plain reference names it. */
  Value asColumn() {
    return column ? this : new Value(sources, fields, type, true, pure, loud, digits, structure);
  }

  /** The same value as an output: a literal without a type is a text then. */
  Value asOutput() {
    return type == Coercions.UNKNOWN ? withType(TEXT) : this;
  }

  /** OID of text. */
  static final int TEXT = 25;

  Value withType(int other) {
    return other == type
        ? this
        : new Value(sources, fields, other, column, pure, loud, null, structure);
  }

  Value withSources(Sources other) {
    return other == sources
        ? this
        : new Value(other, fields, type, column, pure, loud, digits, structure);
  }

  /** The same value with these parts. */
  Value withStructure(@Nullable Structure parts) {
    return parts == structure
        ? this
        : new Value(sources, fields, type, column, pure, loud, digits, parts);
  }

  /** The same number, of at most so many digits. */
  Value withDigits(@Nullable Digits most) {
    return most == null
        ? this
        : new Value(sources, fields, type, column, pure, loud, most, structure);
  }

  Value withoutDigits() {
    return digits == null
        ? this
        : new Value(sources, fields, type, column, pure, loud, null, structure);
  }

  Value withLoud() {
    return loud ? this : new Value(sources, fields, type, column, pure, true, digits, structure);
  }

  /** A value that is either of two. */
  Value or(Value other) {
    return new Value(
        sources.orChosen(other.sources),
        null,
        joined(type, other.type),
        column && other.column,
        pure && other.pure,
        loud || other.loud,
        Digits.both(Digits.of(this, null), Digits.of(other, null)),
        null);
  }

  private static int joined(int one, int other) {
    return one == other || other == Coercions.UNKNOWN ? one : one == Coercions.UNKNOWN ? other : 0;
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
      throw new Unresolved(LineageWording.OPERATION_WIDTH);
    }
    List<Field> joined = new ArrayList<>(left.size());
    for (int i = 0; i < left.size(); i++) {
      joined.add(new Field(left.get(i).name(), left.get(i).value().or(right.get(i).value())));
    }
    return joined;
  }
}
