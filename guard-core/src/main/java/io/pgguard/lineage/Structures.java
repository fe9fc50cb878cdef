package io.pgguard.lineage;

import io.pgguard.catalog.Catalog;
import io.pgguard.catalog.Column;
import io.pgguard.catalog.Relation;
import io.pgguard.catalog.TypeInfo;
import io.pgguard.internal.syntax.tree.Constant;
import io.pgguard.internal.syntax.tree.Expression;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which values are put together of parts that can be told apart in what comes out: rows, arrays of
 * rows, and {@link JsonDocuments}. Used by one analysis.
 */
final class Structures {
  /** Larger ones are hidden whole. */
  static final int MOST_PARTS = 4_000;

  private static final int DEEPEST = 8;
  private final Catalog catalog;

  Structures(Catalog catalog) {
    this.catalog = catalog;
  }

  /** How a value is put together; null where it is not. */
  static @Nullable Structure of(Value value) {
    return value.structure() != null || value.fields() == null
        ? value.structure()
        : part(value, new int[1]);
  }

  /** A value as a part; null where there are too many of them. */
  static @Nullable Structure part(Value value, int[] parts) {
    if (++parts[0] > MOST_PARTS) {
      return null;
    }
    if (value.structure() != null) {
      parts[0] += count(value.structure(), MOST_PARTS - parts[0]);
      return parts[0] > MOST_PARTS ? null : value.structure();
    }
    List<Value.Field> fields = value.fields();
    if (fields == null) {
      Value written = value.asOutput();
      return new Structure.Leaf(written.sources().toSet(), written.type());
    }
    List<Structure.Member> members = new ArrayList<>(fields.size());
    for (Value.Field field : fields) {
      Structure member = part(field.value(), parts);
      if (member == null) {
        return null;
      }
      members.add(new Structure.Member(field.name(), member));
    }
    return new Structure.Row(members);
  }

  /** How many parts there are, as far as it matters whether they are more than that. */
  private static int count(Structure structure, int most) {
    int count = 1;
    for (Structure part : parts(structure)) {
      if (count > most) {
        break;
      }
      count += count(part, most - count);
    }
    return count;
  }

  private static List<Structure> parts(Structure structure) {
    if (structure instanceof Structure.Row row) {
      return row.members().stream().map(Structure.Member::value).toList();
    } else if (structure instanceof Structure.Json json) {
      return List.of(json.within());
    } else if (structure instanceof Structure.Items items) {
      return items.items();
    } else if (structure instanceof Structure.Each each) {
      return List.of(each.element());
    } else if (structure instanceof Structure.Entries entries) {
      return List.of(entries.value());
    }
    return structure instanceof Structure.Held held ? List.of(held.within()) : List.of();
  }

  /** The scalars that a value is put together of. */
  static Stream<Structure.Leaf> leavesOf(Structure structure) {
    return structure instanceof Structure.Leaf leaf
        ? Stream.of(leaf)
        : parts(structure).stream().flatMap(Structures::leavesOf);
  }

  /**
   * One of several values, where all have one structure but those that hold nothing; else null.
   *
   * @param expressions the values as written
   */
  static @Nullable Structure chosen(List<Expression> expressions, List<Value> values) {
    Structure found = null;
    for (int i = 0; i < values.size(); i++) {
      Structure one = of(values.get(i));
      if (one == null || !(one.equals(found) || found == null)) {
        if (one == null && holdsNothing(expressions.get(i))) {
          continue;
        }
        return null;
      }
      found = one;
    }
    return found;
  }

  /** An empty array or object, or NULL. */
  private static boolean holdsNothing(Expression expression) {
    if (expression instanceof io.pgguard.internal.syntax.tree.Cast cast) {
      return holdsNothing(cast.operand());
    }
    return expression instanceof Constant constant
        && (constant.kind() == Constant.Kind.NULL
            || Set.of("[]", "{}").contains(constant.value().strip()));
  }

  /** The parts of what a column holds; null where its type is no row type or array of one. */
  @Nullable Structure held(Sources column, int type) {
    Structure within = within(type, new HashSet<>());
    return within == null
        ? null
        : new Structure.Held(new Structure.Leaf(column.toSet(), type), within);
  }

