package io.pgguard.pgwire.message;

/** The types of a statement's parameters. Type {@code t}. */
@SuppressWarnings("ArrayRecordComponent") // used once, never compared
public record ParameterDescription(int[] types) implements Message {

  public static ParameterDescription decode(MessageReader in) {
    int[] types = new int[in.count(4)];
    for (int i = 0; i < types.length; i++) {
      types[i] = in.int32();
    }
    in.end();
    return new ParameterDescription(types);
  }

  @Override
  public void encode(MessageWriter out) {
    out.begin('t');
    out.int16(types.length);
    for (int type : types) {
      out.int32(type);
    }
    out.end();
  }
}
