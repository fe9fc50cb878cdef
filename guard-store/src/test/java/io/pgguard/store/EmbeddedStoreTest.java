package io.pgguard.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pgguard.approval.ApprovalStore;
import io.pgguard.approval.ApprovalStoreException;
import io.pgguard.approval.ApprovalStoreLocation;
import io.pgguard.approval.Approvals;
import io.pgguard.approval.Opening;
import io.pgguard.approval.Redemption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedStoreTest extends StoreContract {
  @TempDir Path directory;
  private ApprovalStore store;

  @BeforeEach
  void open() {
    store = new StoreProvider().open(new ApprovalStoreLocation.Directory(data()));
  }

  private Path data() {
    return directory.resolve("approvals");
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Override
  ApprovalStore store() {
    return store;
  }

  @Override
  ApprovalStore other() {
    return store;
  }

  @Override
  String racesProperty() {
    return "guard.races.embedded";
  }

  @Test
  void reopened_hasWhatItHad() {
    var whole = Cases.whole(new Random(1));
    store.add(whole, one -> false, () -> {});
    store.close();
    open();
    assertEquals(List.of(whole), store.latest(null, 9));
  }

  /** H2's own error for a taken key shows the row; so do those for values that do not fit. */
  @Test
  void failure_showsNothingThatIsStored() throws IOException {
    store.close();
    String message =
        String.valueOf(
            assertThrows(ApprovalStoreException.class, () -> store.latest(null, 9)).getMessage());
    assertTrue(message.startsWith("the approvals in " + data() + " failed (SQLSTATE"), message);
    try (Stream<Path> files = Files.list(data())) {
      assertEquals(
          List.of("approvals.mv.db", "ended.log"),
          files.map(f -> f.getFileName().toString()).sorted().toList());
    }
  }

  /** H2 was seen to lose steps that it had answered when its process was killed. */
  @Test
  void useThatTheDatabaseLost_isNotMadeAgain() throws IOException {
    String text = "DELETE FROM lost";
    Approvals approvals = new Approvals(store, InstantSource.system(), event -> {});
    Opening.Opened opened = (Opening.Opened) approvals.open(Cases.ask(text, Cases.ONE_DBA));
    approvals.approve(opened.request().id(), Cases.BOB, null);
    store.close();
    Path file = data().resolve("approvals.mv.db");
    byte[] before = Files.readAllBytes(file);
    open();
    assertInstanceOf(Redemption.Redeemed.class, redeem(text));
    store.close();
    Files.write(file, before);
    open();
    assertInstanceOf(Redemption.None.class, redeem(text));
    assertEquals(Optional.empty(), store.find(opened.request().id()));
  }

  private Redemption redeem(String text) {
    return new Approvals(store, InstantSource.system(), event -> {})
        .redeem(Cases.digest(text), Cases.ONE_DBA, "session", 1);
  }

  @Test
  void endedRequests_areKeptWhateverStandsBehindThem() throws IOException {
    store.close();
    long until = Micros.floor(Instant.now());
    try (EndedRequests ended = EndedRequests.begin(data(), Map.of("apr-1", until))) {
      ended.add("apr-2", until + 1);
    }
    Path file = data().resolve("ended.log");
    Files.writeString(file, "apr-3 " + until, StandardOpenOption.APPEND); // not written whole
    assertEquals(Map.of("apr-1", until, "apr-2", until + 1), EndedRequests.read(data(), until));
    Files.writeString(file, " 0\napr-4 x y\n", StandardOpenOption.APPEND);
    assertEquals(Map.of("apr-1", until, "apr-2", until + 1), EndedRequests.read(data(), until));
    long later = until + 1 + Duration.ofDays(7).toNanos() / 1_000;
    assertEquals(Map.of("apr-2", until + 1), EndedRequests.read(data(), later));
    open();
  }

  @Test
  void pathWithSettings_isRefused() {
    assertThrows(
        ApprovalStoreException.class,
        () ->
            new StoreProvider()
                .open(
                    new ApprovalStoreLocation.Directory(directory.resolve("x;AUTO_SERVER=TRUE"))));
  }
}
