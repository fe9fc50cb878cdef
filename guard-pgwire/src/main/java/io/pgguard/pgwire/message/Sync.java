package io.pgguard.pgwire.message;

/**
 * Asks the server to end the extended-query series and report that it is ready. Type {@code S}; no
 * body.
 */
public record Sync() implements Message {

  public static Sync decode(MessageReader in) {
    in.end();
    return new Sync();
  }

  @Override
  public void encode(MessageWriter out) {
    out.begin('S').end();
  }
}
