package io.pgguard.corpus.worlds;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.pgguard.Guard;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the machine once told apart, found.tsv: none of it does any more. */
class FoundCasesIT {
  @TempDir Path home = Path.of(".");

  @ParameterizedTest
  @ValueSource(strings = {"deny", "equality", "deny/own"})
  void foundOnce_protectedValuesMakeNoDifference(String name) throws Exception {
    Setting setting = Setting.of(name);
    List<String> different = new ArrayList<>();
    try (WorldDatabases worlds =
            WorldDatabases.create(WorldServers.chosen(), new WorldSchema(setting.inference()));
        Guard guard = WorldsRun.guard(Files.createDirectory(home.resolve("guard")), setting);
        Lane lane = new Lane(worlds, Optional.of(guard), setting.own() ? "" : "worlds")) {
      for (String[] line : Resource.lines("found.tsv")) {
        if (line[0].equals(name)) {
          Case found = read(line[1]);
          lane.run(found)
              .amiss()
              .ifPresent(how -> different.add(String.join(" ;; ", found.sql()) + "  --  " + how));
        }
      }
    }
    assertEquals("", String.join("\n", different));
  }

  private static Case read(String script) {
    List<Part> texts = new ArrayList<>();
    for (String text : script.split(" ;; ", -1)) {
      texts.add(Part.fixed(text));
    }
    return new Case(0, "found", texts, 0, script.contains("ORDER BY"));
  }
}
