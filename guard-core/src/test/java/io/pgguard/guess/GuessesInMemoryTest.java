package io.pgguard.guess;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.pgguard.guess.Guesses.Count;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Different constants count once each for a principal and a column within the time. */
class GuessesInMemoryTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final Guesses.Budget THREE = new Guesses.Budget(3, Duration.ofHours(1));

  private final Guesses guesses = new GuessesInMemory();

  private static List<Guess> of(String column, Guess.Use use, String... constants) {
    return Arrays.stream(constants).map(one -> new Guess(column, column, use, one)).toList();
  }

  private Count read(Instant at, String... constants) {
    return guesses.count("ana", of("ssn", Guess.Use.READ, constants), THREE, at);
  }

  private static int taken(Count count) {
    return assertInstanceOf(Count.Within.class, count).taken();
  }

  private static Count.Over over(Count count) {
    return assertInstanceOf(Count.Over.class, count);
  }

  @Test
  void repeats_areFree() {
    for (int i = 0; i < 100; i++) {
      assertEquals(1, taken(read(NOW.plusSeconds(i), "a")));
    }
    assertEquals(2, taken(read(NOW, "b", "a", "b")));
  }

  @Test
  void guessThatIsOneTooMany_isToldAndNotCounted() {
    read(NOW, "a", "b");
    Count.Over over = over(read(NOW.plusSeconds(60), "c", "d"));
    assertEquals(4, over.asked());
    assertEquals(NOW.plus(THREE.per()), over.room());
    assertEquals(3, taken(read(NOW, "c")), "the four were counted together, so none was");
    over(read(NOW, "d"));
    assertEquals(3, taken(read(NOW, "a", "c")), "what was guessed stays free");
  }

  @Test
  void manyInOneStatement_countEach() {
    over(read(NOW, "a", "b", "c", "d"));
    assertEquals(3, taken(read(NOW, "a", "b", "c")));
  }

  @Test
  void afterItsTime_aGuessIsForgotten() {
    read(NOW, "a", "b");
    read(NOW.plusSeconds(1800), "c");
    over(read(NOW.plusSeconds(3599), "d"));
    assertEquals(2, taken(read(NOW.plusSeconds(3600), "d")));
    over(read(NOW.plusSeconds(3600), "a", "b"));
  }

  @Test
  void repeat_doesNotHoldItsPlaceForLonger() {
    read(NOW, "a", "b", "c");
    read(NOW.plusSeconds(3599), "a");
    assertEquals(1, taken(read(NOW.plusSeconds(3600), "a")));
  }

  @Test
  void principalsColumnsAndUses_haveBudgetsOfTheirOwn() {
    read(NOW, "a", "b", "c");
    assertEquals(1, taken(guesses.count("bob", of("ssn", Guess.Use.READ, "d"), THREE, NOW)));
    assertEquals(1, taken(guesses.count("ana", of("email", Guess.Use.READ, "d"), THREE, NOW)));
    assertEquals(1, taken(guesses.count("ana", of("ssn", Guess.Use.WRITE, "d"), THREE, NOW)));
    over(read(NOW, "d"));
  }

  @Test
  void severalColumns_tellOfTheNearest() {
    read(NOW, "a", "b");
    List<Guess> two =
        List.of(of("email", Guess.Use.READ, "x").get(0), of("ssn", Guess.Use.READ, "c").get(0));
    Count count = guesses.count("ana", two, THREE, NOW);
    assertEquals(3, taken(count));
    assertEquals("ssn", count.guess().shown());
  }

  @Test
  void guess_neverTellsItsConstant() {
    assertFalse(of("ssn", Guess.Use.READ, "901-02-0001").toString().contains("901"));
  }
}