  private @Nullable Structure within(int typeOid, Set<Integer> open) {
    TypeInfo type = typeOid == 0 ? null : catalog.type(typeOid).orElse(null);
    if (type == null || type.baseType() != 0 || open.size() > DEEPEST) {
      return null; // a domain may say more of its values than its type
    }
    if (type.isArray()) {
      Structure element = within(type.elementType(), open);
      return element instanceof Structure.Row ? new Structure.Each(element) : null;
    }
    Relation row =
        type.relationOid() == 0 ? null : catalog.relation(type.relationOid()).orElse(null);
    if (row == null || !open.add(typeOid)) {
      return null;
    }
    List<Structure.Member> members = new ArrayList<>(row.columns().size());
    for (Column column : row.columns()) {
      Structure.Leaf leaf =
          new Structure.Leaf(Sources.copyOf(row.oid(), column.number()).toSet(), column.typeOid());
      Structure inner = within(column.typeOid(), open);
      members.add(
          new Structure.Member(
              column.name(), inner == null ? leaf : new Structure.Held(leaf, inner)));
    }
    open.remove(typeOid);
    return new Structure.Row(members);
  }

  /** The member of that name of a row that a column holds; null where there is none. */
  static @Nullable Structure member(@Nullable Structure structure, String name) {
    if (structure instanceof Structure.Held held) {
      Structure inner =
          held.within() instanceof Structure.Row row
              ? member(row, name)
              : member(held.within(), name);
      return inner == null ? null : new Structure.Held(derived(held.column()), inner);
    }
    return null;
  }

  /** A field is none of the column's own values: NULL where the column is not. */
  private static Structure.Leaf derived(Structure.Leaf column) {
    return new Structure.Leaf(Sources.of(column.sources()).derived().toSet(), column.type());
  }

  static @Nullable Structure member(Structure.Row row, String name) {
    for (Structure.Member member : row.members()) {
      if (member.name().equals(name)) {
        return member.value();
      }
    }
    return null;
  }

  /** The type of a scalar that is the part of a row; 0 where it is none. */
  static int type(Structure structure) {
    if (structure instanceof Structure.Held held) {
      return held.within() instanceof Structure.Leaf || held.within() instanceof Structure.Held
          ? type(held.within())
          : held.column().type();
    }
    return structure instanceof Structure.Leaf leaf ? leaf.type() : 0;
  }

  /** The same where these columns decide whether it is this one. */
  static @Nullable Structure decided(@Nullable Structure structure, Sources deciding) {
    return structure == null || deciding.isEmpty()
        ? structure
        : resolved(structure, sources -> deciding.or(Sources.of(sources)).toSet());
  }

  /** The same, whose leaves are fed by what is made of what feeds them. */
  static Structure resolved(Structure structure, UnaryOperator<Set<ColumnSource>> made) {
    if (structure instanceof Structure.Leaf leaf) {
      return leaf(leaf, made);
    } else if (structure instanceof Structure.Row row) {
      List<Structure.Member> members = new ArrayList<>(row.members().size());
      for (Structure.Member member : row.members()) {
        members.add(new Structure.Member(member.name(), resolved(member.value(), made)));
      }
      return new Structure.Row(members);
    } else if (structure instanceof Structure.Json json) {
      return new Structure.Json(resolved(json.within(), made), json.type());
    } else if (structure instanceof Structure.Items items) {
      return new Structure.Items(items.items().stream().map(i -> resolved(i, made)).toList());
    } else if (structure instanceof Structure.Each each) {
      return new Structure.Each(resolved(each.element(), made));
    } else if (structure instanceof Structure.Entries entries) {
      return new Structure.Entries(leaf(entries.keys(), made), resolved(entries.value(), made));
    }
    Structure.Held held = (Structure.Held) structure;
    return new Structure.Held(leaf(held.column(), made), resolved(held.within(), made));
  }

  private static Structure.Leaf leaf(Structure.Leaf leaf, UnaryOperator<Set<ColumnSource>> made) {
    return new Structure.Leaf(made.apply(leaf.sources()), leaf.type());
  }
}
