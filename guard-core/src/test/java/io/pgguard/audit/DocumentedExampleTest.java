package io.pgguard.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Holds docs/audit.md to what the code does. */
final class DocumentedExampleTest {

  @Test
  void workedExample_isTheSoundVector() throws IOException {
    String docs = Files.readString(Path.of("..", "docs", "audit.md"));
    List<String> lines = Files.readAllLines(Path.of("src/test/resources/audit/sound.jsonl"));
    String header = lines.get(0);
    assertTrue(docs.contains("\n" + header + "\n"));
    assertTrue(docs.contains("\n" + lines.get(1) + "\n"));
    int at = docs.indexOf("\nguard-audit-1\\n{") + 1;
    String covered = docs.substring(at, docs.indexOf('\n', at)).replace("\\n", "\n");
    byte[] bytes = JsonLine.ascii(covered);
    String hash =
        io.pgguard.internal.storage.Sha256.hex(
            io.pgguard.internal.storage.Sha256.fresh().digest(bytes));
    assertEquals(header.substring(header.length() - 66, header.length() - 2), hash);
    assertTrue(docs.contains("prints `" + hash + "`"));
  }
}
