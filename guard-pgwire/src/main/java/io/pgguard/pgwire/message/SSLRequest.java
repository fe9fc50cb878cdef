package io.pgguard.pgwire.message;

/**
 * Asks whether the server speaks TLS; it answers with one byte, {@code S} or {@code N}. Without a
 * type byte.
 */
public record SSLRequest() implements Message {

  /** The code in the place of a protocol version. */
  public static final int CODE = 1234 << 16 | 5679;

  public static SSLRequest decode(MessageReader in) {
    if (in.int32() != CODE) {
      throw in.violation("not the code of this request");
    }
    in.end();
    return new SSLRequest();
  }

  @Override
  public void encode(MessageWriter out) {
    out.begin();
    out.int32(CODE);
    out.end();
  }
}
