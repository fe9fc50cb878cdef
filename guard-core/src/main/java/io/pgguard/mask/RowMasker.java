package io.pgguard.mask;

/**
 * Rewrites rows of one result. A row is the body of a DataRow message: a 16-bit count of columns,
 * then for each a 32-bit length (-1 for NULL) and that many bytes (PostgreSQL documentation,
 * "Message Formats"). Not thread-safe: it keeps a buffer between rows.
 */
public interface RowMasker {

  /** Whether every row passes unchanged: then the edge relays slices and calls nothing. */
  boolean passes();

  /**
   * Rewrites one row.
   *
   * @return true when the row changed and {@link #buffer} and {@link #length} hold it; false when
   *     it passes as it is
   */
  boolean mask(byte[] row, int offset, int length);

  /** The rewritten row, from index 0; valid until the next call of {@link #mask}. */
  byte[] buffer();

  /** How many bytes of {@link #buffer} are the row. */
  int length();
}
