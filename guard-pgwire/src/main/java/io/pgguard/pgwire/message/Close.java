package io.pgguard.pgwire.message;

/** Closes a statement ({@code S}) or portal ({@code P}). Type {@code C}. */
public record Close(char kind, String name) implements Message {

  public static Close decode(MessageReader in) {
    char kind = Kinds.read(in);
    String name = in.text();
    in.end();
    return new Close(kind, name);
  }

  @Override
  public void encode(MessageWriter out) {
    out.begin('C');
    out.int8((byte) kind).text(name);
    out.end();
  }
}
