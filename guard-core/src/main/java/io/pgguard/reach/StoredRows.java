package io.pgguard.reach;

import io.pgguard.catalog.Column;
import io.pgguard.catalog.Relation;
import io.pgguard.catalog.Trigger;
import io.pgguard.statement.Lexer;
import io.pgguard.statement.LexicalException;
import io.pgguard.statement.TokenKind;
import io.pgguard.statement.Tokens;
import io.pgguard.wording.ReachWording;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a relation's triggers look at of its protected columns in rows that are there already: a
 * trigger can leave a row out, or fail, by what it sees, and the command tag tells. A row that is
 * inserted holds what the agent itself gives it. Immutable.
 */
final class StoredRows {
  private static final Set<String> ROWS = Set.of("old", "new");

  private final Relation relation;
  private final ProtectedRelations columns;

  StoredRows(Relation relation, ProtectedRelations columns) {
    this.relation = relation;
    this.columns = columns;
  }

  /** Whether a trigger sees stored rows with protected columns. */
  boolean seenBy(Trigger trigger) {
    return columns.isProtectedRelation(relation.oid())
        && trigger.on(Set.of(Trigger.Event.UPDATE, Trigger.Event.DELETE));
  }

  /** Whether protected columns decide if a trigger runs. */
  boolean decidesWhether(Trigger trigger) {
    return trigger.condition().stream()
        .anyMatch(number -> columns.isProtectedColumn(relation.oid(), number));
  }

  /**
   * What a body looks at: a protected column by its name, or the row as a whole other than to
   * return it; null for nothing of it.
   */
  @Nullable String lookedAtBy(String body) {
    Set<String> names = new HashSet<>();
    for (Column column : relation.columns()) {
      if (columns.isProtectedColumn(relation.oid(), column.number())) {
        names.add(column.name());
      }
    }
    try {
      Tokens tokens = Lexer.lex(body);
      for (int i = 0; i < tokens.size(); i++) {
        boolean name = tokens.is(i, TokenKind.WORD) || tokens.is(i, TokenKind.QUOTED_NAME);
        if (name && names.contains(tokens.value(i))) {
          return tokens.value(i);
        }
        if (tokens.isOperator(i, "*") && isWhole(tokens, i)
            || name
                && ROWS.contains(tokens.value(i))
                && !isField(tokens, i)
                && !isReturned(tokens, i)) {
          return ReachWording.WHOLE_ROW.words();
        }
      }
      return null;
    } catch (LexicalException e) {
      return ReachWording.WHOLE_ROW.words(); // nobody knows
    }
  }

  /** A star behind a point or at the head of a list stands for all columns. */
  private static boolean isWhole(Tokens tokens, int star) {
    return star > 0
        && (tokens.is(star - 1, '.')
            || tokens.is(star - 1, ',')
            || isWord(tokens, star - 1, "select")
            || isWord(tokens, star - 1, "distinct"));
  }

  private static boolean isField(Tokens tokens, int at) {
    return at + 2 < tokens.size()
        && tokens.is(at + 1, '.')
        && (tokens.is(at + 2, TokenKind.WORD) || tokens.is(at + 2, TokenKind.QUOTED_NAME));
  }

  /** {@code RETURN NEW} and {@code RETURN COALESCE(NEW, OLD)}: whether there is a row at all. */
  private static boolean isReturned(Tokens tokens, int at) {
    return isWord(tokens, at - 1, "return") && at + 1 < tokens.size() && tokens.is(at + 1, ';')
        || isWord(tokens, at - 2, "coalesce") && tokens.is(at - 1, '(')
        || at > 2
            && tokens.is(at - 1, ',')
            && tokens.is(at - 2, TokenKind.WORD)
            && ROWS.contains(tokens.value(at - 2))
            && isReturned(tokens, at - 2);
  }

  private static boolean isWord(Tokens tokens, int at, String word) {
    return at >= 0 && tokens.is(at, TokenKind.WORD) && tokens.value(at).equals(word);
  }
}
