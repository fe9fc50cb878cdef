package io.pgguard.pgwire.message;

/** A statement ended; the tag says which and for how many rows. Type {@code C}. */
public record CommandComplete(String tag) implements Message {

  public static CommandComplete decode(MessageReader in) {
    String tag = in.text();
    in.end();
    return new CommandComplete(tag);
  }

  @Override
  public void encode(MessageWriter out) {
    out.begin('C');
    out.text(tag);
    out.end();
  }
}
