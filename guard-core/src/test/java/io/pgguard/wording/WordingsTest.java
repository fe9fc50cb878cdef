package io.pgguard.wording;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The catalog of wordings: one place, each once, each used, each as the document has it. */
class WordingsTest {
  private static final int LONGEST = 600;

  /** What looks like a sentence's words and is none. */
  private static final Set<String> NO_SENTENCES =
      Set.of(
          "Failures.java: \"a function that may fail: \"", // marks a place, and is cut off
          "SafeSettings.java: \"time zone\""); // SET TIME ZONE

  @Test
  void eachWording_isShort() {
    for (Wording wording : Wordings.all()) {
      Phrase phrase = wording.phrase();
      int length =
          phrase.message().length()
              + (phrase.detail() == null ? 0 : phrase.detail().length())
              + (phrase.hint() == null ? 0 : phrase.hint().length());
      assertTrue(length < LONGEST, () -> wording.key() + " has " + length + " characters");
      assertFalse(phrase.message().isBlank(), wording::key);
    }
  }

  @Test
  void noTwoWordings_areTheSame() {
    Map<Phrase, Wording> seen = new HashMap<>();
    Set<String> keys = new HashSet<>();
    for (Wording wording : Wordings.all()) {
      Wording other = seen.put(wording.phrase(), wording);
      assertEquals(null, other, () -> wording.key() + " says what another says");
      assertTrue(keys.add(wording.key()), () -> wording.key() + " is there twice");
    }
  }

  @Test
  void eachWording_isUsedWithAsManyValuesAsItHasPlaces() throws Exception {
    Map<String, Wording> byName = new HashMap<>();
    Wordings.all()
        .forEach(
            wording ->
                byName.put(wording.getClass().getSimpleName() + "." + wording.name(), wording));
    Set<String> unused = new TreeSet<>(byName.keySet());
    Set<String> wrong = new TreeSet<>();
    for (MainSources.Use use : MainSources.read().uses) {
      Wording wording = byName.get(use.wording());
      unused.remove(use.wording());
      if (wording != null
          && use.values() >= 0
          && use.values() != wording.phrase().places().size()) {
        wrong.add(use + " for " + wording.phrase().places());
      }
    }
    assertEquals(Set.of(), wrong);
    assertEquals(Set.of(), unused);
  }

  @Test
  void noOtherClass_makesATextWithASqlState() throws Exception {
    assertEquals("", String.join("\n", new TreeSet<>(MainSources.read().loose)));
  }

  @Test
  void noRoomThatJudges_putsSentencesTogether() throws Exception {
    Set<String> found = new TreeSet<>(MainSources.read().sentences);
    found.removeAll(NO_SENTENCES);
    assertEquals("", String.join("\n", found));
  }

  @Test
  void aPart_hasItsValuesInItsPlaces() {
    assertEquals("the default of s.t.c", ReachWording.DEFAULT.words("s.t", "c"));
    assertThrows(IllegalArgumentException.class, () -> ReachWording.DEFAULT.words("s.t"));
    assertEquals("a {x} is marked", LineageWording.MARKED.words("a {x}"));
  }

  @Test
  void values_standInTheirPlaces() {
    Said said = LimitWording.MANY_ROWS.say(7);
    assertEquals(
        "This statement brings more than 7 rows, which is the most that the policy allows.",
        said.message());
    assertEquals("The first 7 rows were delivered; then it was ended.", said.detail());
    assertEquals("54000", said.sqlState());
  }

  @Test
  void aValueWithBraces_isLeftAsItIs() {
    assertEquals(
        "Guard holds this statement for approval (request {why}): {request}",
        SessionWording.HELD.say("{why}", "{request}").message());
  }

  @Test
  void tooFewValues_areAnError() {
    assertThrows(IllegalArgumentException.class, LimitWording.MANY_ROWS::say);
  }

  @Test
  void theDocument_listsEachWording() throws Exception {
    Path root = Path.of(System.getProperty("guard.root", ".."));
    String made = Wordings.document();
    Files.writeString(Files.createDirectories(Path.of("target")).resolve("messages.md"), made);
    assertEquals(
        made,
        Files.readString(root.resolve("docs/messages.md")),
        "docs/messages.md is not what the catalog says; guard-core/target/messages.md is");
  }

  @Test
  void sqlStates_areThere_eachOnce() {
    Set<String> codes = new HashSet<>();
    for (SqlState state : SqlState.values()) {
      assertTrue(codes.add(state.code()), state::code);
    }
    assertEquals(List.of(SqlState.values()).size(), codes.size());
  }
}
