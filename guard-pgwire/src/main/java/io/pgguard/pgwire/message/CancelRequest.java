package io.pgguard.pgwire.message;

/** Asks the server to break off what another connection runs. Without a type byte. */
@SuppressWarnings("ArrayRecordComponent") // used once, never compared
public record CancelRequest(int processId, byte[] secretKey) implements Message {

  /** The code in the place of a protocol version. */
  public static final int CODE = 1234 << 16 | 5678;

  public static CancelRequest decode(MessageReader in) {
    if (in.int32() != CODE) {
      throw in.violation("not the code of a cancel request");
    }
    int processId = in.int32();
    byte[] secretKey = in.rest();
    if (secretKey.length < 4 || secretKey.length > 256) {
      throw in.violation("a key of " + secretKey.length + " bytes");
    }
    return new CancelRequest(processId, secretKey);
  }

  @Override
  public void encode(MessageWriter out) {
    out.begin();
    out.int32(CODE).int32(processId).bytes(secretKey);
    out.end();
  }
}
