package io.pgguard.statement;

import static io.pgguard.statement.Keyword.*;

import java.util.ArrayList;
import java.util.List;

/** Reads SET, RESET and SHOW (PostgreSQL documentation, "SET"). Thread-safe: no state. */
final class SettingReader {
  private SettingReader() {}

  static SettingFacts read(Span span) {
    int at = span.from() + 1;
    if (span.is(span.from(), SHOW)) {
      return new SettingFacts(SettingFacts.Action.SHOW, name(span, at), List.of(), false);
    }
    if (span.is(span.from(), RESET)) {
      return new SettingFacts(SettingFacts.Action.RESET, name(span, at), List.of(), false);
    }
    boolean local = span.is(at, LOCAL) && span.isWord(at + 1) && !span.is(at + 1, TO);
    if (local || (span.is(at, SESSION) && isScope(span, at + 1))) {
      at++;
    }
    return set(span, at, local || span.is(at, TRANSACTION));
  }

  /** Whether SESSION before this word says how long the setting lasts. */
  private static boolean isScope(Span span, int i) {
    return span.isWord(i) && !span.isAny(i, TO, CHARACTERISTICS, AUTHORIZATION);
  }

  private static SettingFacts set(Span span, int at, boolean local) {
    String name = name(span, at);
    int values = valuesFrom(span, at);
    if (span.is(values, DEFAULT) || span.are(values, FROM, CURRENT)) {
      return new SettingFacts(SettingFacts.Action.RESET, name, List.of(), local);
    }
    return new SettingFacts(SettingFacts.Action.SET, name, values(span, values), local);
  }

  private static int valuesFrom(Span span, int at) {
    for (int i = at + 1; i < span.to(); i++) {
      if (span.is(i, TO) || span.isOperator(i, "=")) {
        return i + 1;
      }
    }
    if (span.are(at, TIME, ZONE)
        || span.are(at, SESSION, AUTHORIZATION)
        || span.are(at, XML, OPTION)) {
      return at + 2;
    }
    return span.are(at, SESSION, CHARACTERISTICS) ? at + 4 : span.afterName(at);
  }

  private static List<String> values(Span span, int from) {
    List<String> values = new ArrayList<>();
    String sign = "";
    for (int i = from; i < span.to(); i++) {
      if (span.is(i, TokenKind.OPERATOR)) {
        sign = span.tokens().value(i);
      } else if (span.is(i, NULL)) {
        values.add(""); // an empty list (PostgreSQL 19)
      } else if (!span.is(i, TokenKind.PUNCTUATION)) {
        values.add(sign + span.tokens().value(i));
        sign = "";
      }
    }
    return values;
  }

  private static String name(Span span, int at) {
    if (span.are(at, TIME, ZONE)) {
      return "timezone";
    }
    if (span.are(at, SESSION, AUTHORIZATION)) {
      return "session_authorization";
    }
    if (span.are(at, XML, OPTION)) {
      return "xmloption";
    }
    if (span.are(at, TRANSACTION, ISOLATION)) {
      return "transaction_isolation";
    }
    if (span.are(at, TRANSACTION, READ)) {
      return "transaction_read_only";
    }
    if (span.are(at, TRANSACTION, DEFERRABLE) || span.are(at, TRANSACTION, NOT, DEFERRABLE)) {
      return "transaction_deferrable";
    }
    if (span.are(at, SESSION, CHARACTERISTICS)) {
      return "default_transaction";
    }
    return special(span, at);
  }

  private static String special(Span span, int at) {
    boolean plain = span.is(at + 1, TO) || span.isOperator(at + 1, "=") || span.is(at + 1, '.');
    if (span.is(at, NAMES) && !plain) {
      return "client_encoding";
    }
    if (span.is(at, SCHEMA) && !plain) {
      return "search_path";
    }
    if (span.is(at, CATALOG) && !plain) {
      return "catalog";
    }
    StringBuilder name = new StringBuilder();
    int end = Math.min(span.afterName(at), span.to());
    for (int i = at; i < end; i++) {
      name.append(span.tokens().value(i));
    }
    return name.toString().toLowerCase(java.util.Locale.ROOT);
  }
}
