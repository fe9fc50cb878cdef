package io.pgguard.pgwire.message;

/** Prepares a text under a name; the empty name is the unnamed statement. Type {@code P}. */
@SuppressWarnings("ArrayRecordComponent") // used once, never compared
public record Parse(String name, String text, int[] parameterTypes) implements Message {

  public static Parse decode(MessageReader in) {
    String name = in.text();
    String text = in.text();
    int[] types = new int[in.count(4)];
    for (int i = 0; i < types.length; i++) {
      types[i] = in.int32();
    }
    in.end();
    return new Parse(name, text, types);
  }

  @Override
  public void encode(MessageWriter out) {
    out.begin('P');
    out.text(name).text(text).int16(parameterTypes.length);
    for (int type : parameterTypes) {
      out.int32(type);
    }
    out.end();
  }
}
