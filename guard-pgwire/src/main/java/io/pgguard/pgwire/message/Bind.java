package io.pgguard.pgwire.message;

import org.jspecify.annotations.Nullable;

/**
 * Makes a portal from a statement and values; the format lists hold none, one for all, or one each.
 * Type {@code B}.
 */
@SuppressWarnings("ArrayRecordComponent") // used once, never compared
public record Bind(
    String portal,
    String statement,
    short[] parameterFormats,
    byte[] @Nullable [] values,
    short[] resultFormats)
    implements Message {

  /** Whether a value comes in the binary format. */
  public boolean binary(int value) {
    return Formats.binary(parameterFormats, value);
  }

  public static Bind decode(MessageReader in) {
    String portal = in.text();
    String statement = in.text();
    short[] parameterFormats = in.formats();
    byte[] @Nullable [] values = Values.read(in);
    short[] resultFormats = in.formats();
    in.end();
    if (parameterFormats.length > 1 && parameterFormats.length != values.length) {
      throw in.violation(parameterFormats.length + " formats for " + values.length + " values");
    }
    return new Bind(portal, statement, parameterFormats, values, resultFormats);
  }

  @Override
  public void encode(MessageWriter out) {
    out.begin('B');
    out.text(portal).text(statement).formats(parameterFormats);
    Values.write(out, values);
    out.formats(resultFormats);
    out.end();
  }
}
