package io.pgguard.judge;

import io.pgguard.statement.TokenKind;
import io.pgguard.statement.Tokens;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * A statement with values in place of its parameters: never run, only asked about. Whether a WHERE
 * leaves a row alone, or how many rows an INSERT brings, depends on them. Stateless and
 * thread-safe.
 */
public final class BoundText {
  private BoundText() {}

  /** The text of tokens with each parameter replaced; null where some value has no words. */
  public static @Nullable String of(
      Tokens tokens, int from, int to, IntFunction<@Nullable String> literal) {
    StringBuilder text = new StringBuilder();
    int copied = tokens.start(from);
    for (int i = from; i < to; i++) {
      if (tokens.is(i, TokenKind.PARAMETER)) {
        String value = literal.apply(tokens.parameter(i));
        if (value == null) {
          return null;
        }
        text.append(tokens.source(), copied, tokens.start(i));
        text.append(" (").append(value).append(") ");
        copied = tokens.end(i);
      }
    }
    return text.append(tokens.source(), copied, tokens.end(to - 1)).toString();
  }
}
