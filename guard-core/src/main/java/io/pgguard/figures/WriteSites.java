package io.pgguard.figures;

import io.pgguard.statement.Keyword;
import io.pgguard.statement.Quoted;
import io.pgguard.statement.TokenKind;
import io.pgguard.statement.Tokens;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Turns the data changes of one statement into queries that count what they would change, by
 * cutting the text at its clauses. The text has been parsed before, so clauses stand where the
 * grammar puts them. Used by one thread.
 */
final class WriteSites {
  private final Tokens tokens;
  private final ClauseCuts cuts;
  private final List<WriteSite> sites = new ArrayList<>();
  private final StringBuilder with = new StringBuilder();
  private boolean known = true;

  private WriteSites(Tokens tokens) {
    this.tokens = tokens;
    this.cuts = new ClauseCuts(tokens);
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
    if (cuts.is(from, Keyword.INSERT)
        || cuts.is(from, Keyword.UPDATE)
        || cuts.is(from, Keyword.DELETE)
        || cuts.is(from, Keyword.MERGE)) {
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
    if (!cuts.is(from, Keyword.WITH)) {
      return from;
    }
    with.append("WITH ");
    int at = from + 1;
    if (cuts.is(at, Keyword.RECURSIVE)) {
      with.append("RECURSIVE ");
      at++;
    }
    while (at < to) {
      int open = cuts.next(at, to, Keyword.AS);
      while (open < to && !tokens.is(open, '(')) {
        open++;
      }
      int close = cuts.closing(open, to);
      with.append(cuts.text(at, open)).append(" (").append(body(open + 1, close)).append(')');
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
        cuts.is(from, Keyword.INSERT)
            || cuts.is(from, Keyword.UPDATE)
            || cuts.is(from, Keyword.DELETE)
            || cuts.is(from, Keyword.MERGE);
    if (!change) {
      known &= !cuts.is(from, Keyword.WITH) || !changesBehindWith(from, to);
      return cuts.text(from, to);
    }
    WriteSite site = add(site(from, to));
    return site == null ? "SELECT" : site.returned() == null ? site.rows() : site.returned();
  }

  /** A change under a WITH of its own would be run, not counted. */
  private boolean changesBehindWith(int from, int to) {
    return cuts.next(from, to, Keyword.INSERT) < to
        || cuts.next(from, to, Keyword.UPDATE) < to
        || cuts.next(from, to, Keyword.DELETE) < to
        || cuts.next(from, to, Keyword.MERGE) < to;
  }

  private @Nullable WriteSite site(int from, int to) {
    if (cuts.is(from, Keyword.DELETE)) {
      return delete(from + 2, to);
    }
    if (cuts.is(from, Keyword.UPDATE)) {
      return update(from + 1, to);
    }
    return cuts.is(from, Keyword.INSERT) ? insert(from + 2, to) : MergeSite.of(cuts, from + 2, to);
  }

  private @Nullable WriteSite delete(int from, int to) {
    int returning = cuts.next(from, to, Keyword.RETURNING);
    int where = cuts.next(from, returning, Keyword.WHERE);
    int using = cuts.next(from, where, Keyword.USING);
    return change(cuts.text(from, using), cuts.text(using + 1, where), where, returning, to);
  }

  private @Nullable WriteSite update(int from, int to) {
    int returning = cuts.next(from, to, Keyword.RETURNING);
    int where = cuts.next(from, returning, Keyword.WHERE);
    int set = cuts.next(from, where, Keyword.SET);
    int others = cuts.next(set, where, Keyword.FROM);
    return change(cuts.text(from, set), cuts.text(others + 1, where), where, returning, to);
  }

  private @Nullable WriteSite change(
      String target, String others, int where, int returning, int to) {
    if (cuts.is(where + 1, Keyword.CURRENT) && tokens.value(where + 2).equals("of")) {
      return new WriteSite("SELECT 1", null, null);
    }
    String from = others.isEmpty() ? target : target + ", " + others;
    String condition = where < returning ? cuts.text(where + 1, returning) : "true";
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
    String returned = returning < to ? "SELECT " + cuts.text(returning + 1, to) + rows : null;
    return new WriteSite("SELECT 1" + rows, spared, returned);
  }

  /** Where ON CONFLICT stands, or the end; the ON of a join in the source is another. */
  private int conflict(int from, int to) {
    int on = cuts.next(from, to, Keyword.ON);
    while (on < to
        && !(cuts.is(on + 1, Keyword.CONFLICT)
            && (cuts.is(on + 2, Keyword.DO)
                || cuts.is(on + 2, Keyword.ON)
                || tokens.is(on + 2, '(')))) {
      on = cuts.next(on + 1, to, Keyword.ON);
    }
    return on;
  }

  private @Nullable WriteSite insert(int from, int to) {
    int returning = cuts.next(from, to, Keyword.RETURNING);
    int conflict = conflict(from, returning);
    int source = from;
    while (source < conflict && !beginsSource(source)) {
      source = tokens.is(source, '(') ? cuts.closing(source, to) + 1 : source + 1;
    }
    if (cuts.is(source, Keyword.DEFAULT)) {
      return new WriteSite("SELECT 1", null, null);
    }
    if (source >= conflict) {
      return null;
    }
    String rows = "SELECT 1 FROM (" + cuts.text(source, conflict) + ") AS guard_rows";
    boolean updates =
        conflict < returning && cuts.next(conflict, returning, Keyword.UPDATE) < returning;
    boolean values = cuts.is(source, Keyword.VALUES);
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
    String target = cuts.text(from, end);
    int open = cuts.next(from, source, '(');
    int key = cuts.next(conflict, returning, '(');
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
        + cuts.text(source, conflict)
        + ") AS guard_source ("
        + String.join(", ", columns)
        + ") WHERE "
        + meets
        + ")";
  }

  /** The plain names in a bracketed list, quoted; empty when something else stands there. */
  private List<String> names(int open, int to) {
    List<String> names = new ArrayList<>();
    int close = cuts.closing(open, to);
    for (int i = open + 1; i < close; i += 2) {
      boolean plain = tokens.is(i, TokenKind.WORD) || tokens.is(i, TokenKind.QUOTED_NAME);
      if (!plain || (i + 1 < close && !tokens.is(i + 1, ','))) {
        return List.of();
      }
      names.add(Quoted.name(tokens.value(i)));
    }
    return names;
  }

  private boolean beginsSource(int at) {
    return cuts.is(at, Keyword.SELECT)
        || cuts.is(at, Keyword.VALUES)
        || cuts.is(at, Keyword.TABLE)
        || cuts.is(at, Keyword.WITH)
        || cuts.is(at, Keyword.DEFAULT)
        || tokens.is(at, '(') && (beginsSource(at + 1));
  }
}
