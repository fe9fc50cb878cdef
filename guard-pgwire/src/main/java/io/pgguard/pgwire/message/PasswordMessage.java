package io.pgguard.pgwire.message;

/**
 * The client's answer to {@link Authentication}: a password or a SASL or GSS response, as it
 * stands. Type {@code p}.
 */
@SuppressWarnings("ArrayRecordComponent") // used once, never compared
public record PasswordMessage(byte[] data) implements Message {

  public static PasswordMessage decode(MessageReader in) {
    return new PasswordMessage(in.rest());
  }

  @Override
  public void encode(MessageWriter out) {
    out.begin('p');
    out.bytes(data);
    out.end();
  }
}
