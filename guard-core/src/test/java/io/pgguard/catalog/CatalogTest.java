package io.pgguard.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CatalogTest {
  private static Relation relation(
      int oid, String name, List<Integer> parents, List<Integer> reads, List<Integer> triggers) {
    return new Relation(
        oid,
        "app",
        name,
        RelationKind.TABLE,
        List.of(new Column(1, "id", 23, false)),
        parents,
        reads,
        null,
        triggers.stream().map(f -> new Trigger(f, Trigger.Event.ALL, Set.of())).toList(),
        false);
  }

  private static Catalog catalog(Relation... relations) {
    CatalogBuilder builder = new CatalogBuilder("demo", 180000);
    for (Relation relation : relations) {
      builder.add(relation);
    }
    return builder.build();
  }

  private static List<String> names(List<Relation> relations) {
    return relations.stream().map(Relation::name).toList();
  }

  @Test
  void children_overSeveralLevelsAndTwoWays_eachIsThereOnce() {
    Catalog catalog =
        catalog(
            relation(1, "top", List.of(), List.of(), List.of(70)),
            relation(2, "left", List.of(1), List.of(), List.of()),
            relation(3, "right", List.of(1), List.of(), List.of(71)),
            relation(4, "both", List.of(2, 3), List.of(), List.of(70, 72)));
    assertEquals(List.of("left", "right", "both"), names(catalog.children(1)));
    assertEquals(List.of("both"), names(catalog.children(3)));
    assertEquals(List.of(), catalog.children(4));
    assertEquals(Set.of(70, 71, 72), catalog.triggersOf(1));
    assertEquals(Set.of(), catalog.triggersOf(99));
  }

  @Test
  void dependents_inACircle_endWithoutTheRelationItself() {
    Catalog catalog =
        catalog(
            relation(1, "a", List.of(), List.of(3), List.of()),
            relation(2, "b", List.of(), List.of(1), List.of()),
            relation(3, "c", List.of(), List.of(2), List.of()));
    assertEquals(List.of("b", "c"), names(catalog.dependents(1)));
  }

  @Test
  void relation_byNameAndByOid_theSameIsFound() {
    Relation orders = relation(-5, "orders", List.of(), List.of(), List.of());
    Catalog catalog = catalog(orders);
    assertEquals(Optional.of(orders), catalog.relation(-5));
    assertEquals(Optional.of(orders), catalog.relation("app", "orders"));
    assertEquals(Optional.empty(), catalog.relation("other", "orders"));
    assertEquals(Optional.empty(), catalog.relation("app", "Orders"));
    assertEquals(List.of(orders), catalog.relationsNamed("orders"));
    assertEquals(List.of(), catalog.functionsNamed("orders"));
  }

  @Test
  void relation_theSameNameInManySchemas_eachIsFound() {
    CatalogBuilder builder = new CatalogBuilder("demo", 180000);
    for (int i = 0; i < 101; i++) {
      builder.add(
          new Relation(
              i + 1,
              "tenant_" + i,
              "orders",
              RelationKind.TABLE,
              List.of(),
              List.of(),
              List.of(),
              null,
              List.of(),
              false));
    }
    Catalog catalog = builder.build();
    for (int i = 0; i < 101; i++) {
      assertEquals(i + 1, catalog.relation("tenant_" + i, "orders").orElseThrow().oid());
    }
    assertEquals(Optional.empty(), catalog.relation("tenant_101", "orders"));
    assertEquals(101, catalog.relationsNamed("orders").size());
  }

  @Test
  void baseType_domainOverDomain_isTheTypeBeneath() {
    Catalog catalog =
        new CatalogBuilder("demo", 180000)
            .add(new TypeInfo(25, "pg_catalog", "text", TypeInfo.Kind.BASE, 'S', 0, 0, 0))
            .add(new TypeInfo(900, "app", "ssn", TypeInfo.Kind.DOMAIN, 'S', 0, 25, 0))
            .add(new TypeInfo(901, "app", "tax", TypeInfo.Kind.DOMAIN, 'S', 0, 900, 0))
            .build();
    assertEquals(25, catalog.baseType(901));
    assertEquals(77, catalog.baseType(77));
  }

  @Test
  void builder_usedAfterBuild_theSnapshotStays() {
    CatalogBuilder builder = new CatalogBuilder("demo", 180000).complete(false);
    Catalog catalog = builder.build();
    builder.add(relation(1, "late", List.of(), List.of(), List.of()));
    assertTrue(catalog.relations().isEmpty());
    assertFalse(catalog.complete());
    assertNotEquals(catalog.fingerprint(), builder.build().fingerprint());
  }

  @Test
  void builder_ofAnother_sharesWhatStaysAndFindsWhatChanged() {
    Catalog before =
        new CatalogBuilder("demo", 180000)
            .add(relation(1, "stays", List.of(), List.of(), List.of()))
            .add(relation(2, "goes", List.of(), List.of(), List.of()))
            .build();
    Catalog after =
        new CatalogBuilder(before)
            .removeRelation(2)
            .add(relation(3, "comes", List.of(), List.of(), List.of()))
            .build();
    assertTrue(after.relation(2).isEmpty());
    assertTrue(after.relationsNamed("goes").isEmpty());
    assertEquals(3, after.relationsNamed("comes").get(0).oid());
    assertSame(before.functions(), after.functions());
    Catalog again =
        new CatalogBuilder(after)
            .removeRelation(3)
            .add(relation(2, "goes", List.of(), List.of(), List.of()))
            .build();
    assertEquals(before.fingerprint(), again.fingerprint());
  }
}
