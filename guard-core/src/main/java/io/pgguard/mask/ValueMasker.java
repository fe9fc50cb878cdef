package io.pgguard.mask;

/**
 * Turns one value of one type and format into what may be seen of it. Chosen once for a result
 * column, then called for each row. Not thread-safe: implementations keep scratch buffers.
 */
interface ValueMasker {
  /** The masked value is NULL; nothing was appended. */
  int NULL = -1;

  /** The value may be seen as it is; nothing was appended. */
  int UNCHANGED = -2;

  /** {@link #mask} appended the masked value. */
  int APPENDED = 0;

  /** Whether NULLs are masked too: then {@link #mask} takes one as a value without bytes. */
  default boolean masksNulls() {
    return false;
  }

  /**
   * Masks one value, which is not NULL unless {@link #masksNulls} says so.
   *
   * @param in holds the value
   * @param out receives the masked value
   * @return {@link #NULL}, {@link #UNCHANGED} or {@link #APPENDED}
   * @throws MalformedRowException when the value is no value of its type
   */
  int mask(byte[] in, int offset, int length, ByteSink out);
}
