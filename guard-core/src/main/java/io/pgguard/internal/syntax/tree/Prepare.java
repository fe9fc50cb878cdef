package io.pgguard.internal.syntax.tree;

import java.util.List;
import java.util.function.Consumer;

/**
 * PREPARE.
 *
 * @param token index of the first token
 * @param name its name
 * @param types of parameters; none if not given
 * @param statement what is prepared
 */
public record Prepare(int token, String name, List<TypeName> types, Statement statement)
    implements Statement {
  public Prepare {
    types = List.copyOf(types);
  }

  @Override
  public void children(Consumer<? super Node> each) {
    types.forEach(each);
    each.accept(statement);
  }
}
