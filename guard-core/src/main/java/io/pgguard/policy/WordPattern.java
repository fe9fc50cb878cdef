package io.pgguard.policy;

import java.util.ArrayList;
import java.util.List;

/**
 * Names anything that is one word to a policy (a class, a group, an agent, a model), with {@code *}
 * and {@code {a,b}}; a dot is only a character. Exact but for the case of ASCII letters. Immutable
 * and thread-safe.
 */
public final class WordPattern {
  private final String text;
  private final List<Glob> alternatives;

  private WordPattern(String text, List<Glob> alternatives) {
    this.text = text;
    this.alternatives = alternatives;
  }

  /**
   * Reads a pattern.
   *
   * @throws IllegalArgumentException when it is empty or its braces do not match
   */
  public static WordPattern of(String text) {
    List<Glob> globs = new ArrayList<>();
    for (String one : PatternText.expand(text)) {
      if (one.isBlank()) {
        throw new IllegalArgumentException("a pattern must not be empty; write `*` for any");
      }
      globs.add(Glob.unquoted(one));
    }
    return new WordPattern(text, List.copyOf(globs));
  }

  /** Whether it names this word. */
  public boolean matches(String word) {
    for (int i = 0; i < alternatives.size(); i++) {
      if (alternatives.get(i).matches(word)) {
        return true;
      }
    }
    return false;
  }

  /** The pattern as it was written. */
  public String text() {
    return text;
  }

  @Override
  public String toString() {
    return text;
  }
}
