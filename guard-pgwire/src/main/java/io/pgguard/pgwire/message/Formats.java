package io.pgguard.pgwire.message;

/** Lists of format codes: none for all text, one for all, or one each. */
public final class Formats {
  private Formats() {}

  /** Whether the thing at an index is binary; text where the list does not reach it. */
  public static boolean binary(short[] formats, int index) {
    if (formats.length == 1) {
      return formats[0] == 1;
    }
    return index < formats.length && formats[index] == 1;
  }
}
