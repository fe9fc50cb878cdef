package io.pgguard.mask;

/**
 * Takes the data of COPY FROM STDIN apart, to look at the values of some columns. It follows the
 * data as long as each row has its columns: the server refuses the first that has not. Not
 * thread-safe.
 */
public interface CopyValues {

  /** Takes a value that is not NULL. */
  interface Taker {
    /**
     * @param column its index
     * @param bytes hold it from 0 on, until this returns: without quotes and escapes, or as the
     *     binary format has it
     */
    void value(int column, byte[] bytes, int length);
  }

  /** Takes data as it comes in CopyData messages, cut anywhere. */
  void accept(byte[] data, int offset, int length);

  /** The data has ended. */
  void finish();

  /**
   * Of data in text or csv format.
   *
   * @param wanted which columns are looked at, by index
   */
  static CopyValues lines(CopyFormat format, boolean[] wanted, Taker taker) {
    return new CopyLineValues(format, wanted, taker);
  }

  /** Of data in binary format. */
  static CopyValues binary(boolean[] wanted, Taker taker) {
    return new CopyBinaryValues(wanted, taker);
  }
}
