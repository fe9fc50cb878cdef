package io.pgguard.result;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a client may see of an error or notice that a statement over protected columns raised. The
 * server puts values into messages, DETAIL, HINT and CONTEXT; so only severity, SQLSTATE and the
 * position in the client's own text stay, with a message that the SQLSTATE's class alone determines
 * (PostgreSQL documentation, "PostgreSQL Error Codes").
 */
public final class NeutralMessages {
  private static final String WITHHELD =
      "The server's own words are withheld because this statement touches protected columns and they may quote values.";

  private NeutralMessages() {}

  /** What is left of the fields of a message. */
  public static Map<Character, String> of(Map<Character, String> message) {
    String sqlState = message.getOrDefault('C', "");
    Map<Character, String> fields = new LinkedHashMap<>();
    keep(fields, message, 'S');
    keep(fields, message, 'V');
    keep(fields, message, 'C');
    keep(fields, message, 'P');
    fields.put('M', neutral(sqlState));
    fields.put('D', WITHHELD);
    return fields;
  }

  private static void keep(
      Map<Character, String> fields, Map<Character, String> message, char code) {
    String value = message.getOrDefault(code, "");
    if (!value.isEmpty()) {
      fields.put(code, value);
    }
  }

  private static String neutral(String sqlState) {
    if (sqlState.equals("57014")) {
      return "canceling statement: it was cancelled or ran over its time limit";
    }
    String sqlClass = sqlState.length() == 5 ? sqlState.substring(0, 2) : "";
    return switch (sqlClass) {
      case "00", "01", "02" -> "notice (" + sqlState + ")";
      case "08" -> "the connection to the server failed";
      case "0A" -> "the server does not support something in this statement";
      case "21" -> "a subquery returned more rows than one";
      case "22" -> "a value has a form, a length or a range that does not fit";
      case "23" -> "a constraint was violated";
      case "25" -> "the transaction's state does not allow this statement";
      case "40" -> "the transaction was rolled back; run it again";
      case "42" -> "a name, a type or a privilege in this statement is wrong";
      case "53", "54" -> "the server lacks resources, or a limit was reached";
      case "55" -> "an object is not in the state that this statement needs";
      case "57" -> "the server was interrupted";
      case "P0" -> "a function raised an error";
      default -> "the server reported an error";
    };
  }
}
