package io.pgguard.pgwire.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PresentedTokenTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "SELECT 1",
        "SELECT 'token'",
        "SET guard.principal = 'x'",
        "SELECT guard, token FROM t",
        "SELECT guardxtoken",
        "toke",
        "SET guard . toke = 'n'"
      })
  void otherText_isNoToken(String text) {
    assertNull(PresentedToken.in(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SET guard.token = 'eyJ.x'",
        "set Guard.TOKEN to 'eyJ.x' ; ",
        "\n SET SESSION \"guard\".\"token\"='eyJ.x'",
        "SELECT set_config('guard.token', 'eyJ.x', false)",
        "SET guard . token = 'eyJ.x'",
        "SELECT 1; SET guard.token = 'eyJ.x'"
      })
  void textThatNamesIt_isTakenOutOfTheWay(String text) {
    PresentedToken token = PresentedToken.in(text);
    assertNotNull(token);
    assertEquals("a token that is presented", token.toString());
  }

  @Test
  void longTextsOfTheSameWords_takeNoLongerThanTheyAre() {
    assertNull(PresentedToken.in("t".repeat(1_000_000)));
    assertNull(PresentedToken.in("guard".repeat(200_000) + " token"));
  }
}
