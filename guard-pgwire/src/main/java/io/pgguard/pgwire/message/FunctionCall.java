package io.pgguard.pgwire.message;

import org.jspecify.annotations.Nullable;

/** Calls a function by OID (fast path). Type {@code F}. */
@SuppressWarnings("ArrayRecordComponent") // used once, never compared
public record FunctionCall(
    int functionOid, short[] formats, byte[] @Nullable [] arguments, short resultFormat)
    implements Message {

  public static FunctionCall decode(MessageReader in) {
    int functionOid = in.int32();
    short[] formats = in.formats();
    byte[] @Nullable [] arguments = Values.read(in);
    short resultFormat = in.int16();
    in.end();
    return new FunctionCall(functionOid, formats, arguments, resultFormat);
  }

  @Override
  public void encode(MessageWriter out) {
    out.begin('F');
    out.int32(functionOid).formats(formats);
    Values.write(out, arguments);
    out.int16(resultFormat);
    out.end();
  }
}
