package io.pgguard.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pgguard.GuardConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that a reload reads. */
class WatchedFilesTest {
  @TempDir Path directory;

  private Path written(String name, String text) throws Exception {
    return Files.writeString(directory.resolve(name), text);
  }

  @Test
  void whatIsChangedReplacedOrRemoved_isToldOnce() throws Exception {
    WatchedFiles files =
        new WatchedFiles(List.of(written("a", "one"), written("b", "two"), directory.resolve("c")));
    assertFalse(files.changed());
    written("a", "other");
    assertTrue(files.changed());
    assertFalse(files.changed());
    Files.move(written("d", "two"), directory.resolve("b"), StandardCopyOption.REPLACE_EXISTING);
    assertTrue(files.changed());
    written("c", "");
    assertTrue(files.changed());
    Files.delete(directory.resolve("c"));
    assertTrue(files.changed());
    assertFalse(files.changed());
  }

  @Test
  void whatTheConfigurationNames_isAmongThem() throws Exception {
    Path file =
        written(
            "guard.yaml",
            """
            database: { user: u }
            policy: policy.yaml
            audit: { directory: audit }
            recording: { directory: recordings }
            proxy:
              listen: ["127.0.0.1:0"]
              tls: { certificate: c.pem, key: k.pem }
              databases: [ { name: d, servers: ["127.0.0.1:1"] } ]
              accountNames: "svc_*"
              accounts:
                - { name: svc_a, verifier: { file: a.verifier } }
                - { name: svc_b, verifier: { env: B } }
              tokens: { keys: keys.json, issuer: "https://i.example", audience: guard }
            """);
    assertEquals(
        List.of("guard.yaml", "c.pem", "k.pem", "a.verifier", "keys.json"),
        WatchedFiles.named(file, GuardConfig.read(file)).stream()
            .map(path -> path.getFileName().toString())
            .toList());
  }
}
