package io.pgguard.pgwire.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class NamesTest {
  private final Names<String> names = new Names<>();

  @Test
  void aChangeUnderway_countsInItsSegmentAndIsUncertainInLaterOnes() {
    names.send("s", "a", 0);
    assertEquals("a", names.current("s"));
    assertFalse(names.uncertain("s", 0));
    assertTrue(names.uncertain("s", 1));
    names.confirm("s", "a");
    assertFalse(names.uncertain("s", 1));
  }

  @Test
  void aChangeThatFailed_leavesWhatWasConfirmed() {
    names.send("s", "a", 0);
    names.confirm("s", "a");
    names.send("s", "b", 1);
    assertEquals("b", names.current("s"));
    names.drop("s");
    assertEquals("a", names.current("s"));
  }

  @Test
  void aForgottenName_standsForNothing() {
    names.send("", "a", 0);
    names.confirm("", "a");
    names.send("s", "b", 0);
    names.confirm("s", "b");
    names.forget((name, value) -> true, value -> {});
    assertEquals("a", names.current(""), "SQL cannot name the unnamed one");
    assertNull(names.current("s"));
  }
}
