package io.pgguard.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.pgguard.identity.Proof.Attribute;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** To whom an approval is bound. */
class AskerTest {
  private static Principal with(Map<String, String> claims) {
    return new Principal("bob", Set.of(), "bot", null, "bob", null, Proof.NONE)
        .provedBy(new Proof(Set.of(Attribute.SUBJECT), "https://id.example", "7", null, claims));
  }

  @Test
  void otherClaims_areAnotherAsker() {
    assertEquals(
        with(Map.of("tenant", "red", "unit", "7")).asker(),
        with(Map.of("unit", "7", "tenant", "red")).asker());
    assertNotEquals(with(Map.of("tenant", "red")).asker(), with(Map.of("tenant", "blue")).asker());
    assertNotEquals(with(Map.of("tenant", "red")).asker(), with(Map.of()).asker());
    assertNotEquals(with(Map.of("a", "bc")).asker(), with(Map.of("ab", "c")).asker());
  }

  @Test
  void claims_arePrintedByNothing() {
    assertFalse(with(Map.of("tenant", "red")).toString().contains("red"));
    assertFalse(new Standing("ro", Map.of("app.tenant", "red")).toString().contains("red"));
  }
}
