package io.pgguard.session;

import io.pgguard.wording.Said;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The fields of an ErrorResponse or NoticeResponse (PostgreSQL documentation, "Error and Notice
 * Message Fields"). Immutable.
 *
 * @param fields value by field type byte: {@code S} severity, {@code C} SQLSTATE, {@code M}
 *     message, ...
 */
public record ServerMessage(Map<Character, String> fields) {
  public ServerMessage {
    fields = Map.copyOf(fields);
  }

  /** An error of Guard's own. */
  public static ServerMessage error(
      String sqlState, String message, @Nullable String detail, @Nullable String hint) {
    Map<Character, String> fields = new LinkedHashMap<>();
    fields.put('S', "ERROR");
    fields.put('V', "ERROR");
    fields.put('C', sqlState);
    fields.put('M', message);
    if (detail != null) {
      fields.put('D', detail);
    }
    if (hint != null) {
      fields.put('H', hint);
    }
    return new ServerMessage(fields);
  }

  /** An error in words of the catalog. */
  public static ServerMessage error(Said said) {
    return error(said, said.sqlState());
  }

  /** A notice in words of the catalog. */
  public static ServerMessage notice(Said said) {
    return error(said).with('S', "NOTICE").with('V', "NOTICE");
  }

  /** An error in words of the catalog, with a SQLSTATE that another gave. */
  public static ServerMessage error(Said said, String sqlState) {
    return error(sqlState, said.message(), said.detail(), said.hint());
  }

  /** An error that ends the connection, in words of the catalog. */
  public static ServerMessage fatal(Said said) {
    return fatal(said, said.sqlState());
  }

  /** The same with a SQLSTATE that another gave. */
  public static ServerMessage fatal(Said said, String sqlState) {
    return error(said, sqlState).with('S', "FATAL").with('V', "FATAL");
  }

  /** The same with one more field, or another value of it. */
  ServerMessage with(char code, String value) {
    Map<Character, String> more = new LinkedHashMap<>(fields);
    more.put(code, value);
    return new ServerMessage(more);
  }

  /** The same without a field. */
  ServerMessage without(char code) {
    Map<Character, String> fewer = new LinkedHashMap<>(fields);
    fewer.remove(code);
    return new ServerMessage(fewer);
  }

  /** The value of a field, or an empty text where it is absent. */
  public String field(char code) {
    return fields.getOrDefault(code, "");
  }
}
