package io.pgguard.pgwire.message;

/**
 * What the server asks for before it lets the client in; code 0 is AuthenticationOk. Type {@code
 * R}.
 */
@SuppressWarnings("ArrayRecordComponent") // used once, never compared
public record Authentication(int code, byte[] data) implements Message {

  public static Authentication decode(MessageReader in) {
    return new Authentication(in.int32(), in.rest());
  }

  @Override
  public void encode(MessageWriter out) {
    out.begin('R');
    out.int32(code).bytes(data);
    out.end();
  }
}
