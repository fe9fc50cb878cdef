package io.pgguard.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pgguard.approval.ApprovalCase;
import io.pgguard.approval.ApprovalRequest;
import io.pgguard.approval.ApprovalStore;
import io.pgguard.approval.ApprovalStoreLocation;
import io.pgguard.approval.Approvals;
import io.pgguard.approval.Redemption;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the store has answered outlives {@code kill -9} at any step: {@code -Dguard.races.kills}
 * says how often.
 */
class KillIT {
  @TempDir Path directory;

  private final long seed = new Random().nextLong();
  private final Random random = new Random(seed);

  @Test
  void killedProcess_leavesNoGrantLostOrUsedTwice() throws Exception {
    int kills = Integer.getInteger("guard.races.kills", 2);
    for (int kill = 0; kill < kills; kill++) {
      Map<String, String> answered = runAndKill("kill" + kill);
      try (ApprovalStore store =
          new StoreProvider().open(new ApprovalStoreLocation.Directory(directory))) {
        Approvals approvals = new Approvals(store, InstantSource.system(), event -> {});
        Map<String, Long> ended = EndedRequests.read(directory, 0);
        int now = kill;
        answered.forEach((id, step) -> check(approvals, ended, id, step, "kill " + now));
      }
    }
  }

  /** The last step that was answered, by request. */
  private Map<String, String> runAndKill(String word) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElse("java"),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                KilledNode.class.getName(),
                directory.toString(),
                word)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    Map<String, String> answered = new LinkedHashMap<>();
    try (BufferedReader out =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      int steps = 1 + random.nextInt(400);
      for (int i = 0; i < steps; i++) {
        heard(out.readLine(), answered);
      }
      process.toHandle().destroyForcibly(); // unlike the process itself, leaves its output open
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        heard(line, answered); // answered before it was killed; the last line may be cut
      }
    }
    assertEquals(137, process.waitFor(), "killed, and not ended by itself");
    return answered;
  }

  private static void heard(String line, Map<String, String> answered) {
    assertTrue(line != null, "the process ended by itself");
    String[] words = line.split(" ", -1);
    if (words.length == 2 && words[1].length() == "apr-".length() + 24) {
      answered.put(words[1], words[0]);
    }
  }

  private void check(
      Approvals approvals, Map<String, Long> ended, String id, String step, String when) {
    String told = when + ", " + step + " " + id + ", seed " + seed;
    Optional<ApprovalCase> found = approvals.find(id);
    if (found.isEmpty() && ended.containsKey(id)) {
      return; // H2 did not know the end, so that the request went: nobody uses it again
    }
    ApprovalCase one = found.orElseThrow(() -> new AssertionError("lost: " + told));
    ApprovalRequest request = one.request();
    ApprovalCase.Status status = one.status(request.createdAt());
    Redemption redemption = approvals.redeem(request.digest(), request.needed(), "later", 1);
    switch (step) {
      case "used" -> {
        assertEquals(ApprovalCase.Status.USED, status, told);
        assertInstanceOf(Redemption.None.class, redemption, told);
      }
      case "refused" -> {
        assertEquals(ApprovalCase.Status.REFUSED, status, told);
        assertInstanceOf(Redemption.Refused.class, redemption, told);
      }
      case "granted" -> {
        // The step behind it may have been taken, without an answer.
        if (status == ApprovalCase.Status.GRANTED) {
          assertInstanceOf(Redemption.Redeemed.class, redemption, told);
        } else {
          assertTrue(status != ApprovalCase.Status.PENDING, told);
        }
      }
      default -> assertTrue(one.version() <= 1, told);
    }
  }
}
