package io.pgguard.console.page;

import io.pgguard.console.ledger.SessionEntry;
import io.pgguard.console.read.Sight;
import io.pgguard.identity.Principal;
import io.pgguard.mask.ResultColumn;
import io.pgguard.policy.Verdict;
import io.pgguard.recording.Recorded;
import io.pgguard.recording.Recording;
import io.pgguard.recording.ValueText;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes a page of a recording, for one viewer. Used by one thread, once. */
final class ReplayReader {
  /** How many statements one page has, and how many rows of each. */
  private static final int MOST_STATEMENTS = 30;

  private static final int MOST_ROWS = 20;
  private static final int LONGEST_VALUE = 500;

  private final Sight sight;
  private final SessionEntry session;
  private final Principal viewer;
  private final String search;
  private final Map<Integer, Open> open = new LinkedHashMap<>();
  private int from;
  private @Nullable Integer next;
  private boolean torn;

  ReplayReader(Sight sight, SessionEntry session, Principal viewer, String search) {
    this.sight = sight;
    this.session = session;
    this.viewer = viewer;
    this.search = search.toLowerCase(Locale.ROOT);
  }

  /** A statement whose pieces are still coming. */
  private static final class Open {
    private final Recorded.Statement statement;
    private List<ResultColumn> columns = List.of();
    private List<ReplayView.Column> shown = List.of();
    private final List<List<@Nullable String>> rows = new ArrayList<>();
    private long count;
    private @Nullable String end;
    private boolean failed;
    private String took = "";

    Open(Recorded.Statement statement) {
      this.statement = statement;
    }
  }

  ReplayView read(Path file, @Nullable String first) throws IOException {
    from = number(first);
    Recording.stream(file, this::take);
    return new ReplayView(
        session, search, open.values().stream().map(this::moment).toList(), next, torn);
  }

  private static int number(@Nullable String text) {
    try {
      return text == null ? 1 : Integer.parseInt(text);
    } catch (NumberFormatException notOne) {
      return 1; // then from the beginning
    }
  }

  private void take(Recorded piece) {
    if (piece instanceof Recorded.Statement p) {
      if (p.statement() >= from && fits(p)) {
        if (open.size() < MOST_STATEMENTS) {
          open.put(p.statement(), new Open(p));
        } else if (next == null) {
          next = p.statement();
        }
      }
    } else if (piece instanceof Recorded.Columns p) {
      Open one = open.get(p.statement());
      if (one != null) {
        one.columns = p.columns();
        one.shown = columns(one.statement, p.columns());
      }
    } else if (piece instanceof Recorded.Row p) {
      Open one = open.get(p.statement());
      if (one != null && one.rows.size() < MOST_ROWS) {
        one.rows.add(row(one, p.body()));
      }
    } else if (piece instanceof Recorded.Failed p) {
      Open one = open.get(p.statement());
      if (one != null) {
        one.failed = true;
        one.end = p.fields().getOrDefault('C', "") + " " + words(one.statement, p.fields());
      }
    } else if (piece instanceof Recorded.Completed p) {
      completed(p);
    } else if (piece instanceof Recorded.Abandoned p) {
      Open one = open.get(p.statement());
      if (one != null) {
        one.end = p.why();
      }
    } else if (piece instanceof Recorded.Torn) {
      torn = true;
    }
  }

  /** What an error says; Guard's own words hold no values. */
  private String words(Recorded.Statement statement, Map<Character, String> fields) {
    boolean shown =
        statement.outcome() == Verdict.Outcome.DENY
            || sight.showsErrors(session.database(), viewer, statement.text(), statement.names());
    return shown ? fields.getOrDefault('M', "") : "(hidden: " + Sight.DOUBT + ")";
  }

  private void completed(Recorded.Completed p) {
    Open one = open.get(p.statement());
    if (one != null) {
      one.count = p.rows();
      one.end = one.failed ? one.end : p.commandTag();
      one.took = Times.nanos(Math.max(0, p.nanos() - one.statement.nanos()));
    }
  }

  private boolean fits(Recorded.Statement p) {
    return search.isEmpty()
        || p.text().toLowerCase(Locale.ROOT).contains(search)
        || (p.intent() != null && p.intent().toLowerCase(Locale.ROOT).contains(search));
  }

  /** A recording holds what its session saw, which may be more than who looks may see. */
  private List<ReplayView.Column> columns(
      Recorded.Statement statement, List<ResultColumn> columns) {
    List<String> hidden =
        sight.outputs(
            session.database(), viewer, statement.text(), statement.names(), columns.size());
    List<ReplayView.Column> shown = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      shown.add(new ReplayView.Column(columns.get(i).name(), hidden.get(i)));
    }
    return shown;
  }

  private static List<@Nullable String> row(Open one, byte[] body) {
    List<@Nullable String> values = new ArrayList<>();
    ByteBuffer in = ByteBuffer.wrap(body);
    try {
      int count = in.getShort();
      for (int i = 0; i < count; i++) {
        int length = in.getInt();
        boolean known = i < one.columns.size();
        if (!known || !one.shown.get(i).hidden().isEmpty()) {
          values.add("hidden");
        } else {
          values.add(length < 0 ? null : value(one.columns.get(i), body, in.position(), length));
        }
        in.position(in.position() + Math.max(0, length));
      }
    } catch (BufferUnderflowException | IllegalArgumentException damaged) {
      values.add("(not a whole row)");
    }
    return values;
  }

  private static String value(ResultColumn column, byte[] body, int at, int length) {
    String text =
        column.binary()
            ? ValueText.ofBinary(column.typeOid(), body, at, length)
            : new String(body, at, length, StandardCharsets.UTF_8);
    return text.length() <= LONGEST_VALUE ? text : text.substring(0, LONGEST_VALUE) + " …";
  }

  private ReplayView.Moment moment(Open one) {
    Recorded.Statement p = one.statement;
    return new ReplayView.Moment(
        p.statement(),
        session.opened().plusNanos(p.nanos()),
        p.text(),
        p.intent(),
        p.outcome(),
        p.verdicts(),
        sight.values(
            session.database(),
            viewer,
            p.text(),
            p.names(),
            p.values().stream().map(ReplayView::text).toList()),
        one.shown,
        one.rows,
        one.count,
        one.end,
        one.failed,
        one.took);
  }
}
