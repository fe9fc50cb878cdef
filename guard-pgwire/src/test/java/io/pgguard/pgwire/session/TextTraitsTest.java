package io.pgguard.pgwire.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextTraitsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SELECT 1 | true",
        "/* a /* b */ c */ -- d | false",
        "/* a /* b */ c */ (select 1) | true",
        "Insert into t values (1) | true",
        "FETCH c | false",
        "EXECUTE s | false",
        "SELECTED | false"
      })
  void firstWord_tellsPlainStatements(String text, boolean plain) {
    assertEquals(plain, TextTraits.read(text).plain());
  }

  @Test
  void returning_isFoundInAnyCase() {
    assertTrue(TextTraits.read("DELETE FROM t ReTurning *").writesAndReturns());
    assertFalse(TextTraits.read("DELETE FROM t RETURNING *").noRows());
    assertTrue(TextTraits.read("DELETE FROM t").noRows());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "DECLARE c CURSOR FOR SELECT 1 | c | true",
        "DECLARE C CURSOR FOR SELECT 1 | c | true",
        "DECLARE abc_1 CURSOR FOR VALUES (1) | c_1 | false",
        "DECLARE c_10 CURSOR FOR VALUES (1) | c_1 | false",
        "PREPARE U&\"\\0063\" AS SELECT 1 | c | true",
        "PREPARE \"a\"\"b\" AS SELECT 1 | a\"b | true"
      })
  void namesInText_areFoundHoweverSpelled(String text, String name, boolean held) {
    assertEquals(held, new NamesInText(text).mayHold(name));
  }

  @Test
  void aNameThatTheServerCuts_isFound() {
    String name = "x".repeat(63);
    assertTrue(new NamesInText("DECLARE " + name + "yyy CURSOR FOR SELECT 1").mayHold(name));
  }
}
