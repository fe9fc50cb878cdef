package io.pgguard.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pgguard.audit.AuditLog.Announces;
import io.pgguard.audit.AuditSettings.Durability;
import io.pgguard.audit.Verification.Verified;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Entries whose way to the disk is not waited for where they are appended. */
final class ForcesTest {
  @TempDir Path directory;

  /** What the background is to do, when the test lets it. */
  private final Deque<Runnable> background = new ArrayDeque<>();

  private final List<Long> told = new ArrayList<>();

  private SegmentWriter writer() throws IOException {
    return new SegmentWriter(directory, AuditSettings.defaults(), LogOpening.read(directory, true));
  }

  private Forces forces(SegmentWriter writer) {
    return new Forces(writer, background::add, e -> new AuditUnavailableException("no disk", e));
  }

  private static AuditLog.Appended append(SegmentWriter writer) throws IOException {
    JsonLine line = new JsonLine(512);
    line.reset(LineFormat.FRONT);
    EventEncoder.write(Events.decided(1, "DELETE FROM t"), line);
    return new AuditLog.Appended(writer.append(line), writer.hash());
  }

  private Forcing waiting(Forces forces, SegmentWriter writer) throws IOException {
    Forcing forcing = forces.of(append(writer));
    assertFalse(forcing.isOver());
    forcing.whenOver(() -> told.add(forcing.appended().seq()));
    return forcing;
  }

  @Test
  void allThatWait_shareOneForce() throws IOException {
    SegmentWriter writer = writer();
    Forces forces = forces(writer);
    for (int i = 0; i < 100; i++) {
      waiting(forces, writer);
    }
    assertEquals(List.of(), told);
    assertEquals(1, background.size());
    background.remove().run();
    assertEquals(IntStream.rangeClosed(1, 100).mapToObj(Long::valueOf).toList(), told);
    assertEquals(0, background.size());
    forces.of(new AuditLog.Appended(100, "")).whenOver(() -> told.add(0L));
    assertEquals(0, told.get(100), "told at once");
    writer.close();
  }

  @Test
  void threadThatForces_servesThoseThatWaitToBeTold() throws IOException {
    SegmentWriter writer = writer();
    Forces forces = forces(writer);
    Forcing first = waiting(forces, writer);
    Forcing second = waiting(forces, writer);
    second.await();
    assertTrue(first.isOver());
    background.remove().run();
    assertEquals(List.of(1L, 2L), told);
    writer.close();
  }

  @Test
  void taskThatThrows_keepsNobodyFromBeingTold() throws IOException {
    SegmentWriter writer = writer();
    Forces forces = forces(writer);
    forces
        .of(append(writer))
        .whenOver(
            () -> {
              throw new IllegalStateException("its loop has ended");
            });
    waiting(forces, writer);
    background.remove().run();
    assertEquals(List.of(2L), told);
    writer.close();
  }

  @Test
  void forceThatFails_isToldToAllThatWait() throws IOException {
    SegmentWriter writer = writer();
    Forces forces = forces(writer);
    Forcing before = forces.of(append(writer));
    before.await();
    Forcing forcing = waiting(forces, writer);
    Files.delete(Segments.file(directory, 1));
    background.remove().run();
    assertEquals(List.of(2L), told);
    assertThrows(AuditUnavailableException.class, forcing::await);
    assertThrows(AuditUnavailableException.class, forcing::await, "and for ever");
    before.await();
    Forcing later = forces.of(append(writer));
    assertTrue(later.isOver());
    assertThrows(AuditUnavailableException.class, later::await);
    writer.close();
  }

  @ParameterizedTest
  @EnumSource(Durability.class)
  void closedLog_hasForcedAndToldAllThatWait(Durability durability) throws IOException {
    List<Forcing> begun = new ArrayList<>();
    List<CompletableFuture<Void>> ends = new ArrayList<>();
    AuditSettings settings = AuditSettings.defaults().withDurability(durability);
    try (FileAuditLog log = FileAuditLog.open(directory, settings)) {
      for (int i = 0; i < 50; i++) {
        Forcing forcing = log.begin(Events.decided(i, "DELETE FROM t"), Announces.EFFECT);
        CompletableFuture<Void> end = new CompletableFuture<>();
        forcing.whenOver(() -> end.complete(null));
        begun.add(forcing);
        ends.add(end);
      }
    }
    for (int i = 0; i < begun.size(); i++) {
      assertEquals(i + 1, begun.get(i).appended().seq());
      begun.get(i).await();
      ends.get(i).join();
    }
    Verified verified = assertInstanceOf(Verified.class, LogVerifier.of().verify(directory));
    assertEquals(50, verified.entries());
  }

  @Test
  void removedLog_refusesWhatWaitsAndAllAfterIt() throws IOException {
    FileAuditLog log = FileAuditLog.open(directory, AuditSettings.defaults());
    List<Path> all;
    try (Stream<Path> files = Files.list(directory)) {
      all = files.toList();
    }
    for (Path path : all) {
      Files.delete(path);
    }
    Forcing forcing = log.begin(Events.decided(1, "DELETE FROM t"), Announces.EFFECT);
    CompletableFuture<Void> end = new CompletableFuture<>();
    forcing.whenOver(() -> end.complete(null));
    end.join();
    AuditUnavailableException told = assertThrows(AuditUnavailableException.class, forcing::await);
    assertTrue(String.valueOf(told.getMessage()).contains("forced to disk"), told.getMessage());
    assertThrows(
        AuditUnavailableException.class,
        () -> log.begin(Events.decided(2, "SELECT 1"), Announces.NOTHING));
    log.close();
  }
}
