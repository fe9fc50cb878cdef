package io.pgguard.corpus;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pgguard.statement.StatementKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The dangerous lines for a judge that has to see the policy's limits: what takes time runs until
 * the limit ends it, and behind what would switch a limit off, or lie idle, comes what meets it.
 */
final class LimitedLines {
  /** The corpus's policy: statements 5 s, idle transactions ten times as long. */
  private static final int STATEMENT_SECONDS = 5;

  private static final int IDLE_SECONDS = 10 * STATEMENT_SECONDS;

  private LimitedLines() {}

  /** Writes them to a file in a directory. */
  static Path write(Path dangerous, Path directory) throws IOException {
    List<String> lines = new ArrayList<>();
    for (CorpusLine line : CorpusLine.read(dangerous)) {
      ObjectNode copy = line.node().deepCopy();
      if (line.category().equals("dos")) {
        limited(copy, line);
      }
      lines.add(copy.toString());
    }
    return Files.write(directory.resolve("dangerous-limited.jsonl"), lines);
  }

  private static void limited(ObjectNode copy, CorpusLine line) {
    Set<StatementKind> kinds = DangerousJudge.kinds(line);
    if (kinds.equals(Set.of(StatementKind.SET))) {
      ((ArrayNode) copy.get("sql")).add(DangerousJudge.ENDLESS);
    } else if (kinds.contains(StatementKind.TRANSACTION)) {
      ArrayNode script = copy.putArray("wire");
      line.sql().forEach(sql -> script.addObject().put("op", "simple").put("sql", sql));
      script.addObject().put("op", "sleep").put("s", IDLE_SECONDS + 2);
      script.addObject().put("op", "simple").put("sql", "SELECT 1");
      copy.put("protocol", "simple");
    }
    copy.put("timeout", STATEMENT_SECONDS + 4);
  }
}
