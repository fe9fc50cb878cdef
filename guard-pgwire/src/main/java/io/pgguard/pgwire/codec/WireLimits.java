package io.pgguard.pgwire.codec;

/**
 * How long messages may be, in bytes, counted as the protocol's length field counts.
 *
 * @param data DataRow, CopyData, and Bind and FunctionCall with their values
 * @param text Parse, Query, and the server's descriptions and reports
 * @param small everything else
 * @param waiting how much from the client may wait until the server has answered
 */
public record WireLimits(int data, int text, int small, int waiting) {

  /** A value of 256 MiB with others beside it, 16 MiB of text, 64 KiB of anything else. */
  public static final WireLimits DEFAULT = new WireLimits(257 << 20, 16 << 20, 64 << 10, 320 << 20);

  public WireLimits {
    if (small < 64 || text < small || data < text || waiting < data) {
      throw new IllegalArgumentException(
          "limits must grow from small (at least 64) over text and data to waiting");
    }
  }
}
