package io.pgguard.session;

import io.pgguard.statement.Keyword;
import io.pgguard.statement.TokenKind;
import io.pgguard.statement.Tokens;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Turns the data changes of one statement into queries that count what they would change, by
 * cutting the text at its clauses. The text has been parsed before, so clauses stand where the
 * grammar puts them. Used by one thread.
 */
final class WriteSites {
  private final Tokens tokens;
  private final List<WriteSite> sites = new ArrayList<>();
  private final StringBuilder with = new StringBuilder();
  private boolean known = true;

  private WriteSites(Tokens tokens) {
    this.tokens = tokens;
  }

  /** The sites of a statement; null where it has a form that cannot be counted this way. */
  static @Nullable WriteSites of(Tokens tokens, int from, int to) {
    WriteSites found = new WriteSites(tokens);
    int at = found.with(from, to);
    found.main(at, to);
    return found.known ? found : null;
  }

  List<WriteSite> sites() {
    return sites;
  }

  /** The statement's WITH clause with every data change read instead; empty where there is none. */
  String with() {
    return with.toString();
  }

  private void main(int from, int to) {
    if (is(from, Keyword.INSERT)
        || is(from, Keyword.UPDATE)
        || is(from, Keyword.DELETE)
        || is(from, Keyword.MERGE)) {
      add(site(from, to));
    }
  }

  private @Nullable WriteSite add(@Nullable WriteSite site) {
    if (site == null) {
      known = false;
    } else {
      sites.add(site);
    }
    return site;
  }

  /** Reads WITH; returns where the main statement begins. */
  private int with(int from, int to) {
    if (!is(from, Keyword.WITH)) {
      return from;
    }
    with.append("WITH ");
    int at = from + 1;
    if (is(at, Keyword.RECURSIVE)) {
      with.append("RECURSIVE ");
      at++;
    }
    while (at < to) {
      int open = next(at, to, Keyword.AS);
      while (open < to && !tokens.is(open, '(')) {
        open++;
      }
      int close = closing(open, to);
      with.append(text(at, open)).append(" (").append(body(open + 1, close)).append(')');
      at = close + 1;
      if (at < to && tokens.is(at, ',')) {
        with.append(", ");
        at++;
      } else {
        break;
      }
    }
    if (at < to && (tokens.value(at).equals("search") || tokens.value(at).equals("cycle"))) {
      known = false;
    }
    with.append(' ');
    return at;
  }

  private String body(int from, int to) {
    boolean change =
        is(from, Keyword.INSERT)
            || is(from, Keyword.UPDATE)
            || is(from, Keyword.DELETE)
            || is(from, Keyword.MERGE);
    if (!change) {
      return text(from, to);
    }
    WriteSite site = add(site(from, to));
    return site == null ? "SELECT" : site.returned() == null ? site.rows() : site.returned();
  }

  private @Nullable WriteSite site(int from, int to) {
    if (is(from, Keyword.DELETE)) {
      return delete(from + 2, to);
    }
    if (is(from, Keyword.UPDATE)) {
      return update(from + 1, to);
    }
    return is(from, Keyword.INSERT) ? insert(from + 2, to) : merge(from + 2, to);
  }

  private @Nullable WriteSite delete(int from, int to) {
    int returning = next(from, to, Keyword.RETURNING);
    int where = next(from, returning, Keyword.WHERE);
    int using = next(from, where, Keyword.USING);
    return change(text(from, using), text(using + 1, where), where, returning, to);
  }

  private @Nullable WriteSite update(int from, int to) {
    int returning = next(from, to, Keyword.RETURNING);
    int where = next(from, returning, Keyword.WHERE);
    int set = next(from, where, Keyword.SET);
    int others = next(set, where, Keyword.FROM);
    return change(text(from, set), text(others + 1, where), where, returning, to);
  }

  private @Nullable WriteSite change(
      String target, String others, int where, int returning, int to) {
    if (is(where + 1, Keyword.CURRENT) && tokens.value(where + 2).equals("of")) {
      return new WriteSite("SELECT 1", null, null);
    }
    String from = others.isEmpty() ? target : target + ", " + others;
    String condition = where < returning ? text(where + 1, returning) : "true";
    String rows = " FROM " + from + " WHERE " + condition;
    String spared =
        others.isEmpty()
            ? "SELECT 1 FROM " + target + " WHERE (" + condition + ") IS NOT TRUE"
            : "SELECT 1 FROM "
                + target
                + " WHERE NOT EXISTS (SELECT 1 FROM "
                + others
                + " WHERE "
                + condition
                + ")";
    String returned = returning < to ? "SELECT " + text(returning + 1, to) + rows : null;
    return new WriteSite("SELECT 1" + rows, spared, returned);
  }

  private @Nullable WriteSite insert(int from, int to) {
    int returning = next(from, to, Keyword.RETURNING);
    int conflict = next(from, returning, Keyword.ON);
    int source = from;
    while (source < conflict && !beginsSource(source)) {
      source = tokens.is(source, '(') ? closing(source, to) + 1 : source + 1;
    }
    if (is(source, Keyword.DEFAULT)) {
      return new WriteSite("SELECT 1", null, null);
    }
    if (source >= conflict) {
      return null;
    }
    String rows = "SELECT 1 FROM (" + text(source, conflict) + ") AS guard_rows";
    boolean updates = conflict < returning && next(conflict, returning, Keyword.UPDATE) < returning;
    boolean values = is(source, Keyword.VALUES);
    String spared = updates && !values ? spared(from, source, conflict, returning, rows) : null;
    return new WriteSite(rows, spared, null);
  }

