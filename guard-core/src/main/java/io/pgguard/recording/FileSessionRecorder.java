package io.pgguard.recording;

import io.pgguard.audit.LoggedValue;
import io.pgguard.identity.Principal;
import io.pgguard.identity.Proof;
import io.pgguard.policy.Verdict;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Records one session in one file. Used by one thread at a time. */
final class FileSessionRecorder implements SessionRecorder {
  private final RecordingFile file;
  private final RecordingSettings settings;
  private final FrameBytes payload = new FrameBytes();
  private final long beginNanos = System.nanoTime();
  private boolean closed;

  FileSessionRecorder(RecordingFile file, RecordingSettings settings) {
    this.file = file;
    this.settings = settings;
  }

  void opened(String session, Principal principal, String database) {
    Instant now = Instant.now();
    timed()
        .i64(now.getEpochSecond())
        .i32(now.getNano())
        .text(session)
        .text(database)
        .text(principal.subject())
        .text(principal.agent())
        .text(principal.model())
        .i32(principal.groups().size());
    new TreeSet<>(principal.groups()).forEach(payload::text);
    Proof proof = principal.proof();
    payload.text(principal.person()).text(principal.service()).u8(bits(proof));
    Instant expires = proof.expires();
    payload.text(proof.issuer()).text(proof.tokenId());
    payload.i64(expires == null ? FrameParser.NEVER : expires.getEpochSecond());
    send(FrameType.OPENED, 0, null);
    file.flush();
  }

  private static int bits(Proof proof) {
    int bits = 0;
    for (Proof.Attribute attribute : proof.proved()) {
      bits |= 1 << attribute.ordinal();
    }
    return bits;
  }

  @Override
  public StatementRecorder statement(
      long number,
      String text,
      List<LoggedValue> values,
      @Nullable String intent,
      Verdict.Outcome outcome,
      List<Verdict> verdicts,
      String meaning,
      String names) {
    if (number < 1 || number > Integer.MAX_VALUE) {
      throw new IllegalArgumentException("a statement's number must be from 1 to 2^31-1");
    }
    timed().text(text).text(intent).u8(outcome.ordinal()).i32(verdicts.size());
    for (Verdict verdict : verdicts) {
      payload.text(verdict.rule()).u8(verdict.outcome().ordinal());
      payload.text(verdict.reason()).text(verdict.hint());
    }
    payload.i32(values.size());
    for (LoggedValue value : values) {
      payload.i32(value.typeOid()).u8(value.form().ordinal()).text(value.content());
      payload.i32(value.length()).text(value.sha256());
    }
    payload.text(meaning).text(names);
    send(FrameType.STATEMENT, (int) number, null);
    return new FileStatementRecorder(this, file, settings, (int) number);
  }

  @Override
  public void notice(Map<Character, String> fields) {
    timed().fields(fields);
    send(FrameType.NOTICE, 0, null);
  }

  @Override
  public void notification(String channel, String content) {
    timed().text(channel).text(content);
    send(FrameType.NOTIFICATION, 0, null);
  }

  /** Begins the payload of a frame with the time since the recording's beginning. */
  FrameBytes timed() {
    return payload.reset().i64(System.nanoTime() - beginNanos);
  }

  /** Appends the frame whose payload was made last. */
  void send(byte type, int statement, @Nullable ResponseDigest digest) {
    file.frame(type, statement, payload.bytes(), 0, payload.length(), digest);
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    try {
      timed();
      send(FrameType.CLOSED, 0, null);
      file.flush();
    } finally {
      file.close();
    }
  }
}
