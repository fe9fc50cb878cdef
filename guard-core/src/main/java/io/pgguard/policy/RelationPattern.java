package io.pgguard.policy;

import java.util.List;

/**
 * Names relations: {@code schema.relation}, each with {@code *} and {@code {a,b}}. Immutable and
 * thread-safe.
 *
 * <p>A relation comes as one text, {@code schema.relation}. Where a name itself holds a dot there
 * is more than one way to read that text: {@link #matches} takes any, {@link #covers} needs all.
 */
public final class RelationPattern {
  private final String text;
  private final List<List<Glob>> alternatives;

  private RelationPattern(String text, List<List<Glob>> alternatives) {
    this.text = text;
    this.alternatives = alternatives;
  }

  /**
   * Reads a pattern.
   *
   * @throws IllegalArgumentException when it is none; the message says what to write
   */
  public static RelationPattern of(String text) {
    return new RelationPattern(text, PatternText.read(text, 2, "public.customers"));
  }

  /** Whether it may name this relation. */
  public boolean matches(String relation) {
    for (int dot = relation.indexOf('.'); dot >= 0; dot = relation.indexOf('.', dot + 1)) {
      if (matchesAt(relation, dot)) {
        return true;
      }
    }
    return false;
  }

  /** Whether it names this relation however the text is read. */
  public boolean covers(String relation) {
    int dot = relation.indexOf('.');
    if (dot < 0) {
      return false;
    }
    for (; dot >= 0; dot = relation.indexOf('.', dot + 1)) {
      if (!matchesAt(relation, dot)) {
        return false;
      }
    }
    return true;
  }

  private boolean matchesAt(String relation, int dot) {
    for (List<Glob> names : alternatives) {
      if (names.get(0).matches(relation, 0, dot)
          && names.get(1).matches(relation, dot + 1, relation.length())) {
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
