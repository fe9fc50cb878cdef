package io.pgguard.reach;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pgguard.internal.syntax.tree.Constant;
import io.pgguard.internal.syntax.tree.Expression;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Constants pass a check only where no server refuses them. */
class ConstantCheckTest {
  private static boolean passes(ConstantCheck check, String... constants) {
    List<Expression> arguments =
        java.util.Arrays.stream(constants)
            .<Expression>map(text -> new Constant(0, Constant.Kind.STRING, text))
            .toList();
    return check.passes(arguments, 0);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"abc", "^a.*b$", "[a-z0-9_.-]+@x\\.com", "(a|b)+c?", "\\d+", "a|b", "[^0-9]", ""})
  void plainPattern_passes(String pattern) {
    assertTrue(passes(ConstantCheck.REGEX, pattern), pattern);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(",
        ")",
        "a)",
        "(a",
        "()",
        "a**",
        "*a",
        "+",
        "a{1000}",
        "[z-a]",
        "[",
        "[]",
        "a\\",
        "(?=a)",
        "(a)\\1",
        "[[:foo:]]",
        "***:(",
        "|a",
        "a|",
        "(|a)",
        "[%-+]",
        "\\y("
      })
  void otherPattern_doesNot(String pattern) {
    assertFalse(passes(ConstantCheck.REGEX, pattern), pattern);
  }

  @Test
  void trailingEscape_failsLike() {
    assertTrue(passes(ConstantCheck.LIKE, "a%"));
    assertTrue(passes(ConstantCheck.LIKE, "a\\\\"));
    assertFalse(passes(ConstantCheck.LIKE, "a\\"));
    assertFalse(passes(ConstantCheck.LIKE, "a\\\\\\"));
  }

  @Test
  void numbers_areHeldToTheirRange() {
    assertTrue(passes(ConstantCheck.NONNEG, "0"));
    assertFalse(passes(ConstantCheck.NONNEG, "-1"));
    assertFalse(passes(ConstantCheck.NONZERO, "0"));
    assertFalse(passes(ConstantCheck.POSITIVE, "99999999999"));
    assertFalse(passes(ConstantCheck.LENGTH, "10001"));
  }

  @Test
  void format_needsEachOfItsArguments() {
    assertTrue(passes(ConstantCheck.FORMAT, "%s %L %%", "a", "b"));
    assertTrue(passes(ConstantCheck.FORMAT, "%2$s", "a", "b"));
    assertFalse(passes(ConstantCheck.FORMAT, "%I", "a"));
    assertFalse(passes(ConstantCheck.FORMAT, "%s %s", "a"));
    assertFalse(passes(ConstantCheck.FORMAT, "%", "a"));
    assertFalse(passes(ConstantCheck.FORMAT, "%*s", "a", "b"));
  }

  @Test
  void jsonPath_isOfMembersAndElements() {
    assertTrue(passes(ConstantCheck.JSONPATH, "$.a[0].b[*]"));
    assertFalse(passes(ConstantCheck.JSONPATH, "$.a.datetime()"));
    assertFalse(passes(ConstantCheck.JSONPATH, "$ ? (@ > 1)"));
  }
}
