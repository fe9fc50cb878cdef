package io.pgguard.judge;

import java.util.Objects;

/**
 * A place of a statement where the server is sent a column's mask in place of the column.
 *
 * @param token the index of the first token that names the column
 * @param tokens how many tokens do
 * @param mask what stands around the column's name
 */
public record Substitution(int token, int tokens, MaskSql mask) {
  public Substitution {
    Objects.requireNonNull(mask, "mask");
  }
}
