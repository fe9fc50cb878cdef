package io.pgguard.pgwire.message;

/**
 * What a CancelRequest for this connection must name; the key has 4 bytes in protocol 3.0, up to
 * 256 in 3.2. Type {@code K}.
 */
@SuppressWarnings("ArrayRecordComponent") // used once, never compared
public record BackendKeyData(int processId, byte[] secretKey) implements Message {

  public static BackendKeyData decode(MessageReader in) {
    int processId = in.int32();
    byte[] secretKey = in.rest();
    if (secretKey.length < 4 || secretKey.length > 256) {
      throw in.violation("a key of " + secretKey.length + " bytes");
    }
    return new BackendKeyData(processId, secretKey);
  }

  @Override
  public void encode(MessageWriter out) {
    out.begin('K');
    out.int32(processId).bytes(secretKey);
    out.end();
  }
}
