package io.pgguard.plan;

import io.pgguard.judge.Perspective;
import io.pgguard.statement.TokenKind;
import io.pgguard.statement.Tokens;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The tokens of a text with its literals cut out, seen from one perspective. Compared in full,
 * token by token; hashed with a seed of this process, so that nobody can craft texts that meet.
 * Immutable and thread-safe.
 */
final class Shape {
  private static final int SEED = ThreadLocalRandom.current().nextInt() | 1;

  private final Tokens tokens;
  private final Perspective perspective;
  private final int hash;

  private Shape(Tokens tokens, Perspective perspective, int hash) {
    this.tokens = tokens;
    this.perspective = perspective;
    this.hash = hash;
  }

  static Shape of(Tokens tokens, Perspective perspective) {
    String source = tokens.source();
    int hash = SEED + perspective.ownNames();
    for (int i = 0; i < tokens.size(); i++) {
      TokenKind kind = tokens.kind(i);
      hash = (hash + kind.ordinal()) * (SEED ^ 0x9E3779B2);
      if (!isLiteral(kind)) {
        int end = tokens.end(i);
        for (int at = tokens.start(i); at < end; at++) {
          hash = hash * 31 + source.charAt(at);
        }
      }
    }
    return new Shape(tokens, perspective, hash ^ hash >>> 15);
  }

  /** Whether a token of this kind is a literal. */
  static boolean isLiteral(TokenKind kind) {
    return switch (kind) {
      case STRING, BIT_STRING, INTEGER, NUMERIC -> true;
      default -> false;
    };
  }

  static boolean hasLiteral(Tokens tokens) {
    for (int i = 0; i < tokens.size(); i++) {
      if (isLiteral(tokens.kind(i))) {
        return true;
      }
    }
    return false;
  }

  /** Whether a token is written the same in two texts. */
  static boolean sameText(Tokens a, Tokens b, int i) {
    int start = a.start(i);
    int length = a.end(i) - start;
    int other = b.start(i);
    return b.end(i) - other == length && a.source().regionMatches(start, b.source(), other, length);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Shape shape
        && hash == shape.hash
        && tokens.size() == shape.tokens.size()
        && perspective.same(shape.perspective)
        && sameTokens(shape.tokens);
  }

  private boolean sameTokens(Tokens others) {
    for (int i = 0; i < tokens.size(); i++) {
      TokenKind kind = tokens.kind(i);
      if (kind != others.kind(i) || !isLiteral(kind) && !sameText(tokens, others, i)) {
        return false;
      }
    }
    return true;
  }

  @Override
  public int hashCode() {
    return hash;
  }
}
