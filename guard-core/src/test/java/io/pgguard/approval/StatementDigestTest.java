package io.pgguard.approval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class StatementDigestTest {
  private static StatementDigest.Builder begin() {
    return StatementDigest.of("alice", "app", "select $1", "m");
  }

  @Test
  void sameStatement_sameDigest() {
    assertEquals(
        begin().value(25, false, new byte[] {1}).digest(),
        begin().value(25, false, new byte[] {1}).digest());
  }

  @Test
  void anyChange_anotherDigest() {
    byte[] one = {1};
    List<StatementDigest> all =
        List.of(
            begin().digest(),
            begin().value(25, false, one).digest(),
            begin().value(25, true, one).digest(),
            begin().value(23, false, one).digest(),
            begin().value(25, false, new byte[] {2}).digest(),
            begin().value(25, false, new byte[0]).digest(),
            begin().value(25, false, null).digest(),
            begin().value(25, false, null).value(25, false, null).digest(),
            begin().value(25, false, one).value(25, false, one).digest(),
            begin().value(25, false, new byte[] {1, 1}).digest(),
            StatementDigest.of("alicea", "pp", "select $1", "m").digest(),
            StatementDigest.of("alice", "app", "select $1 ", "m").digest(),
            StatementDigest.of("alice", "app", "select $1", "n").digest(),
            StatementDigest.of("Alice", "app", "select $1", "m").digest());
    Set<StatementDigest> different = new HashSet<>(all);
    assertEquals(all.size(), different.size());
    assertNotEquals(all.get(0), all.get(1));
  }
}
