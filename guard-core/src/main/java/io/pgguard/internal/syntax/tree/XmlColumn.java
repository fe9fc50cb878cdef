package io.pgguard.internal.syntax.tree;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A column of XMLTABLE.
 *
 * @param token index of the first token
 * @param name its name
 * @param type its type; null for FOR ORDINALITY
 * @param path PATH
 * @param defaultValue DEFAULT
 * @param notNull NOT NULL
 */
public record XmlColumn(
    int token,
    String name,
    @Nullable TypeName type,
    @Nullable Expression path,
    @Nullable Expression defaultValue,
    boolean notNull)
    implements Node {
  @Override
  public void children(Consumer<? super Node> each) {
    if (type != null) {
      each.accept(type);
    }
    if (path != null) {
      each.accept(path);
    }
    if (defaultValue != null) {
      each.accept(defaultValue);
    }
  }
}
