package io.pgguard.recording;

import io.pgguard.audit.LoggedValue;
import io.pgguard.identity.Principal;
import io.pgguard.mask.ResultColumn;
import io.pgguard.policy.Verdict;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One piece of a recording. Immutable but for byte arrays, which nobody may change. {@code nanos}
 * is the time since the recording began, in nanoseconds; {@code statement} the number in the
 * session, or 0 for what no statement asked for.
 */
@SuppressWarnings("ArrayRecordComponent") // recorded bytes; identity is never asked
public sealed interface Recorded {

  /** The session began. */
  record Opened(Instant at, String session, String database, Principal principal)
      implements Recorded {}

  /** A statement was decided on; an older recording tells an empty meaning, and no names. */
  record Statement(
      long nanos,
      int statement,
      String text,
      @Nullable String intent,
      Verdict.Outcome outcome,
      List<Verdict> verdicts,
      List<LoggedValue> values,
      String meaning,
      String names)
      implements Recorded {
    public Statement {
      verdicts = List.copyOf(verdicts);
      values = List.copyOf(values);
    }
  }

  /** A result was described. */
  record Columns(long nanos, int statement, List<ResultColumn> columns) implements Recorded {
    public Columns {
      columns = List.copyOf(columns);
    }
  }

  /** A row: the body of a DataRow message. */
  record Row(int statement, byte[] body) implements Recorded {}

  /** COPY data, to the client or from it. */
  record Data(int statement, boolean toClient, byte[] bytes) implements Recorded {}

  /** A notice. */
  record Notice(long nanos, int statement, Map<Character, String> fields) implements Recorded {
    public Notice {
      fields = Map.copyOf(fields);
    }
  }

  /** An error; the statement's end follows. */
  record Failed(long nanos, int statement, Map<Character, String> fields) implements Recorded {
    public Failed {
      fields = Map.copyOf(fields);
    }
  }

  /** A notification. */
  record Notification(long nanos, String channel, String payload) implements Recorded {}

  /** From here on rows of the statement were counted and hashed, not kept. */
  record Cut(long nanos, int statement) implements Recorded {}

  /**
   * A statement ended.
   *
   * @param commandTag empty after an error
   * @param rows how many rows it brought, kept or not
   * @param digest the hash of what is kept, made from the recording itself
   */
  record Completed(
      long nanos, int statement, String commandTag, long rows, long bytes, String digest)
      implements Recorded {}

  /** A statement did not run, or nobody saw its end. */
  record Abandoned(long nanos, int statement, String why) implements Recorded {}

  /** The session ended. */
  record Closed(long nanos) implements Recorded {}

  /**
   * The recording ends in the middle: the process was killed or the file was damaged.
   *
   * @param offset how many bytes of the file are sound
   */
  record Torn(long offset) implements Recorded {}
}
