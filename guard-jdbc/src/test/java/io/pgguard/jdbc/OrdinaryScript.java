package io.pgguard.jdbc;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * What one session runs, read from a file of the folder {@code ordinary}: a line that begins with
 * {@code =} names a script, every other one is a text; {@code ~} before it says that its error's
 * words may be others, since they would quote a protected value.
 */
record OrdinaryScript(String name, List<Line> lines) {
  /**
   * One text.
   *
   * @param words whether the words of an error must be the same
   */
  record Line(String sql, boolean words) {}

  static List<OrdinaryScript> read(String... files) throws IOException {
    List<OrdinaryScript> scripts = new ArrayList<>();
    for (String file : files) {
      try (BufferedReader in =
          new BufferedReader(
              new InputStreamReader(
                  Objects.requireNonNull(
                      OrdinaryScript.class.getResourceAsStream("/ordinary/" + file + ".txt"), file),
                  StandardCharsets.UTF_8))) {
        for (String line = in.readLine(); line != null; line = in.readLine()) {
          if (line.startsWith("=")) {
            scripts.add(
                new OrdinaryScript(file + ": " + line.substring(1).strip(), new ArrayList<>()));
          } else if (!line.isBlank() && !line.startsWith("#")) {
            boolean words = !line.startsWith("~");
            scripts
                .get(scripts.size() - 1)
                .lines()
                .add(new Line(words ? line : line.substring(1).strip(), words));
          }
        }
      }
    }
    return scripts;
  }

  @Override
  public String toString() {
    return name;
  }
}
