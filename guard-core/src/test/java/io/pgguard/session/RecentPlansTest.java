package io.pgguard.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.pgguard.judge.Perspective;
import io.pgguard.judge.SmallWorld;
import io.pgguard.plan.TextPlan;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecentPlansTest {
  private final RecentPlans recent = new RecentPlans();
  private final Perspective now = SmallWorld.perspective("equality");

  private PlannedText keep(String text) {
    return keep(text, List.of());
  }

  private PlannedText keep(String text, List<Integer> types) {
    PlannedText plan = new PlannedText(new TextPlan(text, now.taking(types), List.of(), null));
    recent.keep(plan, now);
    return plan;
  }

  @Test
  void sameText_isFound() {
    PlannedText plan = keep("SELECT 1");
    assertSame(plan, recent.find(new String("SELECT 1".toCharArray()), List.of(), now));
  }

  /** Another object may be of another policy, role or catalog, or know other names. */
  @Test
  void otherPerspective_findsNothing() {
    keep("SELECT 1");
    Perspective other = now.with(now.path(), now.objects(), now.prepared(), now.unseen());
    assertNull(recent.find("SELECT 1", List.of(), other));
    recent.keep(new PlannedText(new TextPlan("SELECT 2", other, List.of(), null)), other);
    assertNull(recent.find("SELECT 1", List.of(), other));
    assertNull(recent.find("SELECT 1", List.of(), now));
  }

  @Test
  void otherTypesOfParameters_findNothing() {
    PlannedText plan = keep("SELECT $1", List.of(23));
    assertNull(recent.find("SELECT $1", List.of(), now));
    assertNull(recent.find("SELECT $1", List.of(25), now));
    assertSame(plan, recent.find("SELECT $1", List.of(23), now));
  }

  /** Only some characters say where a text lies; all of them say what it is. */
  @Test
  void textsOfOnePlace_areToldApart() {
    String harmless = "SELECT aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
    for (int i = 0; i < harmless.length(); i++) {
      String other = harmless.substring(0, i) + 'b' + harmless.substring(i + 1);
      keep(harmless);
      PlannedText found = recent.find(other, List.of(), now);
      assertNull(found, other);
    }
  }

  @Test
  void onceAsked_drivesOutNothingFound() {
    keep("SELECT 1");
    assertNotNull(recent.find("SELECT 1", List.of(), now));
    for (int i = 2; i < 1_000; i++) {
      keep("SELECT " + i);
    }
    assertNotNull(recent.find("SELECT 1", List.of(), now));
  }

  @Test
  void longText_isLeftToAll() {
    String text = "SELECT '" + "x".repeat(2_000) + "'";
    keep(text);
    assertNull(recent.find(text, List.of(), now));
  }

  /** What all share would forget a text that nobody asks it for. */
  @Test
  void hotText_isAskedOfAllNowAndThen() {
    keep("SELECT 1");
    int asked = 0;
    for (int i = 0; i < 320; i++) {
      asked += recent.find("SELECT 1", List.of(), now) == null ? 1 : 0;
    }
    assertEquals(10, asked);
  }
}
