package io.pgguard.recording;

import io.pgguard.audit.LoggedValue;
import io.pgguard.identity.Principal;
import io.pgguard.identity.Proof;
import io.pgguard.mask.ResultColumn;
import io.pgguard.policy.Verdict;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Turns the payload of a frame into what it tells; the mirror of the recorders. */
final class FrameParser {
  /** Stands for a proof that does not expire. */
  static final long NEVER = Long.MIN_VALUE;

  private final ByteBuffer in;

  private FrameParser(byte[] payload) {
    in = ByteBuffer.wrap(payload);
  }

  /**
   * Reads one frame.
   *
   * @param digest the hash of the statement's frames so far, for its end
   */
  static Recorded parse(byte type, int statement, byte[] payload, String digest)
      throws IOException {
    FrameParser p = new FrameParser(payload);
    return switch (type) {
      case FrameType.ROW -> new Recorded.Row(statement, payload);
      case FrameType.DATA -> new Recorded.Data(statement, true, payload);
      case FrameType.RECEIVED -> new Recorded.Data(statement, false, payload);
      case FrameType.OPENED -> p.opened();
      case FrameType.STATEMENT -> p.statement(statement);
      case FrameType.COLUMNS -> new Recorded.Columns(p.i64(), statement, p.columns());
      case FrameType.NOTICE -> new Recorded.Notice(p.i64(), statement, p.fields());
      case FrameType.ERROR -> new Recorded.Failed(p.i64(), statement, p.fields());
      case FrameType.NOTIFICATION -> new Recorded.Notification(p.i64(), p.text(), p.text());
      case FrameType.CUT -> new Recorded.Cut(p.i64(), statement);
      case FrameType.COMPLETED ->
          new Recorded.Completed(p.i64(), statement, p.text(), p.i64(), p.i64(), digest);
      case FrameType.ABANDONED -> new Recorded.Abandoned(p.i64(), statement, p.text());
      case FrameType.CLOSED -> new Recorded.Closed(p.i64());
      default -> throw new IOException("the recording holds a frame of unknown type " + type);
    };
  }

  private Recorded opened() {
    in.getLong(); // the time since the beginning: none
    Instant at = Instant.ofEpochSecond(in.getLong(), in.getInt());
    String session = text();
    String database = text();
    String subject = text();
    String agent = optional();
    String model = optional();
    Set<String> groups = new TreeSet<>();
    for (int i = in.getInt(); i > 0; i--) {
      groups.add(text());
    }
    if (!in.hasRemaining()) { // older recordings do not tell
      return new Recorded.Opened(
          at, session, database, new Principal(subject, groups, agent, model));
    }
    String person = optional();
    String service = optional();
    int bits = in.get();
    String issuer = optional();
    String tokenId = optional();
    long expires = in.getLong();
    Proof proof =
        new Proof(
            attributes(bits),
            issuer,
            tokenId,
            expires == NEVER ? null : Instant.ofEpochSecond(expires));
    return new Recorded.Opened(
        at,
        session,
        database,
        new Principal(subject, groups, agent, model, person, service, proof));
  }

  private static Set<Proof.Attribute> attributes(int bits) {
    Set<Proof.Attribute> attributes = EnumSet.noneOf(Proof.Attribute.class);
    for (Proof.Attribute attribute : Proof.Attribute.values()) {
      if ((bits & 1 << attribute.ordinal()) != 0) {
        attributes.add(attribute);
      }
    }
    return attributes;
  }

  private Recorded statement(int number) {
    long nanos = in.getLong();
    String text = text();
    String intent = optional();
    Verdict.Outcome outcome = outcome();
    List<Verdict> verdicts = new ArrayList<>();
    for (int i = in.getInt(); i > 0; i--) {
      verdicts.add(new Verdict(text(), outcome(), text(), optional()));
    }
    List<LoggedValue> values = new ArrayList<>();
    for (int i = in.getInt(); i > 0; i--) {
      int type = in.getInt();
      LoggedValue.Form form = LoggedValue.Form.values()[in.get()];
      values.add(new LoggedValue(type, form, text(), in.getInt(), optional()));
    }
    String meaning = in.hasRemaining() ? text() : ""; // older recordings do not tell
    String names = in.hasRemaining() ? text() : "";
    return new Recorded.Statement(
        nanos, number, text, intent, outcome, verdicts, values, meaning, names);
  }

  private List<ResultColumn> columns() {
    List<ResultColumn> columns = new ArrayList<>();
    for (int i = in.getInt(); i > 0; i--) {
      columns.add(new ResultColumn(text(), in.getInt(), in.getInt(), in.getInt(), in.get() != 0));
    }
    return columns;
  }

  private Map<Character, String> fields() {
    Map<Character, String> fields = new HashMap<>();
    for (int i = in.getInt(); i > 0; i--) {
      fields.put((char) in.getInt(), text());
    }
    return fields;
  }

  private Verdict.Outcome outcome() {
    return Verdict.Outcome.values()[in.get()];
  }

  private long i64() {
    return in.getLong();
  }

  private String text() {
    String text = optional();
    return text == null ? "" : text;
  }

  private @Nullable String optional() {
    int length = in.getInt();
    if (length < 0) {
      return null;
    }
    String text = new String(in.array(), in.position(), length, StandardCharsets.UTF_8);
    in.position(in.position() + length);
    return text;
  }
}
