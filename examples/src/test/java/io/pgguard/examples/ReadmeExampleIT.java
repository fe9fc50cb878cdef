package io.pgguard.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README's example is the code that is compiled here, and does what the README says. */
class ReadmeExampleIT {

  /** Runs the example in a working directory that holds a guard.yaml, as the README has it. */
  static final class Child {
    public static void main(String[] arguments) throws SQLException {
      ReadmeExample.report(arguments[0]);
    }
  }

  @Test
  void example_inTheReadme_isTheCompiledOne() throws IOException {
    String readme = between(Path.of("..", "README.md"), "```java\n", "```");
    String source =
        between(
            Path.of("src/main/java/io/pgguard/examples/ReadmeExample.java"),
            "// example:begin\n",
            "  // example:end");
    assertEquals(source.stripTrailing().stripIndent(), readme.strip());
    assertTrue(readme.lines().count() < 15, "under 15 lines");
  }

  @Test
  void example_onTheDemo_printsMaskedAddresses(@TempDir Path directory) throws Exception {
    DemoDatabase database = DemoDatabase.start(directory);
    String url = database.url();
    String server = url.substring(url.indexOf("//") + 2, url.indexOf('?'));
    Process child =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Child.class.getName(),
                server)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .start();
    List<String> lines =
        new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    assertEquals(0, child.waitFor(), () -> String.join("\n", lines));
    assertEquals("Blaise Costa c***@mail.example", lines.get(0));
    assertEquals(2000, lines.size());
    assertTrue(lines.stream().noneMatch(l -> l.contains("customer1@")), "nothing in the clear");
    assertTrue(Files.exists(directory.resolve("audit")), "it was logged");
  }

  private static String between(Path file, String begin, String end) throws IOException {
    String text = Files.readString(file);
    int from = text.indexOf(begin) + begin.length();
    return text.substring(from, text.indexOf(end, from));
  }
}
