package io.pgguard.corpus.worlds;

/**
 * How one machine runs.
 *
 * @param inference the policy's setting
 * @param own whether each world has a catalog of its own, read through a connection of its own:
 *     slower, and needed where objects are made while it runs
 */
record Setting(String inference, boolean own) {
  /** {@code deny}, {@code equality}, each also with {@code /own} behind it. */
  static Setting of(String text) {
    String[] words = text.strip().split("/", -1);
    return new Setting(words[0], words.length > 1 && words[1].equals("own"));
  }

  boolean guesses() {
    return inference.startsWith("equality");
  }

  @Override
  public String toString() {
    return own ? inference + "/own" : inference;
  }
}
