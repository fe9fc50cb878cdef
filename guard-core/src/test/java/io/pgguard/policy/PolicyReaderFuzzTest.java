package io.pgguard.policy;

import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class PolicyReaderFuzzTest {
  private static final int ROUNDS = 5_000;
  private static final String[] BITS = {
    "{",
    "}",
    "[",
    "]",
    ":",
    ",",
    "\n",
    "  ",
    "- ",
    "~",
    "\"",
    "'",
    "*",
    "&a ",
    "*a",
    "!!int ",
    "|",
    ">",
    "%",
    "#",
    "\t",
    "null",
    "true",
    "0x1f",
    "1e999",
    "-",
    "9999999999999999999",
    "?",
    "<<: ",
    "\u0000",
    "\u2028",
    "{a,b}",
    "then",
    "kind",
    "mask"
  };

  @Test
  void mutatedPolicy_loadsOrSaysWhy() throws IOException {
    long seed = System.nanoTime();
    System.out.println("PolicyReaderFuzzTest seed " + seed);
    Random random = new Random(seed);
    List<PolicyVectors.Vector> valid = PolicyVectors.read("valid.txt");
    for (int round = 0; round < ROUNDS; round++) {
      StringBuilder text = new StringBuilder(valid.get(random.nextInt(valid.size())).yaml());
      for (int change = 1 + random.nextInt(4); change > 0; change--) {
        mutate(text, random);
      }
      try {
        PolicyReader.read(text.toString(), "fuzz.yaml");
      } catch (PolicyException e) {
        assertFalse(e.errors().isEmpty());
      } catch (RuntimeException | StackOverflowError e) {
        throw new AssertionError("seed " + seed + " round " + round + ":\n" + text, e);
      }
    }
  }

  private static void mutate(StringBuilder text, Random random) {
    int at = random.nextInt(text.length() + 1);
    switch (random.nextInt(4)) {
      case 0 -> text.insert(at, BITS[random.nextInt(BITS.length)]);
      case 1 -> text.delete(at, Math.min(text.length(), at + 1 + random.nextInt(8)));
      case 2 -> text.insert(at, BITS[random.nextInt(BITS.length)].repeat(random.nextInt(200)));
      default -> {
        int from = random.nextInt(text.length() + 1);
        text.insert(at, text.substring(Math.min(at, from), Math.max(at, from)));
      }
    }
    text.setLength(Math.min(text.length(), 20_000));
  }
}
