package io.pgguard.result;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NeutralMessagesTest {
  private static final String SECRET = "901-02-0001";

  @Test
  void everyFieldOfTheServer_butSeverityCodeAndPosition_isWithheld() {
    Map<Character, String> fields = new HashMap<>();
    for (char code = 'A'; code <= 'z'; code++) {
      if (Character.isLetter(code)) {
        fields.put(code, SECRET);
      }
    }
    fields.put('S', "ERROR");
    fields.put('V', "ERROR");
    fields.put('C', "22P02");
    fields.put('P', "12");
    Map<Character, String> seen = NeutralMessages.of(fields);
    assertEquals(Set.of('S', 'V', 'C', 'P', 'M', 'D'), seen.keySet());
    assertFalse(seen.containsValue(SECRET));
    assertEquals("22P02", seen.getOrDefault('C', ""));
    assertEquals("12", seen.getOrDefault('P', ""));
    assertTrue(seen.getOrDefault('D', "").contains("withheld"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "2", "22P02", "23505", "57014", "XX000", "P0001", "00000", "42P01"})
  void everyCode_hasWords(String sqlState) {
    Map<Character, String> seen = NeutralMessages.of(Map.of('C', sqlState, 'M', SECRET));
    assertFalse(seen.getOrDefault('M', "").isEmpty());
    assertFalse(seen.getOrDefault('M', "").contains(SECRET));
  }
}
