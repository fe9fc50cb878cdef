package io.pgguard.reach;

import io.pgguard.catalog.Trigger.Event;
import io.pgguard.statement.Keyword;
import io.pgguard.statement.TokenKind;
import io.pgguard.statement.Tokens;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Which relations the statements of a function's body change, and how, by the words before their
 * names: a change always names its target right behind INSERT INTO, UPDATE, DELETE FROM, MERGE
 * INTO, TRUNCATE or COPY (PostgreSQL documentation, "SQL Commands"). Finds more than there is,
 * where a variable is selected INTO. Used by one thread.
 */
final class BodyTargets {
  private static final Set<String> BEFORE_TARGET = Set.of("only", "table", "from", "into");

  private final Tokens tokens;
  private final Map<String, Set<Event>> found = new HashMap<>();

  private BodyTargets(Tokens tokens) {
    this.tokens = tokens;
  }

  /** Unqualified names and changes. */
  static Map<String, Set<Event>> of(Tokens tokens) {
    BodyTargets targets = new BodyTargets(tokens);
    for (int i = 0; i < tokens.size(); i++) {
      targets.at(i);
    }
    return targets.found;
  }

  private void at(int i) {
    if (tokens.is(i, Keyword.INSERT)) {
      target(i, EnumSet.of(Event.INSERT, Event.UPDATE)); // ON CONFLICT may follow
    } else if (tokens.is(i, Keyword.UPDATE)) {
      target(i, EnumSet.of(Event.UPDATE));
    } else if (tokens.is(i, Keyword.DELETE)) {
      target(i, EnumSet.of(Event.DELETE));
    } else if (tokens.is(i, Keyword.MERGE)) {
      target(i, EnumSet.of(Event.INSERT, Event.UPDATE, Event.DELETE));
    } else if (tokens.is(i, Keyword.COPY)) {
      target(i, EnumSet.of(Event.INSERT));
    } else if (tokens.is(i, Keyword.TRUNCATE)) {
      int next = target(i, EnumSet.of(Event.TRUNCATE));
      while (next < tokens.size() && tokens.is(next, ',')) {
        next = target(next, EnumSet.of(Event.TRUNCATE));
      }
    }
  }

  /** Notes the name behind a word; returns where it ends. */
  private int target(int word, Set<Event> events) {
    int i = word + 1;
    while (i < tokens.size()
        && tokens.is(i, TokenKind.WORD)
        && BEFORE_TARGET.contains(tokens.value(i))) {
      i++;
    }
    String name = null;
    while (i < tokens.size() && tokens.isIdentifier(i)) {
      name = tokens.value(i);
      i++;
      if (i < tokens.size() && tokens.is(i, '.')) {
        i++;
      } else {
        break;
      }
    }
    if (name != null) {
      found.merge(name, events, Reach::both);
    }
    return i < tokens.size() && tokens.isOperator(i, "*") ? i + 1 : i;
  }
}
