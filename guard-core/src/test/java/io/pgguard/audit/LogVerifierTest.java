package io.pgguard.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pgguard.audit.Verification.Broken;
import io.pgguard.audit.Verification.Defect;
import io.pgguard.audit.Verification.Verified;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LogVerifierTest {
  @TempDir Path directory;

  /**
   * Each vector is a segment with one defect, and a file beside it tells where it must be found.
   */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "sound",
        "changed-byte",
        "changed-hash",
        "changed-prev",
        "changed-header",
        "changed-seq",
        "removed-line",
        "removed-header",
        "removed-newline",
        "swapped-lines",
        "moved-line",
        "duplicated-line",
        "duplicated-earlier-line",
        "inserted-line",
        "inserted-blank-line",
        "rewritten-line",
        "truncated-line",
        "carriage-return",
        "not-json"
      })
  void vector_isFoundAtItsPlace(String name) throws IOException {
    byte[] vector = resource(name + ".jsonl");
    JsonNode expected = new ObjectMapper().readTree(resource(name + ".expected.json"));
    Files.write(Segments.file(directory, 1), vector);
    Verification found = LogVerifier.of().verify(directory);
    if (expected.has("entries")) {
      assertEquals(expected.path("entries").asLong(), ((Verified) found).entries());
      assertTrue(SlowVerifier.holds(directory));
      return;
    }
    Broken broken = assertInstanceOf(Broken.class, found, expected.path("desc").asText());
    assertEquals(expected.path("defect").asText(), broken.defect().name(), found.toString());
    assertEquals(expected.path("line").asLong(), broken.line(), found.toString());
    assertEquals(expected.path("seq").asLong(), broken.seq(), found.toString());
    assertEquals(expected.path("offset").asLong(), broken.offset(), found.toString());
    assertTrue(!SlowVerifier.holds(directory));
  }

  @Test
  void everyChangeOfOneByte_isFoundOnItsLine() throws IOException {
    byte[] sound = resource("sound.jsonl");
    Path file = Segments.file(directory, 1);
    Files.write(file, sound);
    int line = 1;
    int lineBegin = 0;
    for (int i = 0; i < sound.length; i++) {
      for (int flip : new int[] {0x01, 0x02, 0x04, 0x08, 0x10, 0x20, 0x40, 0x80, 0xFF}) {
        overwrite(file, i, sound[i] ^ flip);
        Broken broken = assertInstanceOf(Broken.class, LogVerifier.of().verify(directory));
        assertEquals(line, broken.line(), "byte " + i + " flip " + flip);
        assertEquals(lineBegin, broken.offset());
      }
      overwrite(file, i, sound[i]);
      if (sound[i] == '\n') {
        line++;
        lineBegin = i + 1;
      }
    }
  }

  @Test
  void everyRemovedByte_isFound() throws IOException {
    byte[] sound = resource("sound.jsonl");
    for (int i = 0; i < sound.length; i++) {
      byte[] changed = Arrays.copyOf(sound, sound.length - 1);
      System.arraycopy(sound, i + 1, changed, i, changed.length - i);
      replace(Segments.file(directory, 1), changed);
      assertInstanceOf(Broken.class, LogVerifier.of().verify(directory), "byte " + i);
    }
  }

  @Test
  void wholeLinesCutFromTheEnd_areFoundOnlyAgainstTheExpectedHash() throws IOException {
    byte[] sound = resource("sound.jsonl");
    Path file = Segments.file(directory, 1);
    Files.write(file, sound);
    Verified whole = assertInstanceOf(Verified.class, LogVerifier.of().verify(directory));
    String text = new String(sound, StandardCharsets.UTF_8);
    Files.writeString(file, text.substring(0, text.lastIndexOf("{\"seq\":")));
    assertInstanceOf(Verified.class, LogVerifier.of().verify(directory));
    LogVerifier expecting = LogVerifier.of().withExpectedHash(whole.hash());
    assertEquals(Defect.CUT, assertInstanceOf(Broken.class, expecting.verify(directory)).defect());
  }

  @Test
  void mutatedLogs_areJudgedAsTheSlowVerifierDoes() throws IOException {
    long seed = System.nanoTime();
    System.out.println("LogVerifierTest seed " + seed);
    Random random = new Random(seed);
    List<String> lines =
        new String(resource("sound.jsonl"), StandardCharsets.ISO_8859_1).lines().toList();
    Path file = Segments.file(directory, 1);
    for (int round = 0; round < 2000; round++) {
      List<String> mutated = new ArrayList<>(lines);
      for (int i = random.nextInt(3); i >= 0; i--) {
        mutate(mutated, random);
      }
      String text = String.join("\n", mutated) + (random.nextInt(9) == 0 ? "" : "\n");
      replace(file, text.getBytes(StandardCharsets.ISO_8859_1));
      boolean holds = LogVerifier.of().verify(directory) instanceof Verified;
      assertEquals(SlowVerifier.holds(directory), holds, text);
    }
  }

  private static void mutate(List<String> lines, Random random) {
    int at = random.nextInt(lines.size());
    int other = random.nextInt(lines.size());
    switch (random.nextInt(5)) {
      case 0 -> lines.add(other, lines.get(at));
      case 1 -> java.util.Collections.swap(lines, at, other);
      case 2 -> lines.add(other, lines.remove(at));
      case 3 -> {
        if (lines.size() > 1) {
          lines.remove(lines.size() - 1);
        }
      }
      default -> {
        StringBuilder line = new StringBuilder(lines.get(at));
        line.setCharAt(random.nextInt(line.length()), (char) (32 + random.nextInt(90)));
        lines.set(at, line.toString());
      }
    }
  }

  /** Some file systems flush a file that is emptied and written anew, which takes its time. */
  private static void replace(Path file, byte[] bytes) throws IOException {
    Files.deleteIfExists(file);
    Files.write(file, bytes);
  }

  private static void overwrite(Path file, long offset, int value) throws IOException {
    try (RandomAccessFile opened = new RandomAccessFile(file.toFile(), "rw")) {
      opened.seek(offset);
      opened.write(value);
    }
  }

  private static byte[] resource(String name) throws IOException {
    try (InputStream in = LogVerifierTest.class.getResourceAsStream("/audit/" + name)) {
      assertNotNull(in, name);
      return in.readAllBytes();
    }
  }
}
