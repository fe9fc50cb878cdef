package io.pgguard.internal.syntax.tree;

import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A name of one part or more, as the lexer folded it: {@code a}, {@code a.b}, {@code a.b.c}.
 *
 * @param token index of the first token
 * @param parts at least one
 */
public record Name(int token, List<String> parts) implements Node {
  public Name {
    parts = List.copyOf(parts);
  }

  /** The last part: the object's own name. */
  public String last() {
    return parts.get(parts.size() - 1);
  }

  /** The part before the last, or null. */
  public @Nullable String schema() {
    return parts.size() < 2 ? null : parts.get(parts.size() - 2);
  }

  /** The parts with points between them, for messages. */
  public String text() {
    return String.join(".", parts);
  }

  @Override
  public void children(Consumer<? super Node> each) {}
}
