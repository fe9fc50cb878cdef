package io.pgguard.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.pgguard.catalog.SearchPath;
import io.pgguard.identity.Principal;
import io.pgguard.judge.Perspective;
import io.pgguard.judge.SmallWorld;
import io.pgguard.judge.Unseen;
import io.pgguard.lineage.Lineage;
import io.pgguard.lineage.SessionObjects;
import io.pgguard.lineage.TemporaryRelation;
import io.pgguard.policy.Circumstances;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PlanKeyTest {
  private static PlanKey key(String text) {
    return new PlanKey(text, SmallWorld.perspective("equality"));
  }

  @Test
  void sameTextAndPerspective_meet() {
    assertEquals(key("SELECT 1"), key("SELECT 1"));
    assertEquals(key("SELECT 1").hashCode(), key("SELECT 1").hashCode());
  }

  /** Texts may be crafted to hash alike; the plan of one must not serve the other. */
  @Test
  void textsThatHashAlike_doNotMeet() {
    String harmless = "SELECT 'Aa'";
    String crafted = "SELECT 'BB'";
    assertEquals(harmless.hashCode(), crafted.hashCode());
    assertEquals(key(harmless).hashCode(), key(crafted).hashCode());
    assertNotEquals(key(harmless), key(crafted));
  }

  @Test
  void whatDiffersInAnything_doesNotMeet() {
    Perspective one = SmallWorld.perspective("equality");
    Lineage unknown = new Lineage.Unknown("x");
    assertNotEquals(key("SELECT 1"), key("SELECT 1 "));
    assertNotEquals(key("SELECT 1"), key("SELECT\u00a01"));
    for (Perspective other :
        List.of(
            SmallWorld.perspective("deny"),
            with(one, new Principal("ana@example.com", Set.of(), null, null)),
            with(one, new Principal("bob@example.com", Set.of("analysts"), null, null)),
            with(one, true, one.path(), false),
            with(one, false, SearchPath.of("public"), false),
            with(one, false, one.path(), true),
            with(one, new SessionObjects(Map.of("p", unknown), Map.of(), Map.of())),
            with(one, new SessionObjects(Map.of(), Map.of("c", unknown), Map.of())),
            with(
                one,
                new SessionObjects(
                    Map.of(), Map.of(), Map.of("orders", TemporaryRelation.unknown("orders")))))) {
      assertNotEquals(new PlanKey("SELECT 1", one), new PlanKey("SELECT 1", other));
    }
  }

  private static Perspective with(Perspective one, Principal principal) {
    return new Perspective(
        one.catalog(),
        one.policy(),
        principal,
        Circumstances.UNSTATED,
        one.protections(),
        one.path(),
        one.objects(),
        one.prepared(),
        Unseen.NOTHING);
  }

  private static Perspective with(
      Perspective one, boolean intentStated, SearchPath path, boolean hides) {
    return new Perspective(
        one.catalog(),
        one.policy(),
        one.principal(),
        Circumstances.of(intentStated),
        one.protections(),
        path,
        one.objects(),
        one.prepared(),
        hides ? Unseen.EVERYTHING : Unseen.NOTHING);
  }

  private static Perspective with(Perspective one, SessionObjects objects) {
    return new Perspective(
        one.catalog(),
        one.policy(),
        one.principal(),
        Circumstances.UNSTATED,
        one.protections(),
        one.path(),
        objects,
        one.prepared(),
        Unseen.NOTHING);
  }
}
