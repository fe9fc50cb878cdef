package io.pgguard.pgwire.message;

import org.jspecify.annotations.Nullable;

/** The result of a {@link FunctionCall}; null for SQL NULL. Type {@code V}. */
@SuppressWarnings("ArrayRecordComponent") // used once, never compared
public record FunctionCallResponse(byte @Nullable [] value) implements Message {

  public static FunctionCallResponse decode(MessageReader in) {
    byte @Nullable [] value = Values.readOne(in);
    in.end();
    return new FunctionCallResponse(value);
  }

  @Override
  public void encode(MessageWriter out) {
    out.begin('V');
    Values.writeOne(out, value);
    out.end();
  }
}
