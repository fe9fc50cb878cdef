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
        "SET guard . toke = 'n'",
        "SELECT E'a\\nb', guard /* . */ token FROM t",
        "SELECT U&\"gu\\0061rd\".other FROM guard",
        "SELECT guard.id, token.id FROM guard, token"
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
        "SET guard/**/.token = 'eyJ.x'",
        "SET guard -- the setting\n . /* a /* b */ */ token = 'eyJ.x'",
        "SET \"GUARD\".\"Token\" = 'eyJ.x'",
        "SET U&\"gu\\0061rd\".U&\"\\0074oken\" = 'eyJ.x'",
        "SET U&\"gu!0061rd\" UESCAPE '!' . tok = 'eyJ.x'; SET U&\"guard\".U&\"!0074oken\" UESCAPE '!' = 'eyJ.x'",
        "SELECT set_config(E'guard\\x2etoken', 'eyJ.x', false)",
        "SET guard/**/.token = 'eyJ.x",
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
