package io.pgguard.recording;

import io.pgguard.audit.LoggedValue;
import io.pgguard.identity.Principal;
import io.pgguard.mask.ResultColumn;
import io.pgguard.policy.Verdict;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Prints a recording as people read it: what was asked, decided and returned, with times. */
public final class Replay {
  private final Appendable out;
  private final Map<Integer, List<ResultColumn>> columns = new HashMap<>();

  private Replay(Appendable out) {
    this.out = out;
  }

  /**
   * Prints a session.
   *
   * @throws IOException when the recording cannot be read or the output not be written
   */
  public static void print(Path recording, Appendable out) throws IOException {
    Replay replay = new Replay(out);
    try {
      Recording.stream(recording, replay::unchecked);
    } catch (java.io.UncheckedIOException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  /**
   * Proves a recording by the audit log: the log's chain holds, and every statement of the session
   * has the text, values, decision and response that the log tells of.
   *
   * @throws IOException when one of them cannot be read, or the log's chain does not hold
   */
  public static RecordingProof verify(Path recording, Path auditDirectory) throws IOException {
    return RecordingProver.prove(recording, auditDirectory);
  }

  private void unchecked(Recorded piece) {
    try {
      print(piece);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private void print(Recorded piece) throws IOException {
    if (piece instanceof Recorded.Row p) {
      line(p.statement(), "  " + row(p));
    } else if (piece instanceof Recorded.Statement p) {
      statement(p);
    } else if (piece instanceof Recorded.Columns p) {
      columns.put(p.statement(), p.columns());
      String names =
          p.columns().stream().map(ResultColumn::name).collect(Collectors.joining(" | "));
      line(p.statement(), "  " + visible(names));
    } else if (piece instanceof Recorded.Completed p) {
      String rows = p.rows() + (p.rows() == 1 ? " row, " : " rows, ") + p.bytes() + " bytes";
      line(p.statement(), time(p.nanos()) + " end " + visible(p.commandTag()) + " (" + rows + ")");
      columns.remove(p.statement());
    } else if (piece instanceof Recorded.Data p) {
      String way = p.toClient() ? "  > " : "  < ";
      line(p.statement(), way + visible(new String(p.bytes(), StandardCharsets.UTF_8)));
    } else {
      printRare(piece);
    }
  }

  private void printRare(Recorded piece) throws IOException {
    if (piece instanceof Recorded.Opened p) {
      Principal who = p.principal();
      String agent = who.agent() == null ? "" : " by " + who.agent();
      String person =
          who.person() == null || who.person().equals(who.subject()) ? "" : " for " + who.person();
      String said = who.proof().provesSubject() ? "" : " (not proved)";
      line(
          0,
          visible(
              "session "
                  + p.session()
                  + ": "
                  + who.subject()
                  + agent
                  + person
                  + said
                  + " on "
                  + p.database()
                  + ", "
                  + p.at()));
    } else if (piece instanceof Recorded.Failed p) {
      line(p.statement(), time(p.nanos()) + " error " + message(p.fields()));
    } else if (piece instanceof Recorded.Notice p) {
      line(p.statement(), time(p.nanos()) + " notice " + message(p.fields()));
    } else if (piece instanceof Recorded.Notification p) {
      line(0, time(p.nanos()) + " notification " + visible(p.channel() + ": " + p.payload()));
    } else if (piece instanceof Recorded.Cut p) {
      line(p.statement(), "  ... the rest of the rows was counted and hashed, not kept");
    } else if (piece instanceof Recorded.Abandoned p) {
      line(p.statement(), time(p.nanos()) + " abandoned: " + visible(p.why()));
    } else if (piece instanceof Recorded.Closed p) {
      line(0, time(p.nanos()) + " session closed");
    } else if (piece instanceof Recorded.Torn p) {
      line(0, "the recording breaks off here, after " + p.offset() + " sound bytes");
    }
  }

  private void statement(Recorded.Statement p) throws IOException {
    line(p.statement(), time(p.nanos()) + " " + visible(p.text()));
    if (p.intent() != null) {
      line(p.statement(), "  intent: " + visible(p.intent()));
    }
    for (int i = 0; i < p.values().size(); i++) {
      LoggedValue value = p.values().get(i);
      String text =
          switch (value.form()) {
            case NULL -> "NULL";
            case TEXT -> visible(value.content());
            case BINARY -> "base64 " + value.content();
          };
      line(p.statement(), "  $" + (i + 1) + " = " + text + (value.sha256() == null ? "" : " ..."));
    }
    line(p.statement(), "  " + p.outcome().name().toLowerCase(Locale.ROOT));
    for (Verdict verdict : p.verdicts()) {
      line(p.statement(), "    " + visible(verdict.rule() + ": " + verdict.reason()));
    }
  }

  /** The values of a DataRow: a 16-bit count, then for each a 32-bit length and the bytes. */
  private String row(Recorded.Row row) {
    List<ResultColumn> described = columns.getOrDefault(row.statement(), List.of());
    ByteBuffer in = ByteBuffer.wrap(row.body());
    StringBuilder text = new StringBuilder();
    try {
      int count = in.getShort();
      for (int i = 0; i < count; i++) {
        int length = in.getInt();
        String value = "NULL";
        if (length >= 0) {
          ResultColumn column =
              i < described.size() ? described.get(i) : new ResultColumn("?", 0, 0, 25, false);
          value = ValueText.of(column, row.body(), in.position(), length);
          in.position(in.position() + length);
        }
        text.append(i == 0 ? "" : " | ").append(visible(value));
      }
    } catch (BufferUnderflowException | IllegalArgumentException | IndexOutOfBoundsException e) {
      text.append(" (not a whole row)");
    }
    return text.toString();
  }

  private static String message(Map<Character, String> fields) {
    return visible(fields.getOrDefault('C', "") + " " + fields.getOrDefault('M', ""));
  }

  private static String time(long nanos) {
    return String.format(Locale.ROOT, "+%.3fs", nanos / 1e9);
  }

  private void line(int statement, String text) throws IOException {
    out.append(statement == 0 ? "" : "[" + statement + "] ").append(text).append("\n");
  }

  /** Keeps what was recorded from moving a terminal's cursor or feigning lines of ours. */
  private static String visible(String text) {
    StringBuilder safe = null;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isISOControl(c) || Character.getType(c) == Character.FORMAT) {
        safe = safe == null ? new StringBuilder(text.substring(0, i)) : safe;
        safe.append(c == '\n' ? "\\n" : String.format("\\u%04x", (int) c));
      } else if (safe != null) {
        safe.append(c);
      }
    }
    return safe == null ? text : safe.toString();
  }
}
