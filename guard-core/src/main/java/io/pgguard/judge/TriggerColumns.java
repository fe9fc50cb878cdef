package io.pgguard.judge;

import io.pgguard.catalog.Catalog;
import io.pgguard.catalog.Function;
import io.pgguard.catalog.Relation;
import io.pgguard.catalog.Trigger;
import io.pgguard.catalog.Trigger.Event;
import io.pgguard.policy.ColumnName;
import io.pgguard.statement.Lexer;
import io.pgguard.statement.LexicalException;
import io.pgguard.statement.TokenKind;
import io.pgguard.statement.Tokens;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which columns of a row its triggers may set while it is written (PostgreSQL documentation,
 * "Trigger Functions in PL/pgSQL"): those that the function names, where it touches the new row by
 * its columns alone; else every one. Stateless and thread-safe.
 */
final class TriggerColumns {
  private static final Set<String> ROWS = Set.of("new", "old", "null");

  private TriggerColumns() {}

  /** Adds what the triggers of a relation may set on these changes. */
  static void set(int oid, Set<Event> changes, Catalog catalog, Set<ColumnName> into) {
    Relation relation = catalog.relation(oid).orElse(null);
    if (relation == null) {
      return;
    }
    for (Trigger trigger : relation.triggers()) {
      if (trigger.on(changes)) {
        Set<String> named = named(catalog.function(trigger.function()).orElse(null));
        relation.columns().stream()
            .filter(column -> named == null || named.contains(column.name()))
            .forEach(column -> ColumnUses.add(relation, column, into));
      }
    }
  }

  /** The names in a function's body; null where it may set what it does not name. */
  private static @Nullable Set<String> named(@Nullable Function function) {
    String source = function == null ? null : function.source();
    if (function == null || source == null || !function.language().equals("plpgsql")) {
      return null;
    }
    try {
      return named(Lexer.lex(source));
    } catch (LexicalException e) {
      return null; // PostgreSQL reads it otherwise than Guard
    }
  }

  private static @Nullable Set<String> named(Tokens tokens) {
    Set<String> names = new HashSet<>();
    for (int i = 0; i < tokens.size(); i++) {
      if (tokens.kind(i) != TokenKind.WORD && tokens.kind(i) != TokenKind.QUOTED_NAME) {
        continue;
      }
      String name = tokens.value(i);
      names.add(name);
      boolean returned = i > 0 && isWord(tokens, i - 1, "return");
      boolean selects = i + 1 < tokens.size() && tokens.is(i + 1, '.');
      if (name.equals("new") && !selects && !(returned && ends(tokens, i + 1))) {
        return null; // the row as a whole
      }
      if (returned && !(ROWS.contains(name) && ends(tokens, i + 1))) {
        return null; // another row in its place
      }
      if (name.equals("return") && (i + 1 >= tokens.size() || !isName(tokens, i + 1))) {
        return null;
      }
    }
    return names;
  }

  private static boolean isWord(Tokens tokens, int at, String word) {
    return tokens.kind(at) == TokenKind.WORD && tokens.value(at).equals(word);
  }

  private static boolean isName(Tokens tokens, int at) {
    return tokens.kind(at) == TokenKind.WORD || tokens.kind(at) == TokenKind.QUOTED_NAME;
  }

  private static boolean ends(Tokens tokens, int at) {
    return at >= tokens.size() || tokens.is(at, ';');
  }
}
