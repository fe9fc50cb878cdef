package io.pgguard.statement;

import static io.pgguard.statement.Keyword.*;

import org.jspecify.annotations.Nullable;

/** Tells what a DROP statement removes. Thread-safe: no state. */
final class DropKinds {
  private DropKinds() {}

  static StatementKind kind(Span span) {
    int at = span.from() + 1;
    @Nullable Keyword word = span.keyword(at);
    if (word == null) {
      return StatementKind.UNKNOWN;
    }
    return switch (word) {
      case OWNED -> StatementKind.DROP_OWNED;
      case ROLE, GROUP -> StatementKind.DROP_ROLE;
      case USER ->
          CreateKinds.isUserMapping(span, at)
              ? StatementKind.DROP_USER_MAPPING
              : StatementKind.DROP_ROLE;
      case DATABASE -> StatementKind.DROP_DATABASE;
      case TABLESPACE -> StatementKind.DROP_TABLESPACE;
      case SUBSCRIPTION -> StatementKind.DROP_SUBSCRIPTION;
      case TABLE,
          SEQUENCE,
          VIEW,
          MATERIALIZED,
          INDEX,
          FOREIGN,
          COLLATION,
          CONVERSION,
          STATISTICS,
          TEXT,
          ACCESS,
          EVENT,
          EXTENSION,
          PUBLICATION,
          SCHEMA,
          SERVER,
          POLICY,
          RULE,
          TRIGGER,
          TYPE,
          DOMAIN,
          CAST,
          TRANSFORM,
          OPERATOR,
          LANGUAGE,
          PROCEDURAL,
          AGGREGATE,
          FUNCTION,
          PROCEDURE,
          ROUTINE ->
          StatementKind.DROP;
      default -> StatementKind.UNKNOWN;
    };
  }
}
