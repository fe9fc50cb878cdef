package io.pgguard.lineage;

import io.pgguard.internal.syntax.tree.Cast;
import io.pgguard.internal.syntax.tree.TypeName;
import io.pgguard.reach.CalledFunction;
import java.util.List;

/** What casts make of their operands, and which types a text names. Used by one analysis. */
final class Casts {
  private final Analysis analysis;

  Casts(Analysis analysis) {
    this.analysis = analysis;
  }

  Value value(Cast cast, Scope scope) {
    Value operand = analysis.value(cast.operand(), scope);
    TypeName type = cast.type();
    boolean system = isSystemType(type);
    if (!system) {
      analysis.called(
          CalledFunction.of(CalledFunction.Form.CAST, type.name().schema(), type.name().last()));
    }
    int target = system ? systemType(type) : 0;
    analysis.failures.cast(cast, operand, target);
    List<Value.Field> fields =
        system || type.dimensions() > 0
            ? null
            : analysis.references.rowType(type, operand.derived());
    boolean plain = target == Digits.NUMERIC && type.modifiers().isEmpty();
    return Value.of(operand.sources().derived(), target)
        .withDigits(plain ? Digits.of(operand, cast.operand()) : null)
        .withFields(fields)
        .withStructure(JsonDocuments.cast(operand, target));
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

  /** OID of a type that PREPARE declares, or -1. */
  int declared(TypeName type) {
    int oid = isSystemType(type) ? systemType(type) : 0;
    return oid == 0 ? -1 : oid;
  }

  boolean isSystemType(TypeName type) {
    String schema = type.name().schema();
    if (schema != null) {
      return schema.equals("pg_catalog");
    }
    return analysis.snapshot.systemTypes().containsKey(type.name().last());
  }
}
