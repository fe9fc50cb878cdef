package io.pgguard.reach;

import io.pgguard.catalog.Catalog;
import io.pgguard.catalog.Function;
import io.pgguard.catalog.Operator;
import io.pgguard.catalog.Relation;
import io.pgguard.catalog.TypeInfo;
import io.pgguard.wording.ReachWording;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * What of PostgreSQL's own is hidden by schemas that are searched before pg_catalog. A relation or
 * type hides one of its name. A function or operator hides one that takes the same types; of all
 * others that the schemas of the path hold, the types choose, whatever their order (PostgreSQL
 * documentation, "Type Conversion"; FuncnameGetCandidates and OpernameGetCandidates, namespace.c).
 * Stateless.
 */
final class Hidden {
  private Hidden() {}

  /** The first thing that hides one, in words; empty where nothing does. */
  static Optional<String> by(Collection<String> schemas, Catalog catalog) {
    for (Relation relation : catalog.relations()) {
      if (schemas.contains(relation.schema())
          && catalog.relation("pg_catalog", relation.name()).isPresent()) {
        return Optional.of(relation.qualifiedName());
      }
    }
    for (TypeInfo type : catalog.types()) {
      if (schemas.contains(type.schema())
          && catalog.typesNamed(type.name()).stream().anyMatch(t -> isSystem(t.schema()))) {
        return Optional.of(ReachWording.TYPE.words(type.schema() + "." + type.name()));
      }
    }
    for (Function function : catalog.functions()) {
      if (schemas.contains(function.schema()) && hides(function, catalog)) {
        return Optional.of(function.signature());
      }
    }
    for (Operator operator : catalog.operators()) {
      // PostgreSQL's own take its own types alone
      if (schemas.contains(operator.schema())
          && isOwn(operator.leftType())
          && isOwn(operator.rightType())) {
        return Optional.of(ReachWording.OPERATOR.words(operator.schema() + "." + operator.name()));
      }
    }
    return Optional.empty();
  }

  private static boolean hides(Function function, Catalog catalog) {
    for (Function other : catalog.functionsNamed(function.name())) {
      List<Integer> types = function.argumentTypes();
      if (isSystem(other.schema())
          && (types.equals(other.argumentTypes()) || isLoose(function) || isLoose(other))) {
        return true;
      }
    }
    return false;
  }

  /** What may be called with other arguments than it has may look like another one. */
  private static boolean isLoose(Function function) {
    return function.inputs().variadic() || function.inputs().defaults() > 0;
  }

  private static boolean isOwn(int typeOid) {
    return typeOid == 0 || Function.builtIn(typeOid);
  }

  private static boolean isSystem(String schema) {
    return schema.equals("pg_catalog");
  }
}
