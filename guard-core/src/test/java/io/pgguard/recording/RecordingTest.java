package io.pgguard.recording;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pgguard.audit.AuditSettings;
import io.pgguard.audit.AuditUnavailableException;
import io.pgguard.audit.FileAuditLog;
import io.pgguard.audit.LoggedValue;
import io.pgguard.audit.ResponseTrace;
import io.pgguard.audit.StatementEvent.StatementCompleted;
import io.pgguard.audit.StatementEvent.StatementDecided;
import io.pgguard.audit.StatementEvent.StatementFailed;
import io.pgguard.identity.Principal;
import io.pgguard.identity.Proof;
import io.pgguard.mask.ResultColumn;
import io.pgguard.policy.Verdict;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RecordingTest {
  private static final Principal ADA = new Principal("ada", Set.of("ops"), "helper", null);
  private static final List<ResultColumn> COLUMNS =
      List.of(
          new ResultColumn("id", 16384, 1, 23, true), new ResultColumn("name", 0, 0, 25, false));
  private static final List<LoggedValue> VALUES =
      List.of(LoggedValue.of(25, false, "x".getBytes(StandardCharsets.UTF_8)));
  private static final List<Verdict> VERDICTS =
      List.of(new Verdict("reads", Verdict.Outcome.ALLOW, "reads may run", null));

  @TempDir Path directory;
  private Path audit;
  private FileRecorder recorder;

  @BeforeEach
  void open() {
    audit = directory.resolve("audit");
    recorder = FileRecorder.open(directory.resolve("rec"), RecordingSettings.defaults());
  }

  @Test
  void whatWasRecorded_isRead() throws IOException {
    try (SessionRecorder session = recorder.open("s1", ADA, "shop")) {
      StatementRecorder statement = begin(session, 1, "SELECT 1");
      statement.columns(COLUMNS);
      byte[] row = row(7, "Ann");
      byte[] framed = ("..." + "x".repeat(row.length)).getBytes(StandardCharsets.UTF_8);
      System.arraycopy(row, 0, framed, 3, row.length);
      statement.row(framed, 3, row.length);
      statement.notice(Map.of('M', "careful"));
      ResponseTrace trace = statement.completed("SELECT 1");
      assertEquals(1, trace.rows());
      assertEquals(row.length, trace.bytes());
      session.notification("jobs", "done");
    }
    List<Recorded> pieces = Recording.read(recorder.file("s1")).pieces();
    assertEquals(ADA, assertInstanceOf(Recorded.Opened.class, pieces.get(0)).principal());
    Recorded.Statement statement = assertInstanceOf(Recorded.Statement.class, pieces.get(1));
    assertEquals("SELECT 1", statement.text());
    assertEquals(VALUES, statement.values());
    assertEquals(VERDICTS, statement.verdicts());
    assertNull(statement.intent());
    assertEquals(COLUMNS, assertInstanceOf(Recorded.Columns.class, pieces.get(2)).columns());
    assertArrayEquals(row(7, "Ann"), assertInstanceOf(Recorded.Row.class, pieces.get(3)).body());
    assertEquals(Map.of('M', "careful"), ((Recorded.Notice) pieces.get(4)).fields());
    assertEquals("SELECT 1", ((Recorded.Completed) pieces.get(5)).commandTag());
    assertEquals("done", ((Recorded.Notification) pieces.get(6)).payload());
    assertInstanceOf(Recorded.Closed.class, pieces.get(7));
    assertEquals(8, pieces.size());
  }

  @Test
  void whatWasProved_isReadApartFromWhatWasSaid() throws IOException {
    Principal ana =
        new Principal(
            "uuid-1",
            Set.of("ops"),
            "helper",
            "m-1",
            "ana@example.com",
            null,
            new Proof(
                Set.of(Proof.Attribute.SUBJECT, Proof.Attribute.AGENT),
                "https://id.example",
                "t-1",
                Instant.ofEpochSecond(1_900_000_000)));
    recorder.open("s1", ana, "shop").close();
    List<Recorded> pieces = Recording.read(recorder.file("s1")).pieces();
    assertEquals(ana, assertInstanceOf(Recorded.Opened.class, pieces.get(0)).principal());
  }

  @Test
  void interleavedStatementsLargerThanTheBuffer_giveTheirOwnDigests() throws IOException {
    long seed = System.nanoTime();
    System.out.println("RecordingTest seed " + seed);
    Random random = new Random(seed);
    List<ResponseTrace> traces = new ArrayList<>();
    try (SessionRecorder session = recorder.open("s1", ADA, "shop")) {
      StatementRecorder first = begin(session, 1, "FETCH a");
      StatementRecorder second = begin(session, 2, "FETCH b");
      for (int i = 0; i < 400; i++) {
        byte[] row = row(i, "v".repeat(random.nextInt(i % 50 == 0 ? 200_000 : 500)));
        (random.nextBoolean() ? first : second).row(row, 0, row.length);
      }
      traces.add(first.completed("SELECT 1"));
      traces.add(second.failed(Map.of('C', "57014", 'M', "canceled")));
    }
    List<String> digests = new ArrayList<>();
    Recording.stream(
        recorder.file("s1"),
        piece -> {
          if (piece instanceof Recorded.Completed end) {
            digests.add(end.digest());
          }
        });
    assertEquals(traces.stream().map(ResponseTrace::digest).toList(), digests);
    assertEquals(400, traces.stream().mapToLong(ResponseTrace::rows).sum());
  }

  @Test
  void rowsOverTheLimit_areHashedNotKept() throws IOException {
    recorder = FileRecorder.open(directory.resolve("cut"), new RecordingSettings(2, 1 << 20));
    ResponseTrace trace = logged("s1", 5);
    assertEquals(5, trace.rows());
    assertNotEquals(trace.digest(), trace.recordedDigest());
    List<Recorded> pieces = Recording.read(recorder.file("s1")).pieces();
    assertEquals(2, pieces.stream().filter(Recorded.Row.class::isInstance).count());
    RecordingProof proof = Replay.verify(recorder.file("s1"), audit);
    assertTrue(proof.holds(), proof.toString());
    assertEquals(1, proof.cut());
    ResponseTrace uncut = logged("s2", 2);
    assertNull(uncut.recordedDigest());
  }

  @Test
  void digest_isThatOfAllRowsWhetherCutOrNot() {
    ResponseTrace cut = untimed(new RecordingSettings(1, 10), "s1");
    ResponseTrace whole = untimed(RecordingSettings.defaults(), "s2");
    assertEquals(whole.digest(), cut.digest());
  }

  private ResponseTrace untimed(RecordingSettings settings, String name) {
    FileRecorder limited = FileRecorder.open(directory, settings);
    try (SessionRecorder session = limited.open(name, ADA, "shop")) {
      StatementRecorder statement = begin(session, 1, "SELECT 1");
      for (int i = 0; i < 5; i++) {
        statement.row(row(i, "Ann"), 0, row(i, "Ann").length);
      }
      return statement.completed("SELECT 5");
    }
  }

  @Test
  void changedRecording_isNotProved() throws IOException {
    logged("s1", 3);
    Path file = recorder.file("s1");
    assertTrue(Replay.verify(file, audit).holds());
    byte[] whole = Files.readAllBytes(file);
    for (int i = 0; i < whole.length; i++) {
      byte[] changed = whole.clone();
      changed[i] ^= 0x20;
      Files.delete(file); // some file systems flush a file that is emptied and written anew
      Files.write(file, changed);
      int at = i;
      if (i < RecordingFile.MAGIC.length) {
        assertThrows(IOException.class, () -> Replay.verify(file, audit));
      } else {
        assertFalse(Replay.verify(file, audit).holds(), () -> "byte " + at);
      }
    }
  }

  @Test
  void recordingOfAnotherSessionOrWithoutAStatement_isNotProved() throws IOException {
    logged("s1", 3);
    recorder = FileRecorder.open(directory.resolve("other"), RecordingSettings.defaults());
    try (SessionRecorder session = recorder.open("s1", ADA, "shop")) {
      session.notice(Map.of());
    }
    RecordingProof proof = Replay.verify(recorder.file("s1"), audit);
    assertEquals(0, proof.proved());
    assertFalse(proof.holds());
  }

  @Test
  void tornRecording_givesWhatIsSound() throws IOException {
    logged("s1", 3);
    Path file = recorder.file("s1");
    byte[] whole = Files.readAllBytes(file);
    for (int length = RecordingFile.MAGIC.length; length < whole.length; length++) {
      Files.write(file, java.util.Arrays.copyOf(whole, length));
      List<Recorded> pieces = Recording.read(file).pieces();
      assertTrue(pieces.stream().noneMatch(Recorded.Closed.class::isInstance));
    }
  }

  @Test
  void printed_showsTheSessionWithoutControlCharacters() throws IOException {
    logged("s1", 2);
    StringBuilder out = new StringBuilder();
    Replay.print(recorder.file("s1"), out);
    String text = out.toString();
    assertTrue(text.contains("[1] +0."), text);
    assertTrue(text.contains(" SELECT id, name FROM t\n"), text);
    assertTrue(text.contains("[1]   id | name\n[1]   0 | Ann\\u001b[2J\n"), text);
    assertTrue(text.contains("reads: reads may run"), text);
    assertTrue(text.contains("error 42501 no"), text);
    assertEquals(-1, text.indexOf('\u001b'));
  }

  @Test
  void sessionIdThatIsAPath_isRefused() {
    assertThrows(IllegalArgumentException.class, () -> recorder.open("../x", ADA, "shop"));
  }

  @Test
  void sameSessionTwice_isRefused() {
    recorder.open("s1", ADA, "shop").close();
    assertThrows(AuditUnavailableException.class, () -> recorder.open("s1", ADA, "shop"));
  }

  /** A session of one statement with rows and one that failed, in recording and log. */
  private ResponseTrace logged(String name, int rows) {
    try (FileAuditLog log = FileAuditLog.open(audit, AuditSettings.defaults());
        SessionRecorder session = recorder.open(name, ADA, "shop")) {
      StatementRecorder statement = begin(session, 1, "SELECT id, name FROM t");
      log.append(decided(name, 1, "SELECT id, name FROM t"));
      statement.columns(COLUMNS);
      for (int i = 0; i < rows; i++) {
        byte[] row = row(i, "Ann\u001b[2J");
        statement.row(row, 0, row.length);
      }
      ResponseTrace trace = statement.completed("SELECT " + rows);
      Instant now = Instant.now();
      log.append(new StatementCompleted(name, 1, now, trace, 5, "SELECT " + rows, List.of()));
      StatementRecorder second = begin(session, 2, "SELECT no");
      log.append(decided(name, 2, "SELECT no"));
      ResponseTrace failed = second.failed(Map.of('C', "42501", 'M', "no"));
      log.append(new StatementFailed(name, 2, now, failed, 5, "42501", "no"));
      return trace;
    }
  }

  private static StatementDecided decided(String session, long number, String text) {
    return new StatementDecided(
        session,
        number,
        Instant.now(),
        null,
        text,
        VALUES,
        List.of("select"),
        Verdict.Outcome.ALLOW,
        VERDICTS,
        List.of(),
        "p",
        "c",
        "00112233445566778899aabbccddeeff",
        "lineage");
  }

  private static StatementRecorder begin(SessionRecorder session, long number, String text) {
    return session.statement(
        number,
        text,
        VALUES,
        null,
        Verdict.Outcome.ALLOW,
        VERDICTS,
        "00112233445566778899aabbccddeeff",
        "ffeeddccbbaa99887766554433221100");
  }

  private static byte[] row(int id, String name) {
    byte[] utf8 = name.getBytes(StandardCharsets.UTF_8);
    ByteBuffer row = ByteBuffer.allocate(2 + 4 + 4 + 4 + utf8.length);
    row.putShort((short) 2).putInt(4).putInt(id).putInt(utf8.length).put(utf8);
    return row.array();
  }
}
