package io.pgguard.console.read;

import java.util.ArrayList;
import java.util.List;

/**
 * A statement and its values, cut into sheets that a person can read one after the other. Nobody
 * approves what they have not been shown to its end. Immutable.
 *
 * @param sheets the sheets in order; at least one
 */
public record Sheets(List<Sheet> sheets) {
  /** How many characters one sheet holds, give or take a line. */
  static final int CHARACTERS = 8_000;

  public Sheets {
    sheets = List.copyOf(sheets);
  }

  /** One sheet. */
  public record Sheet(List<Block> blocks) {
    public Sheet {
      blocks = List.copyOf(blocks);
    }
  }

  /**
   * A piece of the statement or of a value.
   *
   * @param value the value's number, or 0 for the statement
   * @param text the piece
   * @param continues whether it goes on from the sheet before
   */
  public record Block(int value, String text, boolean continues) {}

  /** Cuts them up. */
  public static Sheets of(String text, List<String> values) {
    List<Sheet> sheets = new ArrayList<>();
    List<Block> blocks = new ArrayList<>();
    int left = CHARACTERS;
    for (int i = 0; i <= values.size(); i++) {
      String whole = i == 0 ? text : values.get(i - 1);
      int at = 0;
      do {
        if (left <= 0) {
          sheets.add(new Sheet(blocks));
          blocks = new ArrayList<>();
          left = CHARACTERS;
        }
        int end = end(whole, at, left);
        blocks.add(new Block(i, whole.substring(at, end), at > 0));
        left = end < whole.length() ? 0 : left - Math.max(1, end - at);
        at = end;
      } while (at < whole.length());
    }
    sheets.add(new Sheet(blocks));
    return new Sheets(sheets);
  }

  /** Where to cut: at a line's end where there is one near, and never inside a character. */
  private static int end(String text, int at, int left) {
    if (text.length() - at <= left) {
      return text.length();
    }
    int end = at + left;
    int line = text.lastIndexOf('\n', end - 1) + 1;
    if (line > at + left / 2) {
      return line;
    }
    return Character.isHighSurrogate(text.charAt(end - 1)) ? end + 1 : end;
  }

  public int count() {
    return sheets.size();
  }

  public Sheet sheet(int i) {
    return sheets.get(i);
  }
}
