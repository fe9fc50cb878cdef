package io.pgguard.reach;

import io.pgguard.statement.Lexer;
import io.pgguard.statement.LexicalException;
import io.pgguard.statement.TokenKind;
import io.pgguard.statement.Tokens;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a function's body mentions, from its tokens alone: this sees more than the body does, never
 * less, as long as the body runs no text that it puts together.
 *
 * @param names every identifier
 * @param called identifiers before an opening parenthesis
 * @param selected identifiers after a point: functional notation may hide there
 * @param operators every operator symbol
 * @param strings every string constant
 * @param computed whether pg_notify gets a channel that is no string constant; one element if so
 */
record BodyReading(
    Set<String> names,
    Set<String> called,
    Set<String> selected,
    Set<String> operators,
    Set<String> strings,
    Set<Boolean> computed) {

  /** Reads a body; null when it does not lex. */
  static @Nullable BodyReading of(String body) {
    try {
      return of(Lexer.lex(body));
    } catch (LexicalException e) {
      return null;
    }
  }

  /** Whether it may run text that it puts together. */
  boolean runsText() {
    return names.contains("execute");
  }

  static BodyReading of(Tokens tokens) {
    BodyReading reading =
        new BodyReading(
            new HashSet<>(),
            new LinkedHashSet<>(),
            new LinkedHashSet<>(),
            new HashSet<>(),
            new HashSet<>(),
            new HashSet<>());
    reading.read(tokens);
    return reading;
  }

  private void read(Tokens tokens) {
    for (int i = 0; i < tokens.size(); i++) {
      TokenKind kind = tokens.kind(i);
      if (kind == TokenKind.STRING) {
        strings.add(tokens.value(i));
      } else if (kind == TokenKind.OPERATOR) {
        operators.add(tokens.text(i));
      } else if (kind == TokenKind.WORD || kind == TokenKind.QUOTED_NAME) {
        String name = tokens.value(i);
        names.add(name);
        if (i + 1 < tokens.size() && tokens.is(i + 1, '(')) {
          called.add(name);
          boolean constant =
              i + 3 < tokens.size() && tokens.is(i + 2, TokenKind.STRING) && tokens.is(i + 3, ',');
          if (name.equals("pg_notify") && !constant) {
            computed.add(true);
          }
        }
        if (i > 0 && tokens.is(i - 1, '.')) {
          selected.add(name);
        }
      }
    }
  }

  /** Whether it may notify on a channel whose name it works out while it runs. */
  boolean computesChannel() {
    return !computed.isEmpty()
        || runsText()
            && strings.stream().anyMatch(text -> text.toLowerCase(Locale.ROOT).contains("notify"));
  }

  /** Whether any of these words stands in the body as an identifier. */
  boolean mentions(Set<String> words) {
    for (String word : words) {
      if (names.contains(word)) {
        return true;
      }
    }
    return false;
  }

  /** The first of these names that the body mentions, or null. */
  @Nullable String firstOf(Set<String> protectedNames) {
    for (String name : names) {
      if (protectedNames.contains(name)) {
        return name;
      }
    }
    return null;
  }
}
