package io.pgguard.console.chart;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Bars over time, each of them of several layers. A page draws the rectangles as they are.
 * Immutable.
 *
 * @param rectangles what to draw, in a field that is {@link #WIDTH} by {@link #HEIGHT}
 * @param most what the highest bar stands for
 */
public record Bars(List<Rectangle> rectangles, long most) {
  public static final int WIDTH = 600;
  public static final int HEIGHT = 120;

  private static final double GAP = 1.5;

  public Bars {
    rectangles = List.copyOf(rectangles);
  }

  /** A rectangle; {@code kind} is the name of a CSS class. */
  public record Rectangle(String kind, String x, String y, String width, String height) {}

  /**
   * A layer.
   *
   * @param kind the name of its CSS class
   * @param values one a step
   */
  public record Layer(String kind, List<Long> values) {
    public Layer {
      values = List.copyOf(values);
    }
  }

  /** Draws layers, the first at the bottom. They have the same number of steps. */
  public static Bars of(List<Layer> layers) {
    int steps = layers.get(0).values().size();
    long most = 1;
    for (int i = 0; i < steps; i++) {
      long sum = 0;
      for (Layer layer : layers) {
        sum += layer.values().get(i);
      }
      most = Math.max(most, sum);
    }
    List<Rectangle> rectangles = new ArrayList<>();
    double step = (double) WIDTH / steps;
    for (int i = 0; i < steps; i++) {
      double top = HEIGHT;
      for (Layer layer : layers) {
        double height = (double) layer.values().get(i) / most * HEIGHT;
        if (height > 0) {
          double drawn = Math.max(height, 1); // what is there is seen
          top -= drawn;
          rectangles.add(
              new Rectangle(
                  layer.kind(),
                  text(i * step),
                  text(Math.max(0, top)),
                  text(step - GAP),
                  text(drawn)));
        }
      }
    }
    return new Bars(rectangles, most);
  }

  private static String text(double number) {
    return String.format(Locale.ROOT, "%.1f", number);
  }
}
