package io.pgguard.statement;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class QuotedTest {
  @Test
  void quotesInNames_areDoubled() {
    assertEquals("\"a\"\"b\"", Quoted.name("a\"b"));
  }

  @Test
  void quotesInTexts_areDoubled() {
    assertEquals("'it''s'", Quoted.text("it's"));
  }

  @Test
  void backslashesInTexts_areEscapedAndSaidToBe() {
    assertEquals(" E'a\\\\''b'", Quoted.text("a\\'b"));
  }
}
