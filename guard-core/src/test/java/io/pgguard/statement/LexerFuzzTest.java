package io.pgguard.statement;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Mutated texts bring nothing but a refusal or facts: no hang, no other exception. {@code
 * -Dguard.fuzz.count=1000000} runs the long form, {@code -Dguard.fuzz.seed} repeats a run.
 */
class LexerFuzzTest {

  @Test
  void read_mutatedTexts_areReadOrRefused() {
    int count = Integer.getInteger("guard.fuzz.count", 100_000);
    long seed = Long.getLong("guard.fuzz.seed", System.nanoTime());
    System.out.println("LexerFuzzTest: " + count + " texts, -Dguard.fuzz.seed=" + seed);
    Mutations mutations = new Mutations(new Random(seed));
    run(mutations, count);
  }

  private static void run(Mutations mutations, int count) {
    int refused = 0;
    for (int i = 0; i < count; i++) {
      String sql = mutations.next();
      try {
        StatementText text = StatementReader.read(sql);
        readAll(text);
      } catch (LexicalException e) {
        refused++;
        assertTrue(e.position() <= sql.length(), sql);
      } catch (RuntimeException e) {
        throw new AssertionError("text: " + sql, e);
      }
    }
    System.out.println("LexerFuzzTest: " + refused + " refused");
  }

  private static void readAll(StatementText text) {
    for (int i = 0; i < text.tokens().size(); i++) {
      assertTrue(text.tokens().start(i) < text.tokens().end(i));
      text.tokens().value(i);
    }
    text.statements().forEach(StatementFacts::identifiers);
    text.statements().forEach(StatementFacts::text);
  }
}
