package io.pgguard.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pgguard.approval.ApprovalStore;
import io.pgguard.approval.ApprovalStoreException;
import io.pgguard.approval.ApprovalStoreLocation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
      assertEquals(List.of("approvals.mv.db"), files.map(f -> f.getFileName().toString()).toList());
    }
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
