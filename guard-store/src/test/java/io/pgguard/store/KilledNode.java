package io.pgguard.store;

import io.pgguard.approval.ApprovalStore;
import io.pgguard.approval.ApprovalStoreLocation;
import io.pgguard.approval.Approvals;
import io.pgguard.approval.Opening;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A process that opens, approves and uses requests until it is killed, and writes down each step
 * once the store has answered: {@code opened ID}, {@code granted ID}, {@code used ID}.
 */
final class KilledNode {
  private KilledNode() {}

  /**
   * Runs on the directory that is named, with statements that begin with the word that is named.
   */
  public static void main(String[] arguments) {
    ApprovalStore store =
        new StoreProvider().open(new ApprovalStoreLocation.Directory(Path.of(arguments[0])));
    Approvals approvals = new Approvals(store, InstantSource.system(), event -> {});
    for (int i = 0; ; i++) {
      String text = arguments[1] + " " + i;
      String id = ((Opening.Opened) approvals.open(Cases.ask(text, Cases.ONE_DBA))).request().id();
      say("opened " + id);
      approvals.approve(id, Cases.BOB, null);
      say("granted " + id);
      if (ThreadLocalRandom.current().nextInt(4) > 0) {
        approvals.redeem(Cases.digest(text), Cases.ONE_DBA, "s", 1);
        say("used " + id);
      } else if (i % 2 == 0) {
        approvals.refuse(id, Cases.CAROL, "no");
        say("refused " + id);
      }
    }
  }

  private static void say(String step) {
    System.out.println(step);
    System.out.flush();
  }
}
