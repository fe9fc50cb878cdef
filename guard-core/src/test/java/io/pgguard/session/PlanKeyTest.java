package io.pgguard.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.pgguard.identity.Principal;
import io.pgguard.lineage.Lineage;
import io.pgguard.lineage.SearchPath;
import io.pgguard.lineage.SessionObjects;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PlanKeyTest {
  private static PlanKey key(String text) {
    return SmallWorld.perspective("equality").key(text);
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
    PlanKey one = key("SELECT 1");
    Lineage unknown = new Lineage.Unknown("x");
    for (PlanKey other :
        List.of(
            key("SELECT 1 "),
            key("SELECT\u00a01"),
            new PlanKey(
                "SELECT 1",
                one.catalogFingerprint() + 1,
                one.policyHash(),
                one.principal(),
                false,
                one.path(),
                one.objects(),
                false),
            new PlanKey(
                "SELECT 1",
                one.catalogFingerprint(),
                "x",
                one.principal(),
                false,
                one.path(),
                one.objects(),
                false),
            with(one, new Principal("ana@example.com", Set.of(), null, null)),
            with(one, new Principal("bob@example.com", Set.of("analysts"), null, null)),
            new PlanKey(
                "SELECT 1",
                one.catalogFingerprint(),
                one.policyHash(),
                one.principal(),
                true,
                one.path(),
                one.objects(),
                false),
            new PlanKey(
                "SELECT 1",
                one.catalogFingerprint(),
                one.policyHash(),
                one.principal(),
                false,
                SearchPath.of("public"),
                one.objects(),
                false),
            with(one, new SessionObjects(Map.of("p", unknown), Map.of(), Set.of())),
            with(one, new SessionObjects(Map.of(), Map.of("c", unknown), Set.of())),
            with(one, new SessionObjects(Map.of(), Map.of(), Set.of("orders"))),
            new PlanKey(
                "SELECT 1",
                one.catalogFingerprint(),
                one.policyHash(),
                one.principal(),
                false,
                one.path(),
                one.objects(),
                true))) {
      assertNotEquals(one, other);
    }
  }

  private static PlanKey with(PlanKey key, Principal principal) {
    return new PlanKey(
        key.text(),
        key.catalogFingerprint(),
        key.policyHash(),
        principal,
        false,
        key.path(),
        key.objects(),
        false);
  }

  private static PlanKey with(PlanKey key, SessionObjects objects) {
    return new PlanKey(
        key.text(),
        key.catalogFingerprint(),
        key.policyHash(),
        key.principal(),
        false,
        key.path(),
        objects,
        false);
  }
}
