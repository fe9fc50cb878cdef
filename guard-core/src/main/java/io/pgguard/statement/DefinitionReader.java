package io.pgguard.statement;

import static io.pgguard.statement.Keyword.*;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads which relation a CREATE statement makes, a DROP removes and an ALTER names anew (PostgreSQL
 * documentation, "SQL Commands"). Thread-safe: no state.
 */
final class DefinitionReader {
  private static final List<String> SEQUENCE_COLUMNS =
      List.of("last_value", "log_cnt", "is_called");

  private DefinitionReader() {}

  /** What CREATE TABLE, TABLE AS, VIEW or SEQUENCE makes. */
  static @Nullable MadeRelation made(Span span, StatementKind kind) {
    int object = CreateKinds.object(span);
    int at = span.afterIfExists(span.is(object, MATERIALIZED) ? object + 2 : object + 1);
    if (!span.isWord(at)) {
      return null;
    }
    int end = span.afterName(at);
    Name name = span.name(at, end);
    return new MadeRelation(
        name,
        temporary(span, object) || MadeRelation.isTemporary(name.schema()),
        span.is(at - 1, EXISTS),
        dropsOnCommit(span, end),
        switch (kind) {
          case CREATE_SEQUENCE -> SEQUENCE_COLUMNS;
          case CREATE_TABLE -> columns(span, end);
          default -> null;
        });
  }

  private static boolean temporary(Span span, int object) {
    for (int i = span.from(); i < object; i++) {
      if (span.isAny(i, TEMP, TEMPORARY)) {
        return true;
      }
    }
    return false;
  }

  private static boolean dropsOnCommit(Span span, int start) {
    for (int i = span.find(start, ON); i >= 0; i = span.find(i + 1, ON)) {
      if (span.are(i, ON, COMMIT, DROP)) {
        return true;
      }
    }
    return false;
  }

  private static @Nullable List<String> columns(Span span, int open) {
    if (!span.is(open, '(')) {
      return null;
    }
    int close = span.afterBracket(open) - 1;
    if (span.find(close + 1, INHERITS) >= 0) {
      return null;
    }
    List<String> columns = new ArrayList<>();
    int start = open + 1;
    for (int i = start; i <= close; i++) {
      if (i == close || span.is(i, ',')) {
        Span element = span.sub(start, i);
        if (element.isAny(start, LIKE, EXCLUDE) || isComputed(element)) {
          return null;
        }
        if (element.isWord(start)
            && !element.isAny(start, CONSTRAINT, PRIMARY, UNIQUE, CHECK, FOREIGN)) {
          columns.add(span.tokens().value(start));
        }
        start = i + 1;
      } else if (span.opens(i)) {
        i = span.afterBracket(i) - 1;
      }
    }
    return columns;
  }

  private static boolean isComputed(Span element) {
    return element.find(element.from(), GENERATED) >= 0
        && element.find(element.from(), IDENTITY) < 0;
  }

  /** The relations that DROP TABLE, VIEW, SEQUENCE and MATERIALIZED VIEW name. */
  static List<Name> dropped(Span span) {
    int object = span.from() + 1;
    if (!span.isAny(object, TABLE, VIEW, SEQUENCE, MATERIALIZED)) {
      return List.of();
    }
    List<Name> names = new ArrayList<>();
    int at = span.afterIfExists(span.is(object, MATERIALIZED) ? object + 2 : object + 1);
    while (span.isWord(at)) {
      int end = span.afterName(at);
      names.add(span.name(at, end));
      at = span.is(end, ',') ? end + 1 : span.to();
    }
    return names;
  }

  /** What CREATE TRIGGER attaches: the name behind EXECUTE FUNCTION. */
  static @Nullable Name triggerFunction(Span span) {
    int execute = span.find(span.from(), EXECUTE);
    while (execute >= 0 && !span.isAny(execute + 1, FUNCTION, PROCEDURE)) {
      execute = span.find(execute + 1, EXECUTE);
    }
    int at = execute + 2;
    return execute >= 0 && span.isWord(at) ? span.name(at, span.afterName(at)) : null;
  }

  /** The new name in ALTER ... RENAME TO, perhaps of a column. */
  static @Nullable String renamedTo(Span span) {
    int last = span.to() - 1;
    return span.isWord(last) ? span.tokens().value(last) : null;
  }
}
