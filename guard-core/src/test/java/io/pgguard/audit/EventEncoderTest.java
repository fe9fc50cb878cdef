package io.pgguard.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pgguard.audit.ApprovalEvent.ApprovalDecided;
import io.pgguard.audit.ApprovalEvent.ApprovalExpired;
import io.pgguard.audit.ApprovalEvent.ApprovalOpened;
import io.pgguard.audit.ApprovalEvent.ApprovalRedeemed;
import io.pgguard.audit.AuditEvent.ConsoleAccess;
import io.pgguard.audit.AuditEvent.LogRecovered;
import io.pgguard.audit.AuditEvent.PolicyLoaded;
import io.pgguard.audit.AuditEvent.PolicyRejected;
import io.pgguard.audit.AuditEvent.SessionClosed;
import io.pgguard.audit.AuditEvent.SessionLost;
import io.pgguard.audit.StatementEvent.LineageDisagreement;
import io.pgguard.audit.StatementEvent.StatementAbandoned;
import io.pgguard.audit.StatementEvent.StatementFailed;
import io.pgguard.audit.StatementEvent.StatementShaped;
import io.pgguard.audit.StatementEvent.StatementStopped;
import io.pgguard.audit.StatementEvent.StatementUndone;
import io.pgguard.policy.Approvers;
import io.pgguard.policy.Verdict;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class EventEncoderTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final MaskedColumn MASKED = new MaskedColumn(2, "Größe", "hr.size", "null");
  private static final ResponseTrace CUT = new ResponseTrace(9, 99, "aa", "bb");

  static Stream<AuditEvent> everyEvent() {
    Instant at = Events.AT;
    return Stream.of(
        Events.opened(),
        new SessionClosed("s", at, "idle", 3),
        new PolicyLoaded(at, "h", "guard.yaml"),
        new PolicyRejected(at, "guard.yaml", List.of("line 1: \"x\"", "line 2")),
        new SessionLost("s", at, 4),
        new ConsoleAccess(at, Events.ADA, "127.0.0.1", "GET", "/waiting"),
        new ConsoleAccess(at, null, "127.0.0.1", "login refused", null),
        new LogRecovered(at, "audit-000000000001.jsonl", 10, 5, "x.torn"),
        Events.decided(1, "SELECT 1"),
        new StatementShaped("s", 1, at, List.of(MASKED, MASKED)),
        Events.completed(1),
        new StatementFailed("s", 1, at, CUT, 7, "42501", "no"),
        new StatementAbandoned("s", 1, at, "the batch failed"),
        new StatementStopped("s", 1, at, Verdict.Outcome.DENY, List.of()),
        new StatementUndone("s", 1, at, 12L, Verdict.Outcome.DENY, List.of()),
        new StatementUndone("s", 1, at, null, Verdict.Outcome.APPROVE, List.of()),
        new LineageDisagreement("s", 1, at, "x", "clean; customers.ssn"),
        new ApprovalOpened("a", at, "s", 1, List.of(new Approvers(Set.of("dba"), 2)), at),
        new ApprovalDecided("a", at, Events.ADA, true, null),
        new ApprovalRedeemed("a", at, "s", 1),
        new ApprovalExpired("a", at));
  }

  @ParameterizedTest
  @MethodSource("everyEvent")
  void event_isOneJsonObjectThatNamesItself(AuditEvent event) throws IOException {
    JsonNode json = encode(event);
    assertEquals(event.getClass().getSimpleName(), json.path("type").asText());
    assertEquals(event.at(), Instant.parse(json.path("at").asText()));
    String session = json.path("session").isTextual() ? json.path("session").asText() : null;
    assertEquals(event.session(), session);
  }

  @Test
  void decided_tellsEverything() throws IOException {
    JsonNode json = encode(Events.decided(5, "SELECT 'ä\u0000\uD83D\uDE00'"));
    assertEquals(5, json.path("statement").asLong());
    assertEquals("SELECT 'ä\u0000\uD83D\uDE00'", json.path("text").asText());
    assertEquals("count orders", json.path("intent").asText());
    assertEquals(
        "[{\"type\":23,\"binary\":\"AAAABw==\"},{\"type\":0,\"text\":null}]",
        json.path("values").toString());
    assertEquals("allow", json.path("outcome").asText());
    assertEquals(
        "[{\"rule\":\"reads\",\"outcome\":\"allow\",\"reason\":\"reads may run\"}]",
        json.path("verdicts").toString());
    assertEquals("pii.ssn", json.path("masked").path(0).path("class").asText());
  }

  @Test
  void failed_tellsBothDigests() throws IOException {
    JsonNode json = encode(new StatementFailed("s", 1, Events.AT, CUT, 7, "42501", "no"));
    assertEquals("aa", json.path("digest").asText());
    assertEquals("bb", json.path("recordedDigest").asText());
    assertEquals("42501", json.path("sqlState").asText());
  }

  @Test
  void anyText_readsBackAsItWas() throws IOException {
    long seed = System.nanoTime();
    System.out.println("EventEncoderTest seed " + seed);
    Random random = new Random(seed);
    for (int round = 0; round < 2000; round++) {
      StringBuilder text = new StringBuilder();
      for (int i = random.nextInt(round % 100 == 0 ? 10_000 : 40); i > 0; i--) {
        int kind = random.nextInt(4);
        text.append((char) random.nextInt(kind == 0 ? 0x10000 : kind == 1 ? 0x800 : 0x80));
      }
      AuditEvent event = new SessionClosed("s", Events.AT, text.toString(), random.nextLong());
      JsonNode json = encode(event);
      assertEquals(text.toString(), json.path("why").asText());
      assertEquals(((SessionClosed) event).statements(), json.path("statements").asLong());
    }
  }

  @Test
  void anyInstant_readsBackAsItWas() {
    long seed = System.nanoTime();
    System.out.println("EventEncoderTest seed " + seed);
    Random random = new Random(seed);
    byte[] target = new byte[64];
    for (int i = 0; i < 20_000; i++) {
      long second = (long) (random.nextDouble() * 315_000_000_000L) - 62_000_000_000L;
      Instant instant = Instant.ofEpochSecond(second, random.nextInt(1_000_000_000));
      int end = IsoInstant.write(instant, target, 0);
      String text = new String(target, 1, end - 2, java.nio.charset.StandardCharsets.US_ASCII);
      assertEquals(instant, Instant.parse(text));
    }
  }

  @Test
  void longOrUnreadableValue_isKeptInPart() {
    byte[] large =
        "ä".repeat(LoggedValue.KEPT_BYTES).getBytes(java.nio.charset.StandardCharsets.UTF_8);
    LoggedValue value =
        LoggedValue.of(25, false, java.util.Arrays.copyOfRange(large, 1, large.length));
    assertEquals(LoggedValue.Form.BINARY, value.form());
    LoggedValue text = LoggedValue.of(25, false, large);
    assertEquals("ä".repeat(LoggedValue.KEPT_BYTES / 2), text.content());
    assertEquals(large.length, text.length());
    assertEquals(64, String.valueOf(text.sha256()).length());
  }

  private static JsonNode encode(AuditEvent event) throws IOException {
    JsonLine line = new JsonLine(16);
    line.reset(3);
    EventEncoder.write(event, line);
    return JSON.readTree(line.bytes(), 3, line.end() - 3);
  }
}
