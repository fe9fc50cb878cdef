package io.pgguard.internal.syntax;

import io.pgguard.internal.syntax.tree.Statement;

/** What came of parsing: a tree that accounts for every token, or the place where it ended. */
public sealed interface ParseResult {
  /**
   * The tree.
   *
   * @param statement the whole statement; every token given is part of it
   */
  record Parsed(Statement statement) implements ParseResult {}

  /**
   * No tree. The text may be wrong, or of a kind that Guard's parser does not know.
   *
   * @param reason what was expected, for people
   * @param token index of the token at which parsing ended; it may be just past the last one
   */
  record NotParsed(String reason, int token) implements ParseResult {}
}
