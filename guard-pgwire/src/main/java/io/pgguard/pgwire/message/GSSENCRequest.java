package io.pgguard.pgwire.message;

/**
 * Asks whether the server encrypts with GSSAPI; it answers with one byte, {@code G} or {@code N}.
 * Without a type byte.
 */
public record GSSENCRequest() implements Message {

  /** The code in the place of a protocol version. */
  public static final int CODE = 1234 << 16 | 5680;

  public static GSSENCRequest decode(MessageReader in) {
    if (in.int32() != CODE) {
      throw in.violation("not the code of this request");
    }
    in.end();
    return new GSSENCRequest();
  }

  @Override
  public void encode(MessageWriter out) {
    out.begin();
    out.int32(CODE);
    out.end();
  }
}
