package io.pgguard.console.page;

import io.pgguard.console.chart.Bars;
import io.pgguard.console.ledger.Minute;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * The front page.
 *
 * @param hours over how many hours it looks
 * @param steps what happened in each of the steps, the oldest first
 * @param waiting how many statements wait for people
 * @param sessions how many sessions are open
 */
public record OverviewView(int hours, List<Minute> steps, long waiting, long sessions) {
  public OverviewView {
    steps = List.copyOf(steps);
  }

  /** All of it together. */
  public Minute sum() {
    return steps.stream().reduce(new Minute(0, 0, 0, 0), Minute::plus);
  }

  /** Statements by decision. */
  public Bars decisions() {
    return Bars.of(
        List.of(
            layer("bar-allow", Minute::allowed),
            layer("bar-approve", Minute::held),
            layer("bar-deny", Minute::denied)));
  }

  public Bars masked() {
    return Bars.of(List.of(layer("bar-masked", Minute::masked)));
  }

  public Bars held() {
    return Bars.of(List.of(layer("bar-approve", Minute::held)));
  }

  public Bars refusals() {
    return Bars.of(List.of(layer("bar-deny", Minute::denied)));
  }

  private Bars.Layer layer(String kind, ToLongFunction<Minute> value) {
    return new Bars.Layer(kind, steps.stream().map(value::applyAsLong).toList());
  }
}
