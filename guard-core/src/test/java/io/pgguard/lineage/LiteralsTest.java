package io.pgguard.lineage;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.pgguard.internal.syntax.tree.Constant;
import org.junit.jupiter.api.Test;

class LiteralsTest {
  /** As it was said by a pattern before: of all short texts of these characters. */
  @Test
  void smallNumbers_haveNineDigitsBeforeAndBehindThePoint() {
    String[] parts = {"", "7", "123456789", "1234567890", ".", "e", "_", "0x", "\u0661"};
    for (String a : parts) {
      for (String b : parts) {
        for (String c : parts) {
          for (String d : parts) {
            String text = a + b + c + d;
            assertEquals(text.matches("\\d{0,9}(\\.\\d{0,9})?"), small(text), text);
          }
        }
      }
    }
  }

  private static boolean small(String number) {
    return Literals.isSmall(new Constant(0, Constant.Kind.NUMERIC, number));
  }
}
