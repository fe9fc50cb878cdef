package io.pgguard.internal.syntax.tree;

import java.util.function.Consumer;

/**
 * IS [NOT] NULL, TRUE, ...; a yes or no about one value.
 *
 * @param token index of the first token
 * @param operand of what
 * @param kind which
 * @param negated NOT
 * @param detail JSON kind and uniqueness; else empty
 */
public record IsTest(int token, Expression operand, Kind kind, boolean negated, String detail)
    implements Expression {
  /** Kinds of tests. */
  public enum Kind {
    NULL,
    TRUE,
    FALSE,
    UNKNOWN,
    DOCUMENT,
    JSON
  }

  @Override
  public void children(Consumer<? super Node> each) {
    each.accept(operand);
  }
}
