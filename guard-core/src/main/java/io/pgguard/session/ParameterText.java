package io.pgguard.session;

import io.pgguard.catalog.Catalog;
import io.pgguard.catalog.TypeInfo;
import io.pgguard.recording.ValueText;
import io.pgguard.statement.Quoted;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.function.IntFunction;
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

  /** The values of a Bind message as constants of SQL; null where one has no words. */
  static IntFunction<@Nullable String> literals(List<ParameterValue> values, Catalog catalog) {
    return number ->
        number < 1 || number > values.size() ? null : literal(values.get(number - 1), catalog);
  }

  private static @Nullable String literal(ParameterValue value, Catalog catalog) {
    String text = value.bytes() == null ? "NULL" : of(value, catalog);
    if (text == null || text.indexOf('\0') >= 0) {
      return null;
    }
    String literal = value.bytes() == null ? text : Quoted.text(text);
    if (value.typeOid() == 0) {
      return literal;
    }
    TypeInfo type = catalog.type(value.typeOid()).orElse(null);
    return type == null
        ? null
        : "CAST("
            + literal
            + " AS "
            + Quoted.name(type.schema())
            + "."
            + Quoted.name(type.name())
            + ")";
  }

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
