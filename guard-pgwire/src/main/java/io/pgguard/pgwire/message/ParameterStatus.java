package io.pgguard.pgwire.message;

/** The value of a reported setting. Type {@code S}. */
public record ParameterStatus(String name, String value) implements Message {

  public static ParameterStatus decode(MessageReader in) {
    String name = in.lenientText();
    String value = in.lenientText();
    in.end();
    return new ParameterStatus(name, value);
  }

  @Override
  public void encode(MessageWriter out) {
    out.begin('S');
    out.text(name).text(value);
    out.end();
  }
}
