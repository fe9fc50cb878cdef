package io.pgguard.statement;

import static io.pgguard.statement.Keyword.*;

import org.jspecify.annotations.Nullable;

/** Tells what a CREATE statement makes. Thread-safe: no state. */
final class CreateKinds {
  private CreateKinds() {}

  /** The index of the word that says what is made, behind OR REPLACE, TEMP and the like. */
  static int object(Span span) {
    int at = span.from() + 1;
    if (span.are(at, OR, REPLACE)) {
      at += 2;
    }
    while (span.isAny(
        at, LOCAL, GLOBAL, TEMP, TEMPORARY, UNLOGGED, RECURSIVE, UNIQUE, TRUSTED, PROCEDURAL)) {
      at++;
    }
    boolean constraintTrigger = span.are(at, CONSTRAINT, TRIGGER);
    boolean defaultConversion = span.are(at, DEFAULT, CONVERSION);
    return constraintTrigger || defaultConversion ? at + 1 : at;
  }

  static StatementKind kind(Span span) {
    int at = object(span);
    @Nullable Keyword word = span.keyword(at);
    if (word == null) {
      return StatementKind.UNKNOWN;
    }
    return switch (word) {
      case TABLE ->
          span.find(at, AS) >= 0 ? StatementKind.CREATE_TABLE_AS : StatementKind.CREATE_TABLE;
      case MATERIALIZED -> StatementKind.CREATE_TABLE_AS;
      case VIEW -> StatementKind.CREATE_VIEW;
      case INDEX -> StatementKind.CREATE_INDEX;
      case SEQUENCE -> StatementKind.CREATE_SEQUENCE;
      case SCHEMA -> StatementKind.CREATE_SCHEMA;
      case FUNCTION, PROCEDURE -> StatementKind.CREATE_FUNCTION;
      case TRIGGER -> StatementKind.CREATE_TRIGGER;
      case EVENT -> StatementKind.CREATE_EVENT_TRIGGER;
      case RULE -> StatementKind.CREATE_RULE;
      case LANGUAGE ->
          span.find(at, HANDLER) >= 0
              ? StatementKind.CREATE_LANGUAGE
              : StatementKind.CREATE_EXTENSION;
      case EXTENSION -> StatementKind.CREATE_EXTENSION;
      case TYPE -> type(span, at + 1);
      case DOMAIN -> StatementKind.CREATE_DOMAIN;
      case CAST -> StatementKind.CREATE_CAST;
      case CONVERSION -> StatementKind.CREATE_CONVERSION;
      case TRANSFORM -> StatementKind.CREATE_TRANSFORM;
      case OPERATOR -> operator(span, at + 1);
      case AGGREGATE, COLLATION, TEXT -> StatementKind.DEFINE;
      case ACCESS -> StatementKind.CREATE_ACCESS_METHOD;
      case STATISTICS -> StatementKind.CREATE_STATISTICS;
      case TABLESPACE -> StatementKind.CREATE_TABLESPACE;
      case DATABASE -> StatementKind.CREATE_DATABASE;
      case PUBLICATION -> StatementKind.CREATE_PUBLICATION;
      case SUBSCRIPTION -> StatementKind.CREATE_SUBSCRIPTION;
      case FOREIGN ->
          span.is(at + 1, TABLE)
              ? StatementKind.CREATE_FOREIGN_TABLE
              : StatementKind.CREATE_FOREIGN_DATA_WRAPPER;
      case SERVER -> StatementKind.CREATE_SERVER;
      case USER ->
          isUserMapping(span, at) ? StatementKind.CREATE_USER_MAPPING : StatementKind.CREATE_ROLE;
      case ROLE, GROUP -> StatementKind.CREATE_ROLE;
      case POLICY -> StatementKind.CREATE_POLICY;
      default -> StatementKind.UNKNOWN;
    };
  }

  /** Whether USER here begins USER MAPPING, not the name of a user called mapping. */
  static boolean isUserMapping(Span span, int user) {
    return span.is(user + 1, MAPPING) && span.is(span.afterIfExists(user + 2), FOR);
  }

  private static StatementKind type(Span span, int name) {
    int at = span.afterName(name);
    if (!span.is(at, AS)) {
      return StatementKind.DEFINE;
    }
    if (span.is(at + 1, ENUM)) {
      return StatementKind.CREATE_ENUM;
    }
    return span.is(at + 1, RANGE) ? StatementKind.CREATE_RANGE : StatementKind.CREATE_TYPE;
  }

  private static StatementKind operator(Span span, int at) {
    if (span.isWord(at + 1)) {
      if (span.is(at, CLASS)) {
        return StatementKind.CREATE_OPERATOR_CLASS;
      }
      if (span.is(at, FAMILY)) {
        return StatementKind.CREATE_OPERATOR_FAMILY;
      }
    }
    return StatementKind.DEFINE;
  }
}
