package io.pgguard.session;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.pgguard.testkit.Cost;
import io.pgguard.testkit.SteppedClasses;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/**
 * A text four times as long makes four times the work, whatever it is made of: steps and bytes are
 * counted, so the machine has no part in it.
 */
class TextGrowthIT {
  /** Small ones show what a limit would hide; large ones what hides in what every text costs. */
  private static final int[] PARTS = {256, 64, 16};

  @Test
  void longerText_makesAsMuchMoreWork() {
    List<String> worse = new ArrayList<>();
    @SuppressWarnings("unchecked")
    Consumer<String> plans = SteppedClasses.make(Consumer.class, SteppedPlans.class);
    Map<String, Cost> before = Map.of();
    for (int part : PARTS) {
      Map<String, Cost> costs = costs(plans, part);
      before.forEach(
          (name, quarter) -> {
            Cost cost = costs.get(name);
            if (cost != null && !cost.isAlong(quarter)) {
              worse.add(name + " (1/" + part + "): " + cost.against(quarter));
            }
          });
      before = costs;
    }
    assertEquals(List.of(), worse, () -> String.join("\n", worse));
  }

  private static Map<String, Cost> costs(Consumer<String> plans, int part) {
    Map<String, Cost> costs = new LinkedHashMap<>();
    NastyTexts.each(part, (name, text) -> costs.put(name, cost(plans, text)));
    NastierTexts.each(part, (name, text) -> costs.put("more " + name, cost(plans, text)));
    return costs;
  }

  private static Cost cost(Consumer<String> plans, String text) {
    return Cost.of(() -> plans.accept(text));
  }
}
