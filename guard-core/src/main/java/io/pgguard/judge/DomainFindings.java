package io.pgguard.judge;

import io.pgguard.catalog.Catalog;
import io.pgguard.catalog.Column;
import io.pgguard.catalog.Relation;
import io.pgguard.catalog.TypeInfo;
import io.pgguard.statement.Keyword;
import io.pgguard.statement.StatementFacts;
import io.pgguard.statement.Tokens;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * A domain's new check or NOT NULL looks at every value that its columns hold (PostgreSQL
 * documentation, ALTER DOMAIN). Stateless and thread-safe.
 */
final class DomainFindings {
  /** How many types one may stand on. */
  private static final int DEEPEST = 20;

  private DomainFindings() {}

  /** The protected column whose values are looked at; empty where none are. */
  static Optional<String> looksAt(StatementFacts facts, Tokens tokens, Perspective perspective) {
    Set<String> words = new HashSet<>();
    boolean looks = false;
    for (int i = facts.from(); i < facts.to(); i++) {
      looks |= i > facts.from() && (tokens.is(i, Keyword.ADD) || tokens.is(i, Keyword.VALIDATE));
      if (tokens.isIdentifier(i)) {
        words.add(tokens.value(i));
      }
    }
    if (!looks) {
      return Optional.empty();
    }
    for (Relation relation : perspective.catalog().relations()) {
      for (Column column : relation.columns()) {
        if (isOf(column.typeOid(), words, perspective.catalog())
            && perspective.protections().of(relation.oid(), column.number()).isPresent()) {
          return Optional.of(relation.qualifiedName() + "." + column.name());
        }
      }
    }
    return Optional.empty();
  }

  /** Whether a type is, stands on or is made of a domain of one of these names. */
  private static boolean isOf(int typeOid, Set<String> names, Catalog catalog) {
    int oid = typeOid;
    for (int depth = 0; oid != 0 && depth < DEEPEST; depth++) {
      TypeInfo type = catalog.type(oid).orElse(null);
      if (type == null) {
        return false;
      }
      if (type.baseType() != 0 && names.contains(type.name())) {
        return true;
      }
      oid = type.baseType() != 0 ? type.baseType() : type.elementType();
    }
    return false;
  }
}
