package io.pgguard.mask;

import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * How COPY TO STDOUT writes lines (PostgreSQL documentation, "COPY", File Formats). Immutable and
 * thread-safe.
 *
 * @param csv whether it is the csv format; else the text format
 * @param delimiter what separates columns, one ASCII character
 * @param nullText what stands for NULL
 * @param quote what csv puts around a value, one ASCII character
 * @param escape what csv puts before a quote in a value, one ASCII character
 * @param header whether the first line holds names
 */
public record CopyFormat(
    boolean csv, char delimiter, String nullText, char quote, char escape, boolean header) {
  public CopyFormat {
    Objects.requireNonNull(nullText, "nullText");
    check("delimiter", delimiter);
    check("quote", quote);
    check("escape", escape);
    if (csv && delimiter == quote) {
      throw new IllegalArgumentException("csv cannot have one character as delimiter and quote");
    }
  }

  /** The text format with its defaults. */
  public static CopyFormat text() {
    return new CopyFormat(false, '\t', "\\N", '"', '"', false);
  }

  /** The csv format with its defaults. */
  public static CopyFormat commaSeparated() {
    return new CopyFormat(true, ',', "", '"', '"', false);
  }

  byte[] nullBytes() {
    return nullText.getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Whether no value is written as NULL is. In csv format such a value stands in quotes; in text
   * format only a backslash before N is never made of a value (PostgreSQL documentation, "COPY").
   */
  public boolean tellsNulls() {
    return csv || nullText.equals("\\N");
  }

  private static void check(String name, char value) {
    if (value == 0 || value > 0x7f || value == '\n' || value == '\r') {
      throw new IllegalArgumentException(
          "the " + name + " of COPY must be one ASCII character other than a line end");
    }
  }
}
