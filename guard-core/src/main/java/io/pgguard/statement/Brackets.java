package io.pgguard.statement;

/**
 * Which bracket closes which, and how deep they nest; found in one pass without recursion.
 * Immutable.
 */
final class Brackets {
  private final int[] partners;
  private final boolean balanced;

  private Brackets(int[] partners, boolean balanced) {
    this.partners = partners;
    this.balanced = balanced;
  }

  static Brackets of(Tokens tokens) {
    int[] partners = new int[tokens.size()];
    int[] open = new int[tokens.size() + 1];
    int depth = 0;
    boolean balanced = true;
    for (int i = 0; i < tokens.size(); i++) {
      partners[i] = -1;
      if (tokens.is(i, '(') || tokens.is(i, '[')) {
        open[depth++] = i;
      } else if (tokens.is(i, ')') || tokens.is(i, ']')) {
        char opener = tokens.is(i, ')') ? '(' : '[';
        if (depth == 0 || !tokens.is(open[depth - 1], opener)) {
          balanced = false;
        } else {
          depth--;
          partners[i] = open[depth];
          partners[open[depth]] = i;
        }
      }
    }
    return new Brackets(partners, balanced && depth == 0);
  }

  /** Whether every bracket has its partner. */
  boolean balanced() {
    return balanced;
  }

  /** The index of the other bracket, or -1 when there is none. */
  int partner(int i) {
    return partners[i];
  }
}
