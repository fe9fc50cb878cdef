package io.pgguard.pgwire.message;

/** Asks what a statement ({@code S}) or portal ({@code P}) takes and returns. Type {@code D}. */
public record Describe(char kind, String name) implements Message {

  public static Describe decode(MessageReader in) {
    char kind = Kinds.read(in);
    String name = in.text();
    in.end();
    return new Describe(kind, name);
  }

  @Override
  public void encode(MessageWriter out) {
    out.begin('D');
    out.int8((byte) kind).text(name);
    out.end();
  }
}
