package io.pgguard.plan;

import io.pgguard.judge.Perspective;
import io.pgguard.statement.StatementPattern;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Where to look for texts that are written alike but for literals: what stands outside quotes and
 * is no number, as a number, from one perspective. Different texts may share one, so whoever finds
 * something by it compares in full. Immutable and thread-safe.
 */
record Outline(int hash, Perspective perspective) {
  private static final int SEED = ThreadLocalRandom.current().nextInt();

  static Outline of(String text, Perspective perspective) {
    return new Outline(
        StatementPattern.hash(text, SEED) * 31 + perspective.ownNames(), perspective);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Outline outline
        && hash == outline.hash
        && perspective.same(outline.perspective);
  }

  @Override
  public int hashCode() {
    return hash;
  }
}
