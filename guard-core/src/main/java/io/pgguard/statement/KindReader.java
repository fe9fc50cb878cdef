package io.pgguard.statement;

import static io.pgguard.statement.Keyword.*;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Tells a statement's kind from its first words. Used by one thread. */
final class KindReader {
  private static final Map<Keyword, StatementKind> BY_FIRST_WORD =
      Map.ofEntries(
          Map.entry(SELECT, StatementKind.SELECT),
          Map.entry(VALUES, StatementKind.SELECT),
          Map.entry(TABLE, StatementKind.SELECT),
          Map.entry(INSERT, StatementKind.INSERT),
          Map.entry(UPDATE, StatementKind.UPDATE),
          Map.entry(DELETE, StatementKind.DELETE),
          Map.entry(MERGE, StatementKind.MERGE),
          Map.entry(TRUNCATE, StatementKind.TRUNCATE),
          Map.entry(COPY, StatementKind.COPY),
          Map.entry(CALL, StatementKind.CALL),
          Map.entry(DO, StatementKind.DO),
          Map.entry(EXPLAIN, StatementKind.EXPLAIN),
          Map.entry(EXECUTE, StatementKind.EXECUTE),
          Map.entry(DEALLOCATE, StatementKind.DEALLOCATE),
          Map.entry(DECLARE, StatementKind.DECLARE),
          Map.entry(FETCH, StatementKind.FETCH),
          Map.entry(MOVE, StatementKind.FETCH),
          Map.entry(CLOSE, StatementKind.CLOSE),
          Map.entry(BEGIN, StatementKind.TRANSACTION),
          Map.entry(START, StatementKind.TRANSACTION),
          Map.entry(COMMIT, StatementKind.TRANSACTION),
          Map.entry(END, StatementKind.TRANSACTION),
          Map.entry(ABORT, StatementKind.TRANSACTION),
          Map.entry(ROLLBACK, StatementKind.TRANSACTION),
          Map.entry(SAVEPOINT, StatementKind.TRANSACTION),
          Map.entry(RELEASE, StatementKind.TRANSACTION),
          Map.entry(RESET, StatementKind.SET),
          Map.entry(SHOW, StatementKind.SHOW),
          Map.entry(DISCARD, StatementKind.DISCARD),
          Map.entry(LISTEN, StatementKind.LISTEN),
          Map.entry(UNLISTEN, StatementKind.UNLISTEN),
          Map.entry(NOTIFY, StatementKind.NOTIFY),
          Map.entry(LOCK, StatementKind.LOCK),
          Map.entry(VACUUM, StatementKind.VACUUM),
          Map.entry(ANALYZE, StatementKind.VACUUM),
          Map.entry(ANALYSE, StatementKind.VACUUM),
          Map.entry(CLUSTER, StatementKind.CLUSTER),
          Map.entry(REPACK, StatementKind.REPACK),
          Map.entry(WAIT, StatementKind.WAIT),
          Map.entry(REINDEX, StatementKind.REINDEX),
          Map.entry(CHECKPOINT, StatementKind.CHECKPOINT),
          Map.entry(LOAD, StatementKind.LOAD),
          Map.entry(REFRESH, StatementKind.REFRESH_MATERIALIZED_VIEW),
          Map.entry(COMMENT, StatementKind.COMMENT),
          Map.entry(SECURITY, StatementKind.SECURITY_LABEL),
          Map.entry(REASSIGN, StatementKind.REASSIGN_OWNED),
          Map.entry(IMPORT, StatementKind.IMPORT_FOREIGN_SCHEMA));

  private final Span span;

  private KindReader(Span span) {
    this.span = span;
  }

  static StatementKind kind(Span span) {
    return new KindReader(span).read();
  }

  private StatementKind read() {
    int from = span.from();
    if (span.is(from, '(')) {
      return parenthesized(from);
    }
    @Nullable Keyword first = span.keyword(from);
    if (first == null) {
      return StatementKind.UNKNOWN;
    }
    return switch (first) {
      case WITH -> with(from);
      case PREPARE ->
          span.is(from + 1, TRANSACTION) && span.is(from + 2, TokenKind.STRING)
              ? StatementKind.TRANSACTION
              : StatementKind.PREPARE;
      case SET -> set(from);
      case GRANT, REVOKE ->
          span.find(from, ON) >= 0 ? StatementKind.GRANT : StatementKind.GRANT_ROLE;
      case CREATE -> CreateKinds.kind(span);
      case ALTER -> AlterKinds.kind(span);
      case DROP -> DropKinds.kind(span);
      default -> BY_FIRST_WORD.getOrDefault(first, StatementKind.UNKNOWN);
    };
  }

  private StatementKind parenthesized(int from) {
    int at = from;
    while (span.is(at, '(')) {
      at++;
    }
    return span.isAny(at, SELECT, VALUES, TABLE, WITH)
        ? StatementKind.SELECT
        : StatementKind.UNKNOWN;
  }

  private StatementKind with(int from) {
    int verb = new WithClause(span).skip(from);
    if (verb < 0) {
      return StatementKind.UNKNOWN;
    }
    if (span.is(verb, '(')) {
      return parenthesized(verb);
    }
    boolean known = span.isAny(verb, SELECT, VALUES, TABLE, INSERT, UPDATE, DELETE, MERGE);
    Keyword word = span.keyword(verb);
    return known && word != null
        ? BY_FIRST_WORD.getOrDefault(word, StatementKind.UNKNOWN)
        : StatementKind.UNKNOWN;
  }

  private StatementKind set(int from) {
    boolean setting =
        span.is(from + 2, TO) || span.isOperator(from + 2, "=") || span.is(from + 2, '.');
    return span.is(from + 1, CONSTRAINTS) && !setting
        ? StatementKind.SET_CONSTRAINTS
        : StatementKind.SET;
  }
}
