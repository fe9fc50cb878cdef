package io.pgguard.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pgguard.catalog.SearchPath;
import io.pgguard.judge.SmallWorld;
import io.pgguard.judge.StatementAnalysis;
import io.pgguard.judge.Touched;
import io.pgguard.lineage.Lineage;
import io.pgguard.lineage.SessionObjects;
import io.pgguard.lineage.TemporaryRelation;
import io.pgguard.policy.Decision;
import io.pgguard.reach.Reach;
import io.pgguard.statement.LexicalException;
import io.pgguard.statement.StatementReader;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SessionMemoryTest {
  private final SessionMemory memory = new SessionMemory("ana", "app");

  private static StatementAnalysis analysis(String sql) {
    try {
      return new StatementAnalysis(
          StatementReader.read(sql).statements().get(0),
          sql,
          new Lineage.Unknown("test"),
          false,
          List.of(),
          new Decision.Allow(List.of(), OptionalLong.empty()),
          "tokens",
          SmallWorld.perspective("equality").protections(),
          Reach.NOTHING,
          Touched.by(
              StatementReader.read(sql).statements().get(0),
              new Lineage.Unknown("test"),
              Reach.NOTHING,
              SmallWorld.perspective("equality")),
          List.of(),
          null,
          null);
    } catch (LexicalException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void pathReset_isThePathThatTheConnectionBeganWith() {
    SearchPath began = memory.path();
    memory.pathSet("other", false);
    assertEquals(SearchPath.of("pg_catalog", "other"), memory.path());
    memory.pathReset(false);
    assertEquals(began, memory.path());
    assertEquals(SearchPath.of("pg_catalog", "app"), began);
  }

  @Test
  void newSession_remembersNothing() {
    assertSame(SessionObjects.NONE, memory.objects());
    assertEquals(List.of("pg_catalog", "app"), memory.path().schemas());
    assertTrue(memory.unseen().isNothing());
  }

  @Test
  void prepared_untilDeallocated() {
    memory.prepared("p", analysis("SELECT 1"));
    assertNotNull(memory.preparedStatements().get("p"));
    assertEquals(Set.of("p"), memory.objects().prepared().keySet());
    memory.transactionEnded(true, false);
    assertNotNull(memory.preparedStatements().get("p"), "prepared statements outlive a rollback");
    memory.deallocated("p");
    assertNull(memory.preparedStatements().get("p"));
    assertSame(SessionObjects.NONE, memory.objects());
  }

  @Test
  void deallocateAll_forgetsAll() {
    memory.prepared("p", analysis("SELECT 1"));
    memory.prepared("q", analysis("SELECT 2"));
    memory.deallocated(null);
    assertSame(SessionObjects.NONE, memory.objects());
  }

  @Test
  void cursor_endsWithItsTransactionUnlessItHolds() {
    memory.declared("c", analysis("SELECT 1"), false);
    memory.declared("h", analysis("SELECT 1"), true);
    memory.transactionEnded(false, false);
    assertNull(memory.objects().cursors().get("c"));
    assertNotNull(memory.objects().cursors().get("h"));
    memory.closed(null);
    assertNull(memory.objects().cursors().get("h"));
  }

  private void temporary(String name) {
    memory.temporaries().made(TemporaryRelation.unknown(name), false, false);
    memory.temporariesChanged();
  }

  @Test
  void temporaryRelations_areKnownByName() {
    temporary("t");
    assertEquals(Set.of("t"), memory.objects().temporaryRelations().keySet());
  }

  @Test
  void objects_areTheSameUntilSomethingChanges() {
    temporary("t");
    memory.temporariesChanged();
    assertSame(memory.objects(), memory.objects());
    SessionObjects before = memory.objects();
    temporary("u");
    assertEquals(Set.of("t"), before.temporaryRelations().keySet());
    assertEquals(Set.of("t", "u"), memory.objects().temporaryRelations().keySet());
  }

  @Test
  void pathSetInATransaction_isBackAfterARollback() {
    memory.pathSet("other", false);
    assertEquals(List.of("pg_catalog", "other"), memory.path().schemas());
    memory.transactionEnded(true, false);
    assertEquals(List.of("pg_catalog", "app"), memory.path().schemas());
  }

  @Test
  void pathSetInATransaction_staysAfterACommit() {
    memory.pathSet("other", false);
    memory.transactionEnded(false, false);
    assertEquals(List.of("pg_catalog", "other"), memory.path().schemas());
  }

  @Test
  void pathSetLocally_endsWithTheTransaction() {
    memory.pathSet("other", true);
    memory.transactionEnded(false, false);
    assertEquals(List.of("pg_catalog", "app"), memory.path().schemas());
  }

  @Test
  void pathSetBeforeAnError_isUndone() {
    memory.pathSet("other", false);
    memory.transactionEnded(false, true);
    assertEquals(List.of("pg_catalog", "app"), memory.path().schemas());
  }

  @Test
  void pathPartlyTakenBack_meansNothingCertain() {
    memory.pathSet("other", false);
    memory.rolledBackTo();
    assertTrue(memory.unseen().everything());
    memory.transactionEnded(false, false);
    assertTrue(memory.unseen().everything());
    memory.pathSet("other", false);
    memory.transactionEnded(false, false);
    assertTrue(memory.unseen().isNothing());
  }

  @Test
  void pathReported_isTheServersWord() {
    memory.pathReported("reported");
    memory.pathSet("other", false);
    assertEquals(List.of("pg_catalog", "other"), memory.path().schemas());
    memory.ready(); // without another report: it was undone
    assertEquals(List.of("pg_catalog", "reported"), memory.path().schemas());
  }

  @Test
  void ddl_hidesRelationsUntilTheTransactionEnds() throws Exception {
    memory.changedCatalog(StatementReader.read("CREATE TABLE a (b int)").statements().get(0));
    assertTrue(memory.unseen().names().containsKey("a"));
    memory.transactionEnded(false, false);
    assertTrue(memory.unseen().isNothing());
  }

  /** A session with many prepared statements pays, after a change, for those that it runs. */
  @Test
  void outdated_judgesAnewWhatIsNamedAndOnce() {
    for (int i = 0; i < 1000; i++) {
      memory.prepared("p" + i, analysis("SELECT " + i));
    }
    List<String> judged = new ArrayList<>();
    for (int change = 0; change < 50; change++) {
      memory.outdated();
      for (int run = 0; run < 3; run++) {
        memory.judgeAnew(
            List.of("p7", "unknown"),
            one -> {
              judged.add(one.text());
              return one;
            });
      }
    }
    assertEquals(50, judged.size());
    memory.outdated();
    memory.prepared("p8", analysis("SELECT 8"));
    judged.clear();
    for (int run = 0; run < 3; run++) { // once: its own text may have left the path it was under
      memory.judgeAnew(
          List.of("p8"),
          one -> {
            judged.add(one.text());
            return one;
          });
    }
    assertEquals(List.of("SELECT 8"), judged);
  }
}
