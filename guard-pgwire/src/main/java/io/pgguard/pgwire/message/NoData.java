package io.pgguard.pgwire.message;

/** What was described returns no rows. Type {@code n}; no body. */
public record NoData() implements Message {

  public static NoData decode(MessageReader in) {
    in.end();
    return new NoData();
  }

  @Override
  public void encode(MessageWriter out) {
    out.begin('n').end();
  }
}
