package io.pgguard.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class CatalogReaderTest {
  private final List<String> sent = new ArrayList<>();

  private void answer(String sql, Consumer<CatalogRow> row) {
    sent.add(sql);
    if (sql.contains("pg_event_trigger\n")) {
      row.accept(List.of("demo", "180006", "0", "700:702:701", "f", "t")::get);
    }
    if (sql.equals(new OwnedQuery(RelationQueries.RELATIONS).all())) {
      row.accept(List.of("4294967295", "app", "odd", "?", "f", "")::get);
    }
  }

  @Test
  void read_aKindOfRelationThatNobodyKnows_refusesAndRollsBack() {
    CatalogUnavailableException e =
        assertThrows(
            CatalogUnavailableException.class, () -> new CatalogReader().read(this::answer));
    assertTrue(String.valueOf(e.getMessage()).contains("unknown relkind '?'"), e.getMessage());
    assertTrue(sent.get(0).startsWith("BEGIN"));
    assertEquals("ROLLBACK", sent.get(sent.size() - 1));
  }

  @Test
  void read_theConnectionIsBroken_theCauseIsToldThoughRollbackFailsToo() {
    CatalogUnavailableException broken = new CatalogUnavailableException("broken");
    CatalogQueries queries =
        (sql, row) -> {
          if (!sql.startsWith("BEGIN")) {
            throw broken;
          }
        };
    assertSame(
        broken,
        assertThrows(CatalogUnavailableException.class, () -> new CatalogReader().read(queries)));
  }

  @Test
  void row_numbersAndFlags_areReadFromText() {
    String[] values = {"4294967295", null, "t", "true", "f", "", "p"};
    CatalogRow row = position -> values[position];
    assertEquals(-1, row.number(0));
    assertEquals(0, row.number(1));
    assertEquals(
        List.of(true, true, false, false),
        List.of(row.flag(2), row.flag(3), row.flag(4), row.flag(1)));
    assertEquals('\0', row.letter(5));
    assertEquals('p', row.letter(6));
    assertThrows(CatalogUnavailableException.class, () -> row.required(1));
  }
}
