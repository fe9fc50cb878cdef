package io.pgguard.mask;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Searches values of a type that nobody names, as each of the forms that they could have: jsonb,
 * text or JSON, an array, a composite; what is none of these as bytes.
 */
final class ScanUnknown implements ValueMasker {
  private final ScanBinding binding;
  private final ColumnTreatment.Scan scan;
  private final ValueMasker text;
  private final ValueMasker json;
  private final ValueMasker jsonb;
  private final ValueMasker record;

  ScanUnknown(ScanBinding binding, ColumnTreatment.Scan scan) {
    this.binding = binding;
    this.scan = scan;
    this.text = binding.textual(scan, ValueKind.TEXT, true);
    this.json = binding.textual(scan, ValueKind.JSON, true);
    this.jsonb = binding.textual(scan, ValueKind.JSONB, true);
    this.record = new ScanRecord(binding, scan, new ScanBytes(new Scanner(scan.detectors())));
  }

  @Override
  public int mask(byte[] in, int offset, int length, ByteSink out) {
    if (length > 1 && in[offset] == 1 && isJson(in, offset + 1, length - 1)) {
      return jsonb.mask(in, offset, length, out);
    }
    if (isText(in, offset, length)) {
      return (isJson(in, offset, length) ? json : text).mask(in, offset, length, out);
    }
    int element = ArrayBinary.elementType(in, offset, length);
    if (element == 0) {
      return record.mask(in, offset, length, out);
    }
    ValueMasker inner = binding.bind(scan, element, true);
    return inner == null ? UNCHANGED : new ArrayBinary(inner).mask(in, offset, length, out);
  }

  /** A document with a part in which something may be found; a bare number is text as well. */
  private static boolean isJson(byte[] in, int offset, int length) {
    boolean document = length > 1 && (in[offset] == '{' || in[offset] == '[' || in[offset] == '"');
    return document && JsonText.isDocument(new String(in, offset, length, StandardCharsets.UTF_8));
  }

  /** Text as the server sends it: UTF-8 without control characters other than white space. */
  private static boolean isText(byte[] in, int offset, int length) {
    for (int i = offset; i < offset + length; i++) {
      boolean control = in[i] >= 0 && in[i] < ' ' || in[i] == 0x7f;
      if (control && in[i] != '\t' && in[i] != '\n' && in[i] != '\r') {
        return false;
      }
    }
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(in, offset, length));
      return true;
    } catch (CharacterCodingException e) {
      return false; // no text: the answer
    }
  }
}
