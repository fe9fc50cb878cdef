package io.pgguard.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pgguard.statement.SettingFacts;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Settings that could make a text do something else, as transactions keep and undo them. */
class SessionSettingsTest {
  private final SessionSettings settings = new SessionSettings("one");

  private static SettingFacts set(String name, boolean local, String... values) {
    return new SettingFacts(
        values.length == 0 ? SettingFacts.Action.RESET : SettingFacts.Action.SET,
        name,
        List.of(values),
        local);
  }

  @Test
  void twoSessionsThatSetTheSame_areEqual() {
    SessionSettings other = new SessionSettings("two");
    for (SessionSettings one : List.of(settings, other)) {
      one.reported("TimeZone", "UTC");
      one.completed(set("bytea_output", false, "escape"));
      one.transactionEnded(false);
    }
    assertEquals(settings.text(), other.text());
    other.reported("TimeZone", "Europe/Oslo");
    assertNotEquals(settings.text(), other.text());
  }

  @Test
  void whatHasNoMeaning_doesNotCount() {
    String before = settings.text();
    for (String name :
        List.of("statement_timeout", "application_name", "enable_seqscan", "work_mem", "jit")) {
      settings.completed(set(name, false, "7"));
      assertFalse(SessionSettings.matters(name));
    }
    assertEquals(before, settings.text());
    assertTrue(SessionSettings.matters("app.tenant"));
    assertTrue(SessionSettings.matters("TimeZone"));
  }

  @Test
  void undoneTransaction_takesItsSettingsBack() {
    settings.completed(set("app.tenant", false, "a"));
    settings.transactionEnded(false);
    String committed = settings.text();
    settings.completed(set("app.tenant", false, "b"));
    settings.completed(set("lc_numeric", true, "C"));
    assertNotEquals(committed, settings.text());
    settings.transactionEnded(true);
    assertEquals(committed, settings.text());
    settings.completed(set("app.tenant", false));
    settings.transactionEnded(false);
    assertEquals(new SessionSettings("x").text(), settings.text());
  }

  @Test
  void localSetting_endsWithItsTransaction() {
    String before = settings.text();
    settings.completed(set("app.tenant", true, "b"));
    assertNotEquals(before, settings.text());
    settings.transactionEnded(false);
    assertEquals(before, settings.text());
  }

  @Test
  void reportedSetting_isAsTheServerSaysOnceItIsReady() {
    settings.reported("TimeZone", "UTC");
    String before = settings.text();
    settings.completed(set("timezone", false, "Asia/Tokyo"));
    assertNotEquals(before, settings.text());
    settings.reported("TimeZone", "UTC");
    settings.ready();
    assertEquals(before, settings.text());
  }

  @Test
  void whatNobodyCanFollow_isLikeNothingElse() {
    settings.unfollowed();
    settings.transactionEnded(false);
    String first = settings.text();
    settings.unfollowed();
    assertNotEquals(first, settings.text());
    settings.transactionEnded(true);
    assertNotEquals(first, settings.text());
    SessionSettings other = new SessionSettings("two");
    other.unfollowed();
    assertNotEquals(first, other.text());
  }

  @Test
  void rollbackToASavepoint_leavesDoubtOnlyWhereSettingsMoved() {
    String before = settings.text();
    settings.rolledBackTo();
    assertEquals(before, settings.text());
    settings.completed(set("app.tenant", false, "b"));
    settings.rolledBackTo();
    settings.transactionEnded(false);
    SessionSettings committed = new SessionSettings("x");
    committed.completed(set("app.tenant", false, "b"));
    committed.transactionEnded(false);
    assertNotEquals(committed.text(), settings.text());
  }
}
