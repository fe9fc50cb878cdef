package io.pgguard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A file does one thing: main sources have at most 300 lines. */
class SourceLengthTest {
  private static final int MOST = 300;

  private static final String STATE =
      "one state that several subjects share, which are still to be told apart";

  /** What is longer, and why. */
  private static final Map<String, String> LONGER =
      Map.of(
          "Keyword.java", "a list: PostgreSQL's keywords, one a line", "LiveSession.java", STATE);

  @Test
  void mainSources_areShort() throws IOException {
    Map<String, Integer> lengths = new HashMap<>();
    Set<String> longer = new TreeSet<>();
    for (Path file : sources()) {
      String name = String.valueOf(file.getFileName());
      int lines = Files.readAllLines(file).size();
      lengths.put(name, lines);
      if (lines > MOST && !LONGER.containsKey(name)) {
        longer.add(name + " has " + lines + " lines: split it by subject");
      }
    }
    assertEquals(Set.of(), longer);
    assertTrue(lengths.keySet().containsAll(LONGER.keySet()), "a longer one is there no more");
  }

  private static List<Path> sources() throws IOException {
    Path root = Path.of(System.getProperty("guard.root", ".."));
    List<Path> sources = new ArrayList<>();
    try (Stream<Path> modules = Files.list(root)) {
      for (Path module : modules.map(m -> m.resolve("src/main/java")).toList()) {
        if (Files.isDirectory(module)) {
          try (Stream<Path> files = Files.walk(module)) {
            files.filter(file -> file.toString().endsWith(".java")).forEach(sources::add);
          }
        }
      }
    }
    return sources;
  }
}
