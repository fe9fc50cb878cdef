package io.pgguard.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PolicySourceTest {
  @TempDir private Path dir;
  private Path file;
  private final AtomicLong nanos = new AtomicLong();
  private final List<String> heard = new ArrayList<>();
  private final PolicySource.Listener listener =
      new PolicySource.Listener() {
        @Override
        public void loaded(Policy policy) {
          heard.add("loaded " + policy.otherwise().outcome());
        }

        @Override
        public void failed(PolicyException error, Policy inForce) {
          heard.add("failed, still " + inForce.otherwise().outcome());
        }
      };

  @BeforeEach
  void writeFirst() throws IOException {
    file = dir.resolve("policy.yaml");
    write("version: 1\notherwise: deny");
  }

  private void write(String text) throws IOException {
    Path next = Files.writeString(dir.resolve("next"), text);
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  @Test
  void changedFile_isReadAfterASecond() throws Exception {
    try (PolicySource source = PolicySource.open(file, listener, nanos::get)) {
      write("version: 1\notherwise: allow");
      pass(Duration.ofMillis(999));
      assertEquals(Verdict.Outcome.DENY, source.current().otherwise().outcome());
      pass(Duration.ofMillis(1));
      assertEquals(Verdict.Outcome.ALLOW, source.current().otherwise().outcome());
      assertEquals(List.of("loaded ALLOW"), heard);
    }
  }

  @Test
  void unchangedFile_isNotReadAnew() throws Exception {
    try (PolicySource source = PolicySource.open(file, listener, nanos::get)) {
      Policy before = source.current();
      Files.setLastModifiedTime(file, java.nio.file.attribute.FileTime.fromMillis(0));
      source.check();
      assertSame(before, source.current());
      assertEquals(List.of(), heard);
    }
  }

  @Test
  void policyThatDoesNotLoad_changesNothing() throws Exception {
    try (PolicySource source = PolicySource.open(file, listener, nanos::get)) {
      Policy good = source.current();
      write("version: 1\notherwise: maybe");
      source.check();
      source.check();
      assertSame(good, source.current());
      assertTrue(
          source
              .lastError()
              .orElseThrow()
              .errors()
              .get(0)
              .problem()
              .contains("unknown outcome `maybe`"));
      assertEquals(List.of("failed, still DENY"), heard);
      write("version: 1\notherwise: approve");
      source.check();
      assertTrue(source.lastError().isEmpty());
      assertEquals(Verdict.Outcome.APPROVE, source.current().otherwise().outcome());
    }
  }

  @Test
  void fileThatIsGone_changesNothing() throws Exception {
    try (PolicySource source = PolicySource.open(file, listener, nanos::get)) {
      Policy good = source.current();
      Files.delete(file);
      source.check();
      source.check();
      assertSame(good, source.current());
      assertEquals(1, heard.size());
      write("version: 1\notherwise: deny");
      source.check();
      assertTrue(source.lastError().isEmpty());
    }
  }

  @Test
  void firstReadingThatFails_isAnError() throws IOException {
    write("version: 7");
    assertThrows(
        PolicyException.class, () -> PolicySource.open(file, listener, nanos::get).close());
  }

  @Test
  void timer_readsByItself() throws Exception {
    CountDownLatch loaded = new CountDownLatch(1);
    PolicySource.Listener latch =
        new PolicySource.Listener() {
          @Override
          public void loaded(Policy policy) {
            loaded.countDown();
          }

          @Override
          public void failed(PolicyException error, Policy inForce) {}
        };
    try (PolicySource source = PolicySource.watch(file, latch)) {
      write("version: 1\notherwise: allow");
      assertTrue(loaded.await(20, TimeUnit.SECONDS));
      assertEquals(Verdict.Outcome.ALLOW, source.current().otherwise().outcome());
    }
  }
}
