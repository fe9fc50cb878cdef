package io.pgguard.corpus.worlds;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Writes statements of the machine, and all that makes its worlds, for {@code Replay} to run on any
 * build: {@code -Dguard.worlds.write=DIRECTORY}, {@code -Dguard.worlds.count=N} of them.
 */
class SharesIT {
  private static final String DIRECTORY = System.getProperty("guard.worlds.write", "");
  private static final long SEED = Long.getLong("guard.worlds.seed", 20261130L);
  private static final int COUNT = Integer.getInteger("guard.worlds.count", 6_000);
  private static final String INFERENCE = System.getProperty("guard.worlds.settings", "deny");

  @TempDir Path home = Path.of(".");

  @Test
  void statementsOfTheMachine_written() throws Exception {
    assumeFalse(DIRECTORY.isEmpty(), "asked for by name alone");
    Path directory = Files.createDirectories(Path.of(DIRECTORY));
    Setting setting = Setting.of(INFERENCE);
    writeWorlds(directory, setting);
    List<Case> made = Collections.synchronizedList(new ArrayList<>());
    WorldsRun run = new WorldsRun(WorldServers.chosen(), home, SEED);
    run.tally().observe(made::add);
    run.until(setting, () -> made.size() < 2 * COUNT, finding -> {});
    List<String> lines =
        made.stream().filter(SharesIT::plain).limit(COUNT).map(SharesIT::line).toList();
    Files.write(directory.resolve("statements.tsv"), lines);
    assertEquals(COUNT, lines.size());
  }

  /** Whether any client can send it: no message but a query, and nobody else's doing. */
  private static boolean plain(Case made) {
    return made.sql().stream()
        .noneMatch(text -> text.startsWith("@") && !text.startsWith(SocketWire.BOUND));
  }

  private static String line(Case made) {
    return made.number()
        + "\t"
        + made.kind()
        + "\t"
        + made.readsSecret()
        + "\t"
        + made.main()
        + "\t"
        + made.sql().stream()
            .map(text -> text.startsWith("@") ? text.substring(SocketWire.BOUND.length()) : text)
            .map(text -> text.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n"))
            .collect(Collectors.joining("\t"));
  }

  private static void writeWorlds(Path directory, Setting setting) throws IOException {
    WorldSchema schema = new WorldSchema(setting.inference());
    Files.writeString(directory.resolve("role.sql"), WorldDatabases.role());
    Files.writeString(directory.resolve("schema.sql"), WorldDatabases.schema(schema));
    for (World world : World.values()) {
      Files.writeString(
          directory.resolve("world-" + world.ordinal() + ".sql"),
          WorldDatabases.data(schema, world));
    }
    Files.writeString(directory.resolve("policy.yaml"), WorldSchema.policy(setting.inference()));
    Files.writeString(directory.resolve("guard.yaml"), WorldsRun.CONFIG);
  }
}
