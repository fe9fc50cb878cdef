package io.pgguard.internal.names;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class NamesTest {
  @Test
  void anyChanges_holdWhatAMapHolds() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    Map<String, Integer> map = new HashMap<>();
    Names<Integer> names = Names.none();
    for (int i = 0; i < 20_000; i++) {
      String name = "n" + random.nextInt(300);
      if (random.nextInt(5) < 3) {
        map.put(name, i);
        names = names.with(name, i);
      } else {
        map.remove(name);
        names = names.without(name);
      }
      assertEquals(map.get(name), names.get(name), "seed " + seed);
      if (i % 500 == 0) {
        assertEquals(map, names, "seed " + seed);
        assertEquals(names, Names.of(map), "seed " + seed);
        assertEquals(map.hashCode(), names.hashCode());
      }
    }
  }

  @Test
  void earlierNames_stayWhatTheyWere() {
    Names<Integer> one = Names.<Integer>none().with("a", 1);
    Names<Integer> two = one.with("b", 2).with("a", 3);
    assertEquals(Map.of("a", 1), one);
    assertEquals(Map.of("a", 3, "b", 2), two);
    assertEquals(one, two.without("b").with("a", 1));
    assertNotEquals(one, two);
  }

  @Test
  void whatChangesNothing_isTheSame() {
    Names<Integer> one = Names.<Integer>none().with("a", 1);
    assertSame(one, one.with("a", 1));
    assertSame(one, one.without("b"));
    assertSame(one, Names.of(one));
    assertNull(one.get("b"));
    assertSame(Names.none(), one.without("a"));
  }
}
