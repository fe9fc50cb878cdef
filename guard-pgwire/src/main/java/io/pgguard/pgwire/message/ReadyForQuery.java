package io.pgguard.pgwire.message;

/**
 * The server waits for the next text: {@code I} idle, {@code T} in a transaction, {@code E} in a
 * failed one. Type {@code Z}.
 */
public record ReadyForQuery(char status) implements Message {

  public static ReadyForQuery decode(MessageReader in) {
    char status = (char) in.int8();
    in.end();
    if (status != 'I' && status != 'T' && status != 'E') {
      throw in.violation("unknown transaction status " + (int) status);
    }
    return new ReadyForQuery(status);
  }

  @Override
  public void encode(MessageWriter out) {
    out.begin('Z');
    out.int8((byte) status);
    out.end();
  }
}
