package io.pgguard.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pgguard.lineage.ColumnSource;
import io.pgguard.lineage.Flow;
import io.pgguard.lineage.OutputLineage;
import io.pgguard.lineage.TemporaryRelation;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TemporariesTest {
  private static final ColumnSource SSN = new ColumnSource(100, 2, Flow.COPY);

  private final Temporaries temporaries = new Temporaries(java.util.Map.of());

  private static TemporaryRelation of(String name, ColumnSource... sources) {
    return new TemporaryRelation(
        name, List.of(new OutputLineage("a", Set.of(sources))), Set.of(), true);
  }

  private TemporaryRelation known(String name) {
    return Objects.requireNonNull(temporaries.byName().get(name), name);
  }

  private boolean certain(String name) {
    return known(name).certain();
  }

  private Set<ColumnSource> sources(String name) {
    Set<ColumnSource> all = new HashSet<>();
    known(name).columns().forEach(column -> all.addAll(column.sources()));
    return all;
  }

  @Test
  void madeAndKept_isCertain() {
    temporaries.made(of("t"), false, false);
    temporaries.transactionEnded(true);
    assertTrue(certain("t"));
  }

  @Test
  void madeAndRolledBack_isUncertain() {
    temporaries.made(of("t"), false, false);
    temporaries.transactionEnded(false);
    assertFalse(certain("t"));
  }

  @Test
  void replacedAndRolledBack_mayCarryWhatTheFirstDid() {
    temporaries.made(of("t", SSN), false, false);
    temporaries.transactionEnded(true);
    temporaries.dropped("t");
    temporaries.made(of("t"), false, false);
    assertEquals(Set.of(), sources("t"));
    temporaries.transactionEnded(false);
    assertEquals(Set.of(SSN), sources("t"));
    assertFalse(certain("t"));
  }

  @Test
  void dropped_isForgottenOnlyOnceItIsKept() {
    temporaries.made(of("t", SSN), false, false);
    temporaries.transactionEnded(true);
    temporaries.dropped("t");
    temporaries.rolledBack();
    temporaries.transactionEnded(true);
    assertEquals(Set.of(SSN), sources("t"));
    temporaries.dropped("t");
    temporaries.transactionEnded(true);
    assertFalse(temporaries.has("t"));
  }

  @Test
  void onCommitDrop_isGoneAfterTheTransaction() {
    temporaries.made(of("t"), false, true);
    assertTrue(certain("t"));
    temporaries.transactionEnded(true);
    assertFalse(temporaries.has("t"));
  }

  @Test
  void ifNotExists_isEitherOfTheTwo() {
    temporaries.made(of("t", SSN), false, false);
    temporaries.made(of("t"), true, false);
    assertTrue(certain("t"), "the columns are the same");
    assertEquals(Set.of(SSN), sources("t"));
    temporaries.made(TemporaryRelation.unknown("t"), true, false);
    assertFalse(certain("t"));
  }

  @Test
  void renamed_isKnownByBothNames() {
    temporaries.made(of("t", SSN), false, false);
    temporaries.renamed("t", "u");
    assertEquals(Set.of(SSN), sources("t"));
    assertEquals(Set.of(SSN), sources("u"));
    assertFalse(certain("u"));
  }

  @Test
  void fed_carriesWhatWasWritten() {
    temporaries.made(of("t"), false, false);
    temporaries.fed("t", Set.of(SSN));
    assertEquals(Set.of(SSN), sources("t"));
    assertTrue(certain("t"));
  }
}
