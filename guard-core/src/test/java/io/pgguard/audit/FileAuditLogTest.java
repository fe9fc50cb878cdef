package io.pgguard.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pgguard.audit.AuditEvent.SessionClosed;
import io.pgguard.audit.AuditLog.Announces;
import io.pgguard.audit.AuditSettings.Durability;
import io.pgguard.audit.Verification.Broken;
import io.pgguard.audit.Verification.Defect;
import io.pgguard.audit.Verification.Verified;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class FileAuditLogTest {
  private static final AuditSettings SMALL =
      AuditSettings.defaults().withDurability(Durability.OS).withSegmentBytes(4096);

  @TempDir Path directory;

  @Test
  void appended_standsInTheFileInTheDocumentedForm() throws IOException {
    AuditLog.Appended appended;
    try (FileAuditLog log = FileAuditLog.open(directory, AuditSettings.defaults())) {
      appended = log.append(Events.opened());
    }
    List<String> lines = Files.readAllLines(Segments.file(directory, 1));
    assertEquals(2, lines.size());
    assertTrue(lines.get(0).startsWith("{\"segment\":1,\"seq\":1,\"prev\":\"" + "0".repeat(64)));
    String header = lines.get(0).substring(lines.get(0).length() - 66, lines.get(0).length() - 2);
    assertEquals(
        "{\"seq\":1,\"prev\":\""
            + header
            + "\",\"event\":{\"type\":\"SessionOpened\",\"at\":\"2026-11-22T01:02:03.000000004Z\","
            + "\"session\":\"s1\",\"principal\":{\"subject\":\"ada\",\"groups\":[\"dba\",\"ops\"],"
            + "\"agent\":\"helper\",\"model\":\"m-1\",\"proved\":[]},\"database\":\"shop\","
            + "\"databaseUser\":\"agent_ro\",\"edge\":\"jdbc\",\"guardVersion\":\"0.1\","
            + "\"policyHash\":\"p1\"},\"hash\":\""
            + appended.hash()
            + "\"}",
        lines.get(1));
  }

  @ParameterizedTest
  @EnumSource(Durability.class)
  void appendedByManyThreads_isOneChainWithoutGaps(Durability durability) throws Exception {
    int threads = 4;
    int each = 200;
    ConcurrentSkipListSet<Long> seen = new ConcurrentSkipListSet<>();
    AuditSettings settings = SMALL.withDurability(durability).withCheckpointEvery(50);
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try (FileAuditLog log = FileAuditLog.open(directory, settings)) {
      CountDownLatch start = new CountDownLatch(1);
      List<Future<?>> done =
          IntStream.range(0, threads)
              .<Future<?>>mapToObj(t -> pool.submit(() -> fill(log, each, seen, start)))
              .toList();
      start.countDown();
      for (Future<?> future : done) {
        future.get();
      }
    } finally {
      pool.shutdown();
    }
    assertEquals(threads * each, new TreeSet<>(seen).size());
    Verified verified = assertInstanceOf(Verified.class, LogVerifier.of().verify(directory));
    assertEquals(threads * each, verified.entries());
    assertTrue(Segments.list(directory).size() > 10);
  }

  private static Void fill(
      FileAuditLog log, int each, ConcurrentSkipListSet<Long> seen, CountDownLatch start)
      throws InterruptedException {
    start.await();
    for (int i = 0; i < each; i++) {
      Announces announces = i % 7 == 0 ? Announces.EFFECT : Announces.NOTHING;
      seen.add(log.append(Events.decided(i, "SELECT " + i), announces).seq());
    }
    return null;
  }

  @Test
  void openedAgain_goesOn() throws IOException {
    fill(3);
    fill(3);
    Verified verified = assertInstanceOf(Verified.class, LogVerifier.of().verify(directory));
    assertEquals(6, verified.last());
  }

  @Test
  void openTwice_isRefusedWithTheReason() {
    try (FileAuditLog log = FileAuditLog.open(directory, SMALL)) {
      log.append(Events.opened());
      AuditUnavailableException e =
          assertThrows(AuditUnavailableException.class, () -> FileAuditLog.open(directory, SMALL));
      assertTrue(String.valueOf(e.getMessage()).contains("open already"), e.getMessage());
    }
  }

  @Test
  void directoryThatIsAFile_isRefused() throws IOException {
    Path file = Files.createFile(directory.resolve("x"));
    assertThrows(AuditUnavailableException.class, () -> FileAuditLog.open(file, SMALL));
  }

  @Test
  void closed_refuses() {
    FileAuditLog log = FileAuditLog.open(directory, SMALL);
    log.close();
    log.close();
    assertThrows(AuditUnavailableException.class, () -> log.append(Events.opened()));
  }

  @Test
  void interruptedThread_stillAppends() {
    try (FileAuditLog log = FileAuditLog.open(directory, SMALL.withDurability(Durability.STRICT))) {
      Thread.currentThread().interrupt();
      assertEquals(1, log.append(Events.opened()).seq());
      assertTrue(Thread.interrupted());
      assertEquals(2, log.append(Events.opened()).seq());
    }
  }

  @Test
  void threadInterruptedWhileSegmentsRoll_stillAppends() throws IOException {
    try (FileAuditLog log = FileAuditLog.open(directory, SMALL)) {
      for (int i = 1; i <= 30; i++) {
        Thread.currentThread().interrupt();
        assertEquals(i, log.append(Events.decided(i, "SELECT 1")).seq());
      }
    } finally {
      assertTrue(Thread.interrupted());
    }
    assertInstanceOf(Verified.class, LogVerifier.of().verify(directory));
  }

  @Test
  void closedLog_isNotTouchedAnymore() throws IOException {
    for (int round = 0; round < 8; round++) {
      Path own = directory.resolve("round" + round);
      AuditSettings settings = AuditSettings.defaults().withCheckpointEvery(1);
      FileAuditLog log = FileAuditLog.open(own, settings);
      long until = System.nanoTime() + 51_000_000;
      while (System.nanoTime() < until) {
        log.append(Events.opened());
      }
      log.close();
      for (Path file : List.of(Segments.file(own, 1), own.resolve(Segments.CHECKPOINTS))) {
        Files.delete(file);
      }
      Files.delete(own.resolve(Segments.LOCK));
      Files.delete(own);
    }
  }

  @Test
  void tornTail_isCutKeptAndTold() throws IOException {
    fill(3);
    Path segment = Segments.file(directory, 1);
    byte[] whole = Files.readAllBytes(segment);
    int lastLine = lastLine(whole);
    for (int length = lastLine + 1; length < whole.length; length += 41) {
      Files.deleteIfExists(directory.resolve(Segments.CHECKPOINTS));
      Files.write(segment, java.util.Arrays.copyOf(whole, length));
      try (FileAuditLog log = FileAuditLog.open(directory, SMALL)) {
        assertEquals(4, log.append(Events.completed(1)).seq());
      }
      assertInstanceOf(Verified.class, LogVerifier.of().verify(directory));
      assertTrue(Files.readString(segment).contains("\"type\":\"LogRecovered\""));
    }
    Path torn = directory.resolve(Segments.name(segment) + "." + lastLine + ".torn");
    assertEquals(1, Files.size(torn));
  }

  @Test
  void sessionsThatWereOpen_areToldOfWhenTheLogIsOpenedAnew() throws IOException {
    try (FileAuditLog log = FileAuditLog.open(directory, SMALL)) {
      log.append(Events.opened("over"));
      log.append(Events.opened("lost"));
      log.append(new SessionClosed("over", Events.AT, "closed", 0));
      log.append(Events.decided(1, "SELECT 'SessionOpened'"));
    }
    for (int starts = 0; starts < 2; starts++) {
      FileAuditLog.open(directory, SMALL).close();
      List<String> lost = new ArrayList<>();
      LogReader.read(
          directory,
          entry -> {
            if (entry.event().path("type").asText().equals("SessionLost")) {
              lost.add(entry.event().path("session").asText() + entry.event().path("opened"));
            }
          });
      assertEquals(List.of("lost2"), lost, "told of once");
    }
    assertInstanceOf(Verified.class, LogVerifier.of().verify(directory));
  }

  @Test
  void tornHeaderOfANewSegment_isCut() throws IOException {
    fill(30);
    List<Path> segments = Segments.list(directory);
    Path next = Segments.file(directory, segments.size() + 1L);
    Files.writeString(next, "{\"segm");
    fill(1);
    Verified verified = assertInstanceOf(Verified.class, LogVerifier.of().verify(directory));
    assertEquals(32, verified.last());
  }

  @Test
  void damageBeforeTheEnd_isRefusedWithThePlace() throws IOException {
    fill(5);
    Path segment = Segments.file(directory, 1);
    String text = Files.readString(segment);
    Files.writeString(segment, text.replaceFirst("SELECT 1", "SELECT 9"));
    AuditUnavailableException e =
        assertThrows(AuditUnavailableException.class, () -> FileAuditLog.open(directory, SMALL));
    assertTrue(String.valueOf(e.getMessage()).contains("line 3 (entry 2"), e.getMessage());
  }

  @Test
  void changedLastEntryThatACheckpointVouchesFor_isRefused() throws IOException {
    fill(3);
    Path segment = Segments.file(directory, 1);
    String text = Files.readString(segment);
    int at = text.lastIndexOf("SELECT 2");
    Files.writeString(segment, text.substring(0, at) + "SELECT 9" + text.substring(at + 8));
    assertThrows(AuditUnavailableException.class, () -> FileAuditLog.open(directory, SMALL));
  }

  @Test
  void cutTail_isFoundByTheCheckpoint() throws Exception {
    KeyPair keys = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    fill(3, SMALL.withSigningKey(keys.getPrivate()));
    LogVerifier verifier = LogVerifier.of().withPublicKey(keys.getPublic());
    assertInstanceOf(Verified.class, verifier.verify(directory));
    Path segment = Segments.file(directory, 1);
    byte[] whole = Files.readAllBytes(segment);
    Files.write(segment, java.util.Arrays.copyOf(whole, lastLine(whole)));
    assertEquals(Defect.CUT, broken(verifier).defect());
  }

  @Test
  void checkpointOfAnotherKey_isFound() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("Ed25519");
    fill(3, SMALL.withSigningKey(generator.generateKeyPair().getPrivate()));
    LogVerifier verifier = LogVerifier.of().withPublicKey(generator.generateKeyPair().getPublic());
    assertEquals(Defect.BAD_SIGNATURE, broken(verifier).defect());
  }

  @Test
  void archivedSegments_areVouchedForByACheckpoint() throws IOException {
    fill(30);
    Files.delete(Segments.file(directory, 1));
    Verified verified = assertInstanceOf(Verified.class, LogVerifier.of().verify(directory));
    assertTrue(verified.first() > 1);
    Files.delete(directory.resolve(Segments.CHECKPOINTS));
    assertEquals(Defect.MISSING, broken(LogVerifier.of()).defect());
  }

  @Test
  void segmentGoneInTheMiddle_isFound() throws IOException {
    fill(30);
    Files.delete(Segments.file(directory, 2));
    Broken broken = broken(LogVerifier.of());
    assertEquals(Defect.MISSING, broken.defect());
    assertEquals("audit-000000000003.jsonl", broken.file());
  }

  @Test
  void unfinishedCheckpointLine_isOverwritten() throws IOException {
    fill(2);
    Path checkpoints = directory.resolve(Segments.CHECKPOINTS);
    Files.writeString(checkpoints, "{\"segm", StandardOpenOption.APPEND);
    fill(2);
    assertFalse(Files.readString(checkpoints).contains("{\"segm{"));
    assertInstanceOf(Verified.class, LogVerifier.of().verify(directory));
  }

  private Broken broken(LogVerifier verifier) throws IOException {
    return assertInstanceOf(Broken.class, verifier.verify(directory));
  }

  private static int lastLine(byte[] whole) {
    int at = whole.length - 2;
    while (whole[at] != '\n') {
      at--;
    }
    return at + 1;
  }

  private void fill(int entries) {
    fill(entries, SMALL);
  }

  private void fill(int entries, AuditSettings settings) {
    try (FileAuditLog log = FileAuditLog.open(directory, settings)) {
      for (int i = 0; i < entries; i++) {
        log.append(Events.decided(i, "SELECT " + i));
      }
    }
  }
}
