package io.pgguard.session;

import io.pgguard.catalog.Catalog;
import io.pgguard.catalog.TypeInfo;
import io.pgguard.recording.ValueText;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A parameter's value in PostgreSQL's text format, also where it came in the binary one. Stateless
 * and thread-safe.
 */
final class ParameterText {
  /** Types, by OID, whose binary format is known to the letter. */
  private static final Set<Integer> KNOWN =
      Set.of(
          16, 17, 18, 19, 20, 21, 23, 25, 26, 114, 142, 700, 701, 705, 1042, 1043, 1082, 1114, 1184,
          1700, 2950, 3802);

  private static final int MOST_ELEMENTS = 100_000;

  private ParameterText() {}

  /** The value's text; null for SQL NULL, and where its binary format is not known. */
  static @Nullable String of(ParameterValue value, Catalog catalog) {
    byte[] bytes = value.bytes();
    if (bytes == null) {
      return null;
    }
    if (!value.binary()) {
      return new String(bytes, StandardCharsets.UTF_8);
    }
    TypeInfo type = catalog.type(value.typeOid()).orElse(null);
    try {
      return type != null && type.isArray()
          ? array(ByteBuffer.wrap(bytes), bytes, catalog)
          : scalar(value.typeOid(), type, bytes, 0, bytes.length);
    } catch (BufferUnderflowException | IndexOutOfBoundsException e) {
      return null; // no array as the server reads one; it will say so itself
    }
  }

  private static @Nullable String scalar(
      int oid, @Nullable TypeInfo type, byte[] bytes, int offset, int length) {
    if (type != null && type.kind() == TypeInfo.Kind.ENUM) {
      return new String(bytes, offset, length, StandardCharsets.UTF_8);
    }
    return KNOWN.contains(oid) ? ValueText.ofBinary(oid, bytes, offset, length) : null;
  }

  /** Of one dimension: its number, flags, element type, length, lower bound, elements. */
  private static @Nullable String array(ByteBuffer in, byte[] bytes, Catalog catalog) {
    int dimensions = in.getInt();
    in.getInt();
    int element = in.getInt();
    if (dimensions == 0) {
      return "{}";
    }
    int count = in.getInt();
    in.getInt();
    if (dimensions != 1 || count < 0 || count > MOST_ELEMENTS) {
      return null;
    }
    TypeInfo type = catalog.type(element).orElse(null);
    StringBuilder text = new StringBuilder("{");
    for (int i = 0; i < count; i++) {
      text.append(i == 0 ? "" : ",");
      int length = in.getInt();
      if (length < 0) {
        text.append("NULL");
        continue;
      }
      String one = scalar(element, type, bytes, in.position(), length);
      if (one == null) {
        return null;
      }
      in.position(in.position() + length);
      text.append('"').append(one.replace("\\", "\\\\").replace("\"", "\\\"")).append('"');
    }
    return text.append('}').toString();
  }
}
