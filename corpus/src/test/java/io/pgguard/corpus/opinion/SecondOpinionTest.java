package io.pgguard.corpus.opinion;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pgguard.statement.Name;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The comparison itself: what it finds, and that it fails where a name is missed. */
class SecondOpinionTest {
  private static final String SQL =
      "WITH c AS (SELECT * FROM app.\"Orders\") SELECT Count(*), rank() OVER (ORDER BY t.a)"
          + " FROM c JOIN T ON t.id = c.id WHERE EXISTS (SELECT pg_catalog.lower(x) FROM u)";

  private final SecondReader reader = new SecondReader();
  private final Agreement agreement = new Agreement();

  @AfterEach
  void close() {
    reader.close();
  }

  private Optional<Opinion> opinion() {
    return reader.read(SQL);
  }

  @Test
  void namesOfAText_areFoundAsPostgresFoldsThem() {
    Opinion opinion = opinion().orElseThrow();
    assertEquals(
        Set.of(new Name("app", "Orders"), Name.of("c"), Name.of("t"), Name.of("u")),
        opinion.relations());
    assertEquals(
        Set.of(Name.of("count"), Name.of("rank"), new Name("pg_catalog", "lower")),
        opinion.functions());
    assertEquals(Set.of("c"), opinion.commonTables());
  }

  @Test
  void guardsOwnFacts_missNoName() {
    agreement.add(SQL, opinion());
    assertEquals(List.of(), agreement.missed());
    assertEquals(1.0, agreement.read());
  }

  @Test
  void aRelationTakenOutOfOurs_isFound() {
    Opinion opinion = opinion().orElseThrow();
    agreement.add(
        SQL,
        opinion(),
        Set.of(new Name("app", "Orders"), Name.of("c"), Name.of("t")),
        opinion.functions());
    assertEquals(1, agreement.missed().size());
    assertTrue(agreement.missed().get(0).startsWith("relation u in "));
  }

  @Test
  void aFunctionTakenOutOfOurs_isFound() {
    Opinion opinion = opinion().orElseThrow();
    agreement.add(SQL, opinion(), opinion.relations(), Set.of(Name.of("count"), Name.of("rank")));
    assertEquals(1, agreement.missed().size());
    assertTrue(agreement.missed().get(0).startsWith("function pg_catalog.lower in "));
  }

  @Test
  void longNames_areCutAsPostgresCutsThem() {
    String name = "é".repeat(40);
    Opinion opinion = reader.read("SELECT * FROM " + name).orElseThrow();
    assertEquals(Set.of(Name.of("é".repeat(31))), opinion.relations());
    agreement.add("SELECT * FROM " + name, Optional.of(opinion));
    assertEquals(List.of(), agreement.missed());
  }
}
