package io.pgguard.pgwire.message;

/** The row count of Execute was reached before the portal ended. Type {@code s}; no body. */
public record PortalSuspended() implements Message {

  public static PortalSuspended decode(MessageReader in) {
    in.end();
    return new PortalSuspended();
  }

  @Override
  public void encode(MessageWriter out) {
    out.begin('s').end();
  }
}
