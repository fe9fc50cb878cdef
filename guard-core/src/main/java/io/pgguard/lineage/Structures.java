package io.pgguard.lineage;

import io.pgguard.catalog.Cast;
import io.pgguard.catalog.Catalog;
import io.pgguard.catalog.Column;
import io.pgguard.catalog.Function;
import io.pgguard.catalog.Relation;
import io.pgguard.catalog.TypeInfo;
import io.pgguard.internal.syntax.tree.Argument;
import io.pgguard.internal.syntax.tree.Constant;
import io.pgguard.internal.syntax.tree.Expression;
import io.pgguard.internal.syntax.tree.FunctionCall;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which values are put together of parts that can be told apart in what comes out: rows, arrays of
 * rows, and JSON that PostgreSQL's own functions make of them with keys that are no values of a
 * protected column. Used by one analysis.
 */
final class Structures {
  /** Larger ones are hidden whole. */
  private static final int MOST_PARTS = 4_000;

  private static final int DEEPEST = 8;
  private static final int JSON = 114;
  private static final int JSONB = 3802;

  private static final Set<String> WRITES = Set.of("to_json", "to_jsonb", "row_to_json");
  private static final Set<String> GATHERS = Set.of("json_agg", "jsonb_agg", "array_agg");
  private static final Set<String> BUILDS_OBJECTS =
      Set.of("json_build_object", "jsonb_build_object");
  private static final Set<String> BUILDS_ARRAYS = Set.of("json_build_array", "jsonb_build_array");
  private static final Set<String> MAPS = Set.of("json_object_agg", "jsonb_object_agg");

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
  private static @Nullable Structure part(Value value, int[] parts) {
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

  /**
   * What a call of PostgreSQL's own makes of its arguments, part by part; null where it makes
   * something else.
   */
  @Nullable Structure called(FunctionCall call, List<Function> functions, List<Value> values) {
    String name = call.name().last();
    if (values.isEmpty()
        || call.variadic()
        || call.distinct()
        || call.over() != null
        || call.withinGroup()
        || functions.stream().anyMatch(f -> !f.schema().equals("pg_catalog"))
        || call.arguments().stream().anyMatch(a -> a.name() != null)
        || (!name.equals("array_agg") && writesByCasts())) {
      return null;
    }
    int[] parts = new int[1];
    Structure made = made(name, call.arguments(), values, parts);
    if (made == null || parts[0] > MOST_PARTS) {
      return null;
    }
    boolean binary = name.startsWith("jsonb") || name.equals("to_jsonb");
    return name.equals("array_agg") ? made : new Structure.Json(made, binary ? JSONB : JSON);
  }

  /** Whether a call makes one JSON object of keys and values, and nothing else. */
  boolean mapsKeys(FunctionCall call, List<Function> functions) {
    return MAPS.contains(call.name().last())
        && call.arguments().size() == 2
        && !functions.isEmpty()
        && functions.stream().allMatch(f -> f.schema().equals("pg_catalog"));
  }

  private @Nullable Structure made(
      String name, List<Argument> arguments, List<Value> values, int[] parts) {
    Structure first = part(values.get(0), parts);
    boolean whole = first != null && !(first instanceof Structure.Leaf);
    if (WRITES.contains(name) || name.equals("array_to_json")) {
      boolean pretty = values.size() == 1 || arguments.get(1).value() instanceof Constant;
      return whole && pretty ? first : null;
    } else if (GATHERS.contains(name)) {
      boolean gathers = values.size() == 1 && (!name.equals("array_agg") || isOne(first));
      return gathers && first != null ? new Structure.Each(first) : null;
    } else if (BUILDS_OBJECTS.contains(name)) {
      return object(arguments, values, parts);
    } else if (BUILDS_ARRAYS.contains(name)) {
      List<Structure> items = new ArrayList<>();
      for (Value value : values) {
        Structure item = part(value, parts);
        if (item == null) {
          return null;
        }
        items.add(item);
      }
      return new Structure.Items(items);
    } else if (MAPS.contains(name) && values.size() == 2) {
      Structure value = part(values.get(1), parts);
      return first instanceof Structure.Leaf keys && value != null
          ? new Structure.Entries(keys, value)
          : null;
    }
    return null;
  }

  /** A row or a document: an array of arrays has no elements of its own. */
  private static boolean isOne(@Nullable Structure structure) {
    return structure instanceof Structure.Row
        || structure instanceof Structure.Json
        || (structure instanceof Structure.Held held && held.within() instanceof Structure.Row);
  }

  private static @Nullable Structure object(
      List<Argument> arguments, List<Value> values, int[] parts) {
    List<Structure.Member> members = new ArrayList<>();
    for (int i = 0; i + 1 < values.size(); i += 2) {
      String key =
          arguments.get(i).value() instanceof Constant constant
                  && constant.kind() == Constant.Kind.STRING
              ? constant.value()
              : null;
      Structure value = part(values.get(i + 1), parts);
      if (key == null || value == null) {
        return null;
      }
      members.add(new Structure.Member(key, value));
    }
    return values.size() % 2 == 0 ? new Structure.Row(members) : null;
  }

  /** Whether JSON of some type is made by casts of the database's own: such JSON is anything. */
  boolean writesByCasts() {
    for (Cast cast : catalog.casts()) {
      if (cast.targetType() == JSON || cast.targetType() == JSONB) {
        return true;
      }
    }
    return false;
  }

  /** What becomes of a value's structure by a cast: JSON stays what it is in its other type. */
  static @Nullable Structure cast(Value operand, int type) {
    boolean json = type == JSON || type == JSONB;
    return json && operand.structure() instanceof Structure.Json document
        ? new Structure.Json(document.within(), type)
        : null;
  }

  /**
   * Whether a value becomes jsonb without fail: json may hold the escape of a NUL character, unless
   * it was made here of other types.
   */
  boolean isParsed(Value value) {
    if (value.structure() == null && value.fields() != null) {
      return value.fields().stream().allMatch(field -> isParsed(field.value()));
    }
    return value.structure() == null
        ? catalog.baseType(value.type()) != JSON
        : isParsed(value.structure());
  }

  private boolean isParsed(Structure structure) {
    return leavesOf(structure)
        .allMatch(leaf -> leaf.type() != 0 && catalog.baseType(leaf.type()) != JSON);
  }

  /** The scalars that a value is put together of. */
  static Stream<Structure.Leaf> leavesOf(Structure structure) {
    return structure instanceof Structure.Leaf leaf
        ? Stream.of(leaf)
        : parts(structure).stream().flatMap(Structures::leavesOf);
  }

  /**
   * What {@code ->}, {@code ->>} and {@code -} with a key make of a document that was made here;
   * null where it is another operation. None of them fails on such a document.
   */
  @Nullable Value operated(String symbol, List<Expression> operands, List<Value> values) {
    Value left = values.get(0);
    boolean json = left.type() == JSON || left.type() == JSONB;
    if (operands.size() != 2
        || !json
        || left.structure() == null
        || !isParsed(left.structure())
        || !(operands.get(1) instanceof Constant constant)
        || constant.kind() != Constant.Kind.STRING
        || !(left.structure() instanceof Structure.Json document)
        || !(document.within() instanceof Structure.Row row)
        || !unique(row)) {
      return null;
    }
    Value derived = Value.of(left.sources().derived(), left.type());
    if (symbol.equals("-") && left.type() == JSONB) {
      return derived.withStructure(left.structure());
    }
    Structure member = member(row, constant.value());
    if (member == null || !Set.of("->", "->>").contains(symbol)) {
      return null;
    }
    boolean text = symbol.equals("->>");
    boolean whole = text ? member instanceof Structure.Leaf : !(member instanceof Structure.Leaf);
    Structure.Leaf leaf =
        member instanceof Structure.Leaf one ? one : new Structure.Leaf(Set.of(), 0);
    boolean same = text && leaf.type() == Value.TEXT;
    if (whole && (same || !text)) {
      return text
          ? derived.withType(Value.TEXT).withStructure(member)
          : derived.withStructure(new Structure.Json(member, left.type()));
    }
    // A mask is of its column's type: of another's text nobody has judged what it shows.
    return member instanceof Structure.Leaf
        ? derived
            .withType(text ? Value.TEXT : left.type())
            .withStructure(
                new Structure.Leaf(Sources.of(leaf.sources()).derived().toSet(), leaf.type()))
        : derived.withType(text ? Value.TEXT : left.type());
  }

  private static boolean unique(Structure.Row row) {
    return row.members().stream().map(Structure.Member::name).distinct().count()
        == row.members().size();
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
      return inner == null ? null : new Structure.Held(held.column(), inner);
    }
    return null;
  }

  private static @Nullable Structure member(Structure.Row row, String name) {
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
