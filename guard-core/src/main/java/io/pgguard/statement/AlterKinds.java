package io.pgguard.statement;

import static io.pgguard.statement.Keyword.*;

import org.jspecify.annotations.Nullable;

/** Tells what an ALTER statement changes, from the object and the first action. Thread-safe. */
final class AlterKinds {
  private AlterKinds() {}

  static StatementKind kind(Span span) {
    int at = span.from() + 1;
    @Nullable Keyword word = span.keyword(at);
    if (word == null) {
      return StatementKind.UNKNOWN;
    }
    return switch (word) {
      case TABLE, INDEX, VIEW -> relation(span, at + 1);
      case SEQUENCE -> sequence(span, at + 1);
      case MATERIALIZED -> relation(span, at + 2);
      case FOREIGN ->
          span.is(at + 1, TABLE)
              ? relation(span, at + 2)
              : named(span, at + 3, StatementKind.ALTER_FOREIGN_DATA_WRAPPER);
      case TYPE -> type(span, at + 1);
      case DOMAIN -> named(span, at + 1, StatementKind.ALTER_DOMAIN);
      case FUNCTION, PROCEDURE, ROUTINE, AGGREGATE ->
          named(span, at + 1, StatementKind.ALTER_FUNCTION);
      case OPERATOR -> operator(span, at + 1);
      case COLLATION -> named(span, at + 1, StatementKind.ALTER_COLLATION);
      case CONVERSION, SCHEMA, RULE, TRIGGER -> named(span, at + 1, StatementKind.UNKNOWN);
      case LANGUAGE, PROCEDURAL ->
          named(span, span.is(at, PROCEDURAL) ? at + 2 : at + 1, StatementKind.UNKNOWN);
      case LARGE -> StatementKind.ALTER_OWNER;
      case STATISTICS -> named(span, at + 1, StatementKind.ALTER_STATISTICS);
      case TEXT -> textSearch(span, at + 2);
      case TABLESPACE -> named(span, at + 1, StatementKind.ALTER_TABLESPACE);
      case DATABASE -> database(span, at + 1);
      case EXTENSION -> extension(span, at + 1);
      case EVENT -> named(span, at + 2, StatementKind.ALTER_EVENT_TRIGGER);
      case POLICY -> named(span, at + 1, StatementKind.ALTER_POLICY);
      case SERVER -> named(span, at + 1, StatementKind.ALTER_SERVER);
      case USER ->
          CreateKinds.isUserMapping(span, at)
              ? StatementKind.ALTER_USER_MAPPING
              : role(span, at + 1);
      case ROLE, GROUP -> role(span, at + 1);
      case PUBLICATION -> named(span, at + 1, StatementKind.ALTER_PUBLICATION);
      case SUBSCRIPTION -> named(span, at + 1, StatementKind.ALTER_SUBSCRIPTION);
      case DEFAULT -> StatementKind.ALTER_DEFAULT_PRIVILEGES;
      case SYSTEM -> StatementKind.ALTER_SYSTEM;
      default -> StatementKind.UNKNOWN;
    };
  }

  /** The index of the first action: behind the name, its arguments, and the ON or USING part. */
  private static int action(Span span, int name) {
    int at = span.afterIfExists(name);
    if (span.is(at, ONLY)) {
      at++;
    }
    at = span.opens(at) ? span.afterBracket(at) : span.afterName(at);
    at = span.afterBracket(at);
    if (span.isOperator(at, "*")) {
      at++;
    }
    if (span.is(at, ON) || span.is(at, USING)) {
      at = span.afterName(at + 1);
    }
    return at;
  }

  /** Rename, owner, schema and dependency, which most objects share; else null. */
  private static @Nullable StatementKind common(Span span, int action) {
    if (span.is(action, RENAME)) {
      return StatementKind.RENAME;
    }
    if (span.are(action, OWNER, TO)) {
      return StatementKind.ALTER_OWNER;
    }
    if (span.are(action, SET, SCHEMA)) {
      return StatementKind.ALTER_OBJECT_SCHEMA;
    }
    boolean depends = span.are(action, DEPENDS, ON) || span.are(action, NO, DEPENDS);
    return depends ? StatementKind.ALTER_OBJECT_DEPENDS : null;
  }

