package io.pgguard.corpus.worlds;

import java.util.ArrayList;
import java.util.List;

/**
 * Of the lines that direct runs in all worlds agree on, how many a guarded run gave unchanged.
 *
 * @param open lines that are the same in every world
 * @param unchanged of those, how many Guard gave as they are
 */
record Cells(long open, long unchanged) {
  static Cells of(Seen guarded, Seen direct) {
    List<byte[]> base = direct.answers().getOrDefault(World.BASE, List.of());
    List<byte[]> shown = guarded.answers().getOrDefault(World.BASE, List.of());
    long open = 0;
    long unchanged = 0;
    for (int i = 0; i < base.size(); i++) {
      List<List<String>> rows = Answer.of(base.get(i)).rows();
      if (rows.isEmpty()) {
        continue;
      }
      List<List<String>> seen = Answer.of(shown.get(i)).rows();
      List<List<List<String>>> others = new ArrayList<>();
      for (List<byte[]> world : direct.answers().values()) {
        others.add(Answer.of(world.get(i)).rows());
      }
      for (int row = 0; row < rows.size() && row < seen.size(); row++) {
        for (int cell = 0; cell < rows.get(row).size(); cell++) {
          if (everywhere(others, row, cell, rows.get(row).get(cell))) {
            open++;
            unchanged += rows.get(row).get(cell).equals(seen.get(row).get(cell)) ? 1 : 0;
          }
        }
      }
    }
    return new Cells(open, unchanged);
  }

  private static boolean everywhere(
      List<List<List<String>>> worlds, int row, int cell, String value) {
    return worlds.stream()
        .allMatch(rows -> rows.size() > row && rows.get(row).get(cell).equals(value));
  }
}
