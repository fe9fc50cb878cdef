package io.pgguard.pgwire.message;

/** Runs a portal; 0 rows means all. Type {@code E}. */
public record Execute(String portal, int maxRows) implements Message {

  public static Execute decode(MessageReader in) {
    String portal = in.text();
    int maxRows = in.int32();
    in.end();
    return new Execute(portal, maxRows);
  }

  @Override
  public void encode(MessageWriter out) {
    out.begin('E');
    out.text(portal).int32(maxRows);
    out.end();
  }
}
