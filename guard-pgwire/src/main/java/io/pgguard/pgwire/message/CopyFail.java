package io.pgguard.pgwire.message;

/** The client breaks off a COPY to the server. Type {@code f}. */
public record CopyFail(String reason) implements Message {

  public static CopyFail decode(MessageReader in) {
    String reason = in.text();
    in.end();
    return new CopyFail(reason);
  }

  @Override
  public void encode(MessageWriter out) {
    out.begin('f');
    out.text(reason);
    out.end();
  }
}
