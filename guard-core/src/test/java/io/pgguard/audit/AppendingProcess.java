package io.pgguard.audit;

import io.pgguard.audit.AuditLog.Announces;
import io.pgguard.audit.AuditSettings.Durability;
import java.nio.file.Path;
import java.util.Random;

/**
 * A process that appends to a log until it is killed or refused, and tells on its standard output
 * the number of every entry that was acknowledged.
 */
final class AppendingProcess {
  private AppendingProcess() {}

  /** Arguments: directory, durability, segment size, seed. */
  public static void main(String[] args) throws InterruptedException {
    AuditSettings settings =
        AuditSettings.defaults()
            .withDurability(Durability.valueOf(args[1]))
            .withSegmentBytes(Long.parseLong(args[2]))
            .withCheckpointEvery(25);
    Random random = new Random(Long.parseLong(args[3]));
    try (FileAuditLog log = FileAuditLog.open(Path.of(args[0]), settings)) {
      Thread[] threads = new Thread[3];
      for (int t = 0; t < threads.length; t++) {
        long seed = random.nextLong();
        threads[t] = new Thread(() -> append(log, new Random(seed)));
        threads[t].start();
      }
      for (Thread thread : threads) {
        thread.join();
      }
      tell("small", log, "SELECT 1");
    }
    System.out.println("closed");
  }

  private static void append(FileAuditLog log, Random random) {
    while (tell("large", log, "SELECT '" + "x".repeat(random.nextInt(20_000)) + "'")) {}
  }

  private static boolean tell(String size, FileAuditLog log, String text) {
    try {
      AuditLog.Appended appended = log.append(Events.decided(1, text), Announces.NOTHING);
      System.out.println("seq " + appended.seq() + " " + appended.hash());
      return true;
    } catch (AuditUnavailableException e) {
      System.out.println("refused " + size + " " + e.getMessage());
      return false;
    }
  }
}
