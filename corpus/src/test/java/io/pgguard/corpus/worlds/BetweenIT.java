package io.pgguard.corpus.worlds;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pgguard.Guard;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What others do between texts has its effect: else the machine would look at nothing. */
class BetweenIT {
  private static final Setting OWN = Setting.of("deny/own");

  @TempDir Path home = Path.of(".");

  /** The first cells of the last text but one, in the base world. */
  private List<String> run(String... texts) throws Exception {
    return last(List.of(List.of(texts)));
  }

  /** The same of the last of some cases that run one after the other. */
  private List<String> last(List<List<String>> cases) throws Exception {
    try (WorldDatabases worlds =
            WorldDatabases.create(WorldServers.chosen(), new WorldSchema(OWN.inference()));
        Guard guard = WorldsRun.guard(home, OWN);
        Lane lane = new Lane(worlds, Optional.of(guard), "")) {
      List<String> cells = List.of();
      for (List<String> texts : cases) {
        List<Part> parts = texts.stream().map(Part::fixed).toList();
        Seen seen = lane.run(new Case(0, "rule", parts, texts.size() - 2, true));
        assertEquals(Optional.empty(), seen.difference());
        byte[] answer = seen.answers().getOrDefault(World.BASE, List.of()).get(texts.size() - 2);
        cells = Answer.of(answer).rows().stream().map(row -> row.get(0)).toList();
      }
      return cells;
    }
  }

  @Test
  void approvedMeaning_runs() throws Exception {
    String text = "UPDATE stage.asked SET n = 1 RETURNING word";
    assertEquals(List.of("<approved>"), run(text, "@approve", text, "SELECT 1"));
  }

  @Test
  void approval_isGoodForItsCaseAlone() throws Exception {
    String text = "UPDATE stage.asked SET n = 1 RETURNING word";
    List<String> unused = List.of("BEGIN", text, "@approve", "ROLLBACK", "SELECT 1", "SELECT 1");
    assertEquals(List.of(), last(List.of(unused, List.of(text, "SELECT 1"))));
  }

  @Test
  void approvedWords_ofAnotherMeaning_doNotRun() throws Exception {
    String text = "UPDATE asked SET n = 1 RETURNING word";
    List<String> rows =
        run(
            "SET search_path = stage, w",
            text,
            "@approve",
            "SET search_path = live, w",
            text,
            "RESET search_path");
    assertEquals(List.of(), rows);
  }

  @Test
  void cursor_policyTurnedMeanwhile_hidesWhatIsLeft() throws Exception {
    String declared = "DECLARE c CURSOR FOR SELECT word FROM turned ORDER BY id";
    assertEquals(
        List.of("<the same>"),
        run("@policy:open", "BEGIN", declared, "FETCH 1 FROM c", "ROLLBACK"));
  }

  @Test
  void cursor_policyWholeAgain_showsNothing() throws Exception {
    String declared = "DECLARE c CURSOR FOR SELECT word FROM turned ORDER BY id";
    List<String> rows =
        run(
            "@policy:open",
            "BEGIN",
            declared,
            "FETCH 1 FROM c",
            "@policy:whole",
            "FETCH ALL FROM c",
            "ROLLBACK");
    assertTrue(rows.stream().allMatch("<[redacted]>"::equals), rows::toString);
  }
}
