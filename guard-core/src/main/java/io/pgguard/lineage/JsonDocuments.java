package io.pgguard.lineage;

import io.pgguard.catalog.Cast;
import io.pgguard.catalog.Catalog;
import io.pgguard.catalog.Function;
import io.pgguard.internal.syntax.tree.Argument;
import io.pgguard.internal.syntax.tree.ArrayValue;
import io.pgguard.internal.syntax.tree.Constant;
import io.pgguard.internal.syntax.tree.Expression;
import io.pgguard.internal.syntax.tree.FunctionCall;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * JSON that PostgreSQL's own functions make with keys that are no values of a protected column, and
 * arrays of rows: what its parts are, and what operators take out of it. Used by one analysis.
 */
final class JsonDocuments {
  private static final int JSON = 114;
  private static final int JSONB = 3802;

  private static final Set<String> WRITES = Set.of("to_json", "to_jsonb", "row_to_json");
  private static final Set<String> GATHERS = Set.of("json_agg", "jsonb_agg", "array_agg");
  private static final Set<String> BUILDS_OBJECTS =
      Set.of("json_build_object", "jsonb_build_object");
  private static final Set<String> BUILDS_ARRAYS = Set.of("json_build_array", "jsonb_build_array");
  private static final Set<String> MAPS = Set.of("json_object_agg", "jsonb_object_agg");

  private final Catalog catalog;

  JsonDocuments(Catalog catalog) {
    this.catalog = catalog;
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
    if (made == null || parts[0] > Structures.MOST_PARTS) {
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
    Structure first = Structures.part(values.get(0), parts);
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
        Structure item = Structures.part(value, parts);
        if (item == null) {
          return null;
        }
        items.add(item);
      }
      return new Structure.Items(items);
    } else if (MAPS.contains(name) && values.size() == 2) {
      Structure value = Structures.part(values.get(1), parts);
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
      Structure value = Structures.part(values.get(i + 1), parts);
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
    return Structures.leavesOf(structure)
        .allMatch(leaf -> leaf.type() != 0 && catalog.baseType(leaf.type()) != JSON);
  }

  /**
   * What {@code ->}, {@code ->>} and {@code -} with a key, or {@code -} with an array of keys, make
   * of a document that was made here; null where it is another operation. None of them fails on
   * such a document.
   */
  @Nullable Value operated(String symbol, List<Expression> operands, List<Value> values) {
    Value left = values.get(0);
    boolean json = left.type() == JSON || left.type() == JSONB;
    if (operands.size() != 2
        || !json
        || left.structure() == null
        || !isParsed(left.structure())
        || !(left.structure() instanceof Structure.Json document)
        || !(document.within() instanceof Structure.Row row)
        || !unique(row)) {
      return null;
    }
    Value derived = Value.of(left.sources().derived(), left.type());
    boolean keys = isKey(operands.get(1)) || areKeys(operands.get(1));
    if (symbol.equals("-") && left.type() == JSONB && keys) {
      return derived.withStructure(left.structure());
    }
    if (!(operands.get(1) instanceof Constant constant) || !isKey(constant)) {
      return null;
    }
    Structure member = Structures.member(row, constant.value());
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

  private static boolean isKey(Expression expression) {
    return expression instanceof Constant constant && constant.kind() == Constant.Kind.STRING;
  }

  private static boolean areKeys(Expression expression) {
    return expression instanceof ArrayValue array
        && !array.elements().isEmpty()
        && array.elements().stream().allMatch(JsonDocuments::isKey);
  }

  private static boolean unique(Structure.Row row) {
    return row.members().stream().map(Structure.Member::name).distinct().count()
        == row.members().size();
  }
}
