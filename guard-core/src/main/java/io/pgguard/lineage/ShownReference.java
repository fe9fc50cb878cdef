package io.pgguard.lineage;

import java.util.Set;

/**
 * A place in a text that names a column of which only a part is looked at.
 *
 * @param token the index of its first token
 * @param tokens how many tokens it has
 * @param part what is looked at
 * @param columns the stored columns whose own values it stands for
 * @param alias how lineage names these columns where it follows the part: their numbers and this
 */
public record ShownReference(
    int token, int tokens, ShownPart part, Set<ColumnSource> columns, int alias) {
  /** Above every attribute number; the aliases of parts are multiples. */
  static final int STEP = 1 << 16;

  public ShownReference {
    columns = Set.copyOf(columns);
  }

  /** The number of the column that is meant by the number of a part of it. */
  public static int column(int number) {
    return number < STEP ? number : number % STEP;
  }

  /** The alias in a number; 0 where the column itself is meant. */
  public static int alias(int number) {
    return number < STEP ? 0 : number - number % STEP;
  }
}
