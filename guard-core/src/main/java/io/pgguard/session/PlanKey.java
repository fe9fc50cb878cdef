package io.pgguard.session;

import io.pgguard.identity.Principal;
import io.pgguard.lineage.SearchPath;
import io.pgguard.lineage.SessionObjects;

/**
 * What a plan depends on: compared in full, so that no crafted text can meet another's plan; hashed
 * by the text alone, which is what differs.
 */
record PlanKey(
    String text,
    long catalogFingerprint,
    String policyHash,
    Principal principal,
    boolean intentStated,
    SearchPath path,
    SessionObjects objects,
    boolean transactionHidesRelations) {

  @Override
  public int hashCode() {
    return text.hashCode();
  }
}
