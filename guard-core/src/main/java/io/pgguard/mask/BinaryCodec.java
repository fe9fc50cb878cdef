package io.pgguard.mask;

/**
 * Between the binary and the text format of one type. Masks are written for texts; a binary value
 * is taken through its text. Thread-safe.
 */
interface BinaryCodec {

  /**
   * Appends the text of a binary value, as the server would write it.
   *
   * @return false when the value has no plain text, such as infinity; nothing is meant then
   * @throws MalformedRowException when the bytes are no value of the type
   */
  boolean toText(byte[] in, int offset, int length, ByteSink out);

  /**
   * Appends the binary value of a text.
   *
   * @return false when the text is no value of the type; what was appended is then to be dropped
   */
  boolean fromText(byte[] in, int offset, int length, ByteSink out);

  /** The codec of a kind of values; for {@link ValueKind#OTHER} there is none to ask for. */
  static BinaryCodec of(ValueKind kind) {
    return switch (kind) {
      case TEXT, PADDED_TEXT, NAME, XML, JSON -> new TextCodec(false);
      case JSONB -> new TextCodec(true);
      case BOOLEAN -> new BooleanCodec();
      case INT2 -> new IntegerCodec(2);
      case INT4 -> new IntegerCodec(4);
      case INT8, MONEY -> new IntegerCodec(8);
      case FLOAT4 -> new FloatCodec(true);
      case FLOAT8 -> new FloatCodec(false);
      case NUMERIC -> new NumericCodec();
      case DATE -> new DateCodec();
      case TIMESTAMP -> new TimestampCodec(false);
      case TIMESTAMPTZ -> new TimestampCodec(true);
      case UUID -> new UuidCodec();
      case BYTEA -> new ByteaCodec();
      case OTHER -> throw new IllegalArgumentException("no codec for a type that is not known");
    };
  }

  /** Checks that a value has the one length its type has. */
  static void checkLength(int length, int expected) {
    if (length != expected) {
      throw new MalformedRowException(
          "a binary value has " + length + " bytes where its type has " + expected);
    }
  }
}
