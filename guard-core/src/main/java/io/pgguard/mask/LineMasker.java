package io.pgguard.mask;

/** Rewrites CopyData of a COPY to the client. */
public interface LineMasker {
  /** The data to relay instead; may hold back an incomplete line until more comes. */
  byte[] data(byte[] data, int offset, int length);

  /** What was held back, at the end. */
  byte[] end();

  /**
   * Whether a limit of the policy was reached: what came back until then is relayed, and nothing
   * more.
   */
  default boolean over() {
    return false;
  }
}
