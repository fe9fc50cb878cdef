package io.pgguard.pgwire.message;

/** A text of any number of statements, run at once (simple query). Type {@code Q}. */
public record Query(String text) implements Message {

  public static Query decode(MessageReader in) {
    String text = in.text();
    in.end();
    return new Query(text);
  }

  @Override
  public void encode(MessageWriter out) {
    out.begin('Q');
    out.text(text);
    out.end();
  }
}