  private static StatementKind named(Span span, int name, StatementKind otherwise) {
    StatementKind common = common(span, action(span, name));
    return common == null ? otherwise : common;
  }

  private static StatementKind relation(Span span, int name) {
    if (span.are(name, ALL, IN, TABLESPACE)) {
      return StatementKind.ALTER_TABLE_MOVE_ALL;
    }
    StatementKind kind = named(span, name, StatementKind.ALTER_TABLE);
    return kind == StatementKind.ALTER_OWNER ? StatementKind.ALTER_TABLE : kind;
  }

  private static StatementKind sequence(Span span, int name) {
    int action = action(span, name);
    StatementKind common = common(span, action);
    if (common == StatementKind.ALTER_OWNER) {
      return StatementKind.ALTER_TABLE;
    }
    if (common != null) {
      return common;
    }
    return span.is(action, SET) ? StatementKind.ALTER_TABLE : StatementKind.ALTER_SEQUENCE;
  }

  private static StatementKind type(Span span, int name) {
    int action = action(span, name);
    if (span.is(action + 1, VALUE)) {
      return StatementKind.ALTER_ENUM;
    }
    StatementKind common = common(span, action);
    if (common != null) {
      return common;
    }
    return span.is(action, SET) ? StatementKind.ALTER_TYPE : StatementKind.ALTER_TABLE;
  }

  private static StatementKind operator(Span span, int at) {
    if (span.isWord(at + 1) && span.isAny(at, CLASS, FAMILY)) {
      return named(
          span,
          at + 1,
          span.is(at, FAMILY) ? StatementKind.ALTER_OPERATOR_FAMILY : StatementKind.UNKNOWN);
    }
    int arguments = at;
    while (arguments < span.to() && !span.is(arguments, '(')) {
      arguments++;
    }
    StatementKind common = common(span, span.afterBracket(arguments));
    return common == null ? StatementKind.ALTER_OPERATOR : common;
  }

  private static StatementKind textSearch(Span span, int at) {
    StatementKind otherwise =
        span.is(at, CONFIGURATION)
            ? StatementKind.ALTER_TEXT_SEARCH_CONFIGURATION
            : span.is(at, DICTIONARY)
                ? StatementKind.ALTER_TEXT_SEARCH_DICTIONARY
                : StatementKind.UNKNOWN;
    int action = span.afterName(at + 1);
    StatementKind common = common(span, action);
    return common == null ? otherwise : common;
  }

  private static StatementKind database(Span span, int name) {
    int action = name + 1;
    StatementKind common = span.is(action, SET) ? null : common(span, action);
    if (common != null) {
      return common;
    }
    if (span.is(action, REFRESH)) {
      return StatementKind.ALTER_DATABASE_REFRESH_COLLATION;
    }
    boolean setting =
        span.is(action, RESET) || (span.is(action, SET) && !isTablespace(span, action + 1));
    return setting ? StatementKind.ALTER_DATABASE_SET : StatementKind.ALTER_DATABASE;
  }

  private static boolean isTablespace(Span span, int at) {
    return span.is(at, TABLESPACE) && span.isWord(at + 1) && !span.is(at + 1, TO);
  }

  private static StatementKind extension(Span span, int name) {
    int action = name + 1;
    if (span.is(action, ADD) || span.is(action, DROP)) {
      return StatementKind.ALTER_EXTENSION_CONTENTS;
    }
    return named(span, name, StatementKind.ALTER_EXTENSION);
  }

  private static StatementKind role(Span span, int name) {
    int action = name + 1;
    if (span.is(action, RENAME)) {
      return StatementKind.RENAME;
    }
    if (span.are(action, IN, DATABASE)) {
      action += 3;
    }
    return span.is(action, SET) || span.is(action, RESET)
        ? StatementKind.ALTER_ROLE_SET
        : StatementKind.ALTER_ROLE;
  }
}
