package io.pgguard.result;

import io.pgguard.wording.NeutralWording;
import io.pgguard.wording.Said;
import io.pgguard.wording.SqlState;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * What a client may see of an error or notice that a statement over protected columns raised. The
 * server puts values into messages, DETAIL, HINT and CONTEXT; so only severity, SQLSTATE and the
 * position in the client's own text stay, with a message that the SQLSTATE alone determines
 * (PostgreSQL documentation, "PostgreSQL Error Codes").
 */
public final class NeutralMessages {
  /** Message, schema, table, column and constraint. */
  private static final char[] NAMES = {'M', 's', 't', 'c', 'n'};

  private NeutralMessages() {}

  /**
   * What is left of a violated constraint's message, which names objects and quotes values in its
   * DETAIL alone.
   */
  static Map<Character, String> ofNames(Map<Character, String> message) {
    Map<Character, String> fields = of(message);
    for (char name : NAMES) {
      keep(fields, message, name);
    }
    return fields;
  }

  /** What is left of the fields of a message. */
  public static Map<Character, String> of(Map<Character, String> message) {
    String sqlState = message.getOrDefault('C', "");
    Map<Character, String> fields = new LinkedHashMap<>();
    keep(fields, message, 'S');
    keep(fields, message, 'V');
    keep(fields, message, 'C');
    keep(fields, message, 'P');
    Said said = neutral(sqlState);
    fields.put('M', said.message());
    fields.put('D', Objects.requireNonNull(said.detail(), said.wording()::key));
    return fields;
  }

  private static void keep(
      Map<Character, String> fields, Map<Character, String> message, char code) {
    String value = message.getOrDefault(code, "");
    if (!value.isEmpty()) {
      fields.put(code, value);
    }
  }

  private static Said neutral(String sqlState) {
    if (SqlState.QUERY_CANCELED.is(sqlState)) {
      return NeutralWording.CANCELLED.say();
    }
    if (SqlState.DIVISION_BY_ZERO.is(sqlState)) {
      return NeutralWording.DIVISION.say();
    }
    if (SqlState.NUMERIC_VALUE_OUT_OF_RANGE.is(sqlState)) {
      return NeutralWording.RANGE.say();
    }
    String sqlClass = sqlState.length() == 5 ? sqlState.substring(0, 2) : "";
    return switch (sqlClass) {
      case "00", "01", "02" -> NeutralWording.NOTICE.say(sqlState);
      case "08" -> NeutralWording.CONNECTION.say();
      case "0A" -> NeutralWording.NOT_SUPPORTED.say();
      case "21" -> NeutralWording.CARDINALITY.say();
      case "22" -> NeutralWording.DATA.say();
      case "23" -> NeutralWording.CONSTRAINT.say();
      case "25" -> NeutralWording.TRANSACTION_STATE.say();
      case "40" -> NeutralWording.ROLLED_BACK.say();
      case "42" -> NeutralWording.SYNTAX_OR_PRIVILEGE.say();
      case "53", "54" -> NeutralWording.RESOURCES.say();
      case "55" -> NeutralWording.OBJECT_STATE.say();
      case "57" -> NeutralWording.INTERRUPTED.say();
      case "P0" -> NeutralWording.RAISED.say();
      default -> NeutralWording.OTHER.say();
    };
  }
}