  /**
   * An upsert spares the rows of its target that no row of its source meets. Where its columns are
   * not all named, it is said to spare some if it brings fewer rows than the target has.
   */
  private String spared(int from, int source, int conflict, int returning, String rows) {
    int end = from + 1;
    while (end < source && tokens.is(end, '.')) {
      end += 2;
    }
    String target = text(from, end);
    int open = next(from, source, '(');
    int key = next(conflict, returning, '(');
    List<String> columns = open < source ? names(open, source) : List.of();
    List<String> keys = key < returning ? names(key, returning) : List.of();
    if (keys.isEmpty() || !columns.containsAll(keys)) {
      return "SELECT 1 WHERE (SELECT pg_catalog.count(*) FROM "
          + target
          + ") > (SELECT pg_catalog.count(*) FROM ("
          + rows
          + ") AS guard_source)";
    }
    StringBuilder meets = new StringBuilder();
    for (String one : keys) {
      meets.append(meets.isEmpty() ? "" : " AND ");
      meets.append("guard_source.").append(one).append(" = guard_target.").append(one);
    }
    return "SELECT 1 FROM "
        + target
        + " AS guard_target WHERE NOT EXISTS (SELECT 1 FROM ("
        + text(source, conflict)
        + ") AS guard_source ("
        + String.join(", ", columns)
        + ") WHERE "
        + meets
        + ")";
  }

  /** The plain names in a bracketed list, quoted; empty when something else stands there. */
  private List<String> names(int open, int to) {
    List<String> names = new ArrayList<>();
    int close = closing(open, to);
    for (int i = open + 1; i < close; i += 2) {
      boolean plain = tokens.is(i, TokenKind.WORD) || tokens.is(i, TokenKind.QUOTED_NAME);
      if (!plain || (i + 1 < close && !tokens.is(i + 1, ','))) {
        return List.of();
      }
      names.add("\"" + tokens.value(i).replace("\"", "\"\"") + "\"");
    }
    return names;
  }

  private boolean beginsSource(int at) {
    return is(at, Keyword.SELECT)
        || is(at, Keyword.VALUES)
        || is(at, Keyword.TABLE)
        || is(at, Keyword.WITH)
        || is(at, Keyword.DEFAULT)
        || tokens.is(at, '(') && (beginsSource(at + 1));
  }

  private @Nullable WriteSite merge(int from, int to) {
    int returning = next(from, to, Keyword.RETURNING);
    int when = next(from, returning, Keyword.WHEN);
    int on = next(from, when, Keyword.ON);
    int using = next(from, on, Keyword.USING);
    if (text(when, returning).toLowerCase(Locale.ROOT).contains("source")) {
      return null; // WHEN NOT MATCHED BY SOURCE changes what the condition does not find
    }
    String target = text(from, using);
    String source = text(using + 1, on);
    String condition = text(on + 1, when);
    String changed = changed(when, returning);
    String spared =
        changed.isEmpty()
            ? null
            : "SELECT 1 FROM "
                + target
                + " WHERE NOT EXISTS (SELECT 1 FROM "
                + source
                + " WHERE ("
                + condition
                + ") AND ("
                + changed
                + "))";
    return new WriteSite(
        "SELECT 1 FROM " + source + " LEFT JOIN " + target + " ON " + condition, spared, null);
  }

  /** What a matched row must meet to be updated or deleted; empty where none ever is. */
  private String changed(int from, int to) {
    List<String> conditions = new ArrayList<>();
    int when = from;
    while (when < to) {
      int then = next(when, to, Keyword.THEN);
      boolean matched = !is(when + 1, Keyword.NOT);
      boolean changes = is(then + 1, Keyword.UPDATE) || is(then + 1, Keyword.DELETE);
      if (matched && changes) {
        boolean always = !is(when + 2, Keyword.AND);
        conditions.add(always ? "true" : "(" + text(when + 3, then) + ")");
      }
      when = next(then, to, Keyword.WHEN);
    }
    return String.join(" OR ", conditions);
  }

  /** The next keyword outside brackets, or the end; FROM after DISTINCT is an operator. */
  private int next(int from, int to, Keyword keyword) {
    int at = from;
    while (at < to) {
      if (tokens.is(at, '(') || tokens.is(at, '[')) {
        at = closing(at, to);
      } else if (tokens.is(at, keyword)
          && !(keyword == Keyword.FROM && at > from && is(at - 1, Keyword.DISTINCT))) {
        return at;
      }
      at++;
    }
    return to;
  }

  /** The next character outside brackets, or the end. */
  private int next(int from, int to, char character) {
    for (int at = from; at < to; at++) {
      if (tokens.is(at, character)) {
        return at;
      }
    }
    return to;
  }

  private int closing(int open, int to) {
    int depth = 0;
    for (int i = open; i < to; i++) {
      if (tokens.is(i, '(') || tokens.is(i, '[')) {
        depth++;
      } else if ((tokens.is(i, ')') || tokens.is(i, ']')) && --depth == 0) {
        return i;
      }
    }
    return to;
  }

  private boolean is(int at, Keyword keyword) {
    return at < tokens.size() && tokens.is(at, keyword);
  }

  /** The source text of tokens, comments between them included; a line comment is ended. */
  private String text(int from, int to) {
    return from >= to
        ? ""
        : tokens.source().substring(tokens.start(from), tokens.end(to - 1)) + "\n";
  }
}
