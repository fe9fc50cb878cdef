package io.pgguard.corpus.opinion;

import io.pgguard.statement.Name;
import java.util.Set;

/**
 * What another parser finds in a text. Immutable.
 *
 * @param relations what it takes for a relation's name, common table expressions among it
 * @param functions what it takes for a function's name
 * @param commonTables the names of the common table expressions
 */
public record Opinion(Set<Name> relations, Set<Name> functions, Set<String> commonTables) {
  public Opinion {
    relations = Set.copyOf(relations);
    functions = Set.copyOf(functions);
    commonTables = Set.copyOf(commonTables);
  }
}
