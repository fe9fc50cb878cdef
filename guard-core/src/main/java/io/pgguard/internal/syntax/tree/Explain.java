package io.pgguard.internal.syntax.tree;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;

/**
 * EXPLAIN.
 *
 * @param token index of the first token
 * @param options options; the old form's ANALYZE and VERBOSE too
 * @param statement what is explained
 */
public record Explain(int token, List<Option> options, Statement statement) implements Statement {
  public Explain {
    options = List.copyOf(options);
  }

  /** The statement runs: ANALYZE is given and not switched off; doubt counts as on. */
  public boolean analyzes() {
    boolean on = false;
    for (Option option : options) {
      if (option.name().equals("analyze")) {
        on =
            option.values().isEmpty()
                || !OFF.contains(option.values().get(0).toLowerCase(Locale.ROOT));
      }
    }
    return on;
  }

  private static final Set<String> OFF = Set.of("off", "false", "0");

  @Override
  public void children(Consumer<? super Node> each) {
    options.forEach(each);
    each.accept(statement);
  }
}
