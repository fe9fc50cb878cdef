package io.pgguard.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pgguard.audit.AuditSettings.Durability;
import io.pgguard.audit.Verification.Verified;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A real process appends and dies in the middle; the log must hold all that it acknowledged. */
final class AuditCrashIT {
  private static final int ROUNDS = 4;

  @TempDir Path directory;

  @ParameterizedTest
  @EnumSource(Durability.class)
  void killedProcess_losesNothingAcknowledged(Durability durability) throws Exception {
    long seed = System.nanoTime();
    System.out.println("AuditCrashIT " + durability + " seed " + seed);
    Random random = new Random(seed);
    Map<Long, String> acknowledged = new HashMap<>();
    for (int round = 0; round < ROUNDS; round++) {
      long segmentBytes = 100_000 + random.nextInt(400_000);
      Process process = start(List.of(), durability.name(), segmentBytes, random.nextLong());
      int entries = 1 + random.nextInt(300);
      try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
        String line = "";
        while (line != null) {
          if (entries-- == 0) {
            process
                .toHandle()
                .destroyForcibly(); // unlike the process itself, leaves its output to be read
          }
          line = out.readLine();
          note(line, acknowledged);
        }
      }
      assertEquals(137, process.waitFor(), "killed by SIGKILL");
      opensAndHolds(acknowledged);
    }
  }

  private void opensAndHolds(Map<Long, String> acknowledged) throws IOException {
    FileAuditLog.open(directory, AuditSettings.defaults()).close();
    Verified verified = assertInstanceOf(Verified.class, LogVerifier.of().verify(directory));
    Map<Long, String> held = new HashMap<>();
    LogReader.read(directory, entry -> held.put(entry.seq(), entry.hash()));
    assertEquals(verified.entries(), held.size());
    acknowledged.forEach((seq, hash) -> assertEquals(hash, held.get(seq), "entry " + seq));
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void fullDisk_refusesAndLeavesNothingHalf() throws Exception {
    long seed = System.nanoTime();
    System.out.println("AuditCrashIT full disk seed " + seed);
    // A limit on the size of files stands for a full disk: writes end in the middle with an error.
    List<String> limited = List.of("bash", "-c", "ulimit -f 300; exec \"$@\"", "limited");
    Process process = start(limited, Durability.BALANCED.name(), 64L << 20, seed);
    Map<Long, String> acknowledged = new HashMap<>();
    List<String> others = new ArrayList<>();
    try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        if (!note(line, acknowledged)) {
          others.add(line);
        }
      }
    }
    assertEquals(0, process.waitFor(), others.toString());
    assertTrue(others.get(0).contains("cannot be written: "), others.toString());
    assertEquals("closed", others.get(others.size() - 1));
    assertFalse(Files.exists(directory.resolve("audit-000000000002.jsonl")));
    assertInstanceOf(Verified.class, LogVerifier.of().verify(directory));
    opensAndHolds(acknowledged);
    assertEquals(
        acknowledged.size(), acknowledged.keySet().stream().mapToLong(n -> n).max().orElse(0));
  }

  private static boolean note(@Nullable String line, Map<Long, String> acknowledged) {
    String[] words = line == null ? new String[0] : line.split(" ");
    boolean whole = words.length == 3 && words[0].equals("seq") && words[2].length() == 64;
    if (whole) {
      acknowledged.put(Long.parseLong(words[1]), words[2]);
    }
    return whole;
  }

  private Process start(List<String> prefix, String durability, long segmentBytes, long seed)
      throws IOException {
    List<String> command = new ArrayList<>(prefix);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:-UsePerfData", "-XX:TieredStopAtLevel=1", "-Xmx128m", "-cp"));
    String path = System.getProperty("java.class.path");
    command.add(System.getProperty("surefire.test.class.path", path));
    command.add(AppendingProcess.class.getName());
    command.addAll(List.of(directory.toString(), durability));
    command.addAll(List.of(Long.toString(segmentBytes), Long.toString(seed)));
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }
}
