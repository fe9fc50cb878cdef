package io.pgguard.console.read;

/**
 * A value as one viewer sees it.
 *
 * @param number its number, from 1
 * @param text the value, or what stands for it
 * @param hidden why it is not shown; empty where it is
 * @param whole whether the text is all of it, hidden or not
 */
public record ShownValue(int number, String text, String hidden, boolean whole) {
  /** Whether the viewer sees it. */
  public boolean seen() {
    return hidden.isEmpty();
  }
}
