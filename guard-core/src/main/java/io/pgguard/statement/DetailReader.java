package io.pgguard.statement;

import static io.pgguard.statement.Keyword.*;

import org.jspecify.annotations.Nullable;

/** Reads what single kinds of statement say besides relations and functions. Thread-safe. */
final class DetailReader {
  private DetailReader() {}

  static void read(Span span, FactsBuilder facts) {
    int first = span.from();
    switch (facts.kind) {
      case SET, SHOW -> facts.setting = SettingReader.read(span);
      case PREPARE, EXECUTE -> facts.statementName = value(span, first + 1);
      case DEALLOCATE -> {
        int name = span.is(first + 1, PREPARE) && span.isWord(first + 2) ? first + 2 : first + 1;
        facts.statementName = span.is(name, ALL) ? null : value(span, name);
      }
      case DECLARE -> facts.cursorName = value(span, first + 1);
      case FETCH -> facts.cursorName = value(span, span.to() - 1);
      case CLOSE -> facts.cursorName = span.is(first + 1, ALL) ? null : value(span, first + 1);
      case LISTEN, UNLISTEN, NOTIFY -> facts.channel = value(span, first + 1);
      case COPY -> facts.copy = CopyReader.read(span);
      case TRANSACTION -> facts.transaction = transaction(span);
      case CREATE_TABLE, CREATE_TABLE_AS, CREATE_VIEW, CREATE_SEQUENCE ->
          facts.made = DefinitionReader.made(span, facts.kind);
      case DROP -> facts.dropped = DefinitionReader.dropped(span);
      case CREATE_TRIGGER -> facts.triggerFunction = DefinitionReader.triggerFunction(span);
      case RENAME -> facts.renamedTo = DefinitionReader.renamedTo(span);
      default -> {
        // The other kinds are told by their relations alone.
      }
    }
  }

  /**
   * What changes of rows do besides, once it is known which there are: an INSERT may update the row
   * that is there, and a MERGE does what it says behind THEN.
   */
  static void changes(Span span, FactsBuilder facts) {
    if (facts.writes.isEmpty()) {
      return;
    }
    boolean merges = facts.writes.contains(StatementKind.MERGE);
    for (int i = span.from(); i < span.to(); i++) {
      if (span.are(i, DO, UPDATE)) {
        facts.writes.add(StatementKind.UPDATE);
      } else if (merges && span.is(i, THEN)) {
        if (span.is(i + 1, UPDATE)) {
          facts.merges.add(StatementKind.UPDATE);
        } else if (span.is(i + 1, DELETE)) {
          facts.merges.add(StatementKind.DELETE);
        } else if (span.is(i + 1, INSERT)) {
          facts.merges.add(StatementKind.INSERT);
        }
      }
    }
  }

  private static @Nullable String value(Span span, int i) {
    return span.isWord(i) ? span.tokens().value(i) : null;
  }

  private static TransactionAction transaction(Span span) {
    int first = span.from();
    @Nullable Keyword word = span.keyword(first);
    boolean prepared = span.is(first + 1, PREPARED) && span.is(first + 2, TokenKind.STRING);
    if (word == null) {
      throw new IllegalArgumentException("no transaction statement");
    }
    return switch (word) {
      case COMMIT, END -> prepared ? TransactionAction.COMMIT_PREPARED : TransactionAction.COMMIT;
      case ROLLBACK, ABORT -> {
        boolean savepoint = span.find(first, TO) >= 0;
        yield prepared
            ? TransactionAction.ROLLBACK_PREPARED
            : savepoint ? TransactionAction.ROLLBACK_TO : TransactionAction.ROLLBACK;
      }
      case SAVEPOINT -> TransactionAction.SAVEPOINT;
      case RELEASE -> TransactionAction.RELEASE;
      case PREPARE -> TransactionAction.PREPARE;
      default -> TransactionAction.BEGIN;
    };
  }
}
