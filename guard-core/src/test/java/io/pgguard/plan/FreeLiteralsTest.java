package io.pgguard.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.pgguard.statement.Lexer;
import io.pgguard.statement.TokenKind;
import io.pgguard.statement.Tokens;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FreeLiteralsTest {
  /** As patterns would say it: 0 of a fraction, 8 of a plain integer, -1 where it is not told. */
  private static int bytes(String number) {
    if (number.matches("\\d*\\.\\d*|\\d+(\\.\\d*)?[eE][+-]?\\d+")) {
      return 0;
    }
    return number.matches("\\d{0,18}") && !number.equals("2147483648") ? 8 : -1;
  }

  @Test
  void numbers_haveOneType_whereTheyAreWrittenAlike() throws Exception {
    List<Tokens> numbers = new ArrayList<>();
    String[] parts = {"", "7", "2147483648", "123456789012345678", ".", "e", "E5", "+", "-1"};
    for (String a : parts) {
      for (String b : parts) {
        for (String c : parts) {
          add(a + b + c, numbers);
        }
      }
    }
    for (Tokens one : numbers) {
      for (Tokens other : numbers) {
        int type = bytes(one.text(0));
        boolean same = type >= 0 && type == bytes(other.text(0));
        assertEquals(
            same, FreeLiterals.sameType(one, other, 0), one.source() + " " + other.source());
      }
    }
  }

  private static void add(String text, List<Tokens> numbers) {
    try {
      Tokens tokens = Lexer.lex(text);
      if (tokens.size() == 1 && tokens.is(0, TokenKind.NUMERIC)) {
        numbers.add(tokens);
      }
    } catch (io.pgguard.statement.LexicalException e) {
      // it is no number
    }
  }
}
