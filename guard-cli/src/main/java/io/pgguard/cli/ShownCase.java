package io.pgguard.cli;

import io.pgguard.approval.ApprovalCase;
import io.pgguard.approval.ApprovalRequest;
import io.pgguard.approval.Vote;
import io.pgguard.identity.Principal;
import java.io.PrintWriter;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Writes a request whole for a terminal. */
final class ShownCase {
  private ShownCase() {}

  static void print(ApprovalCase one, Instant now, PrintWriter out) {
    ApprovalRequest request = one.request();
    Principal principal = request.principal();
    line(out, "request", request.id() + ", " + one.status(now));
    line(out, "asked by", principal.subject());
    line(out, "person", principal.person());
    line(out, "agent", principal.agent());
    line(out, "model", principal.model());
    line(out, "intent", request.intent());
    line(out, "database", request.database());
    line(out, "opened", request.createdAt().toString());
    line(out, "expires", request.expiresAt().toString());
    request.needed().forEach(needed -> line(out, "needs", needed.toString()));
    request
        .verdicts()
        .forEach(verdict -> line(out, "rule", verdict.rule() + ": " + verdict.reason()));
    one.approvals().forEach(vote -> line(out, "approved by", word(vote)));
    Vote refusal = one.refusal();
    line(out, "refused by", refusal == null ? null : word(refusal));
    line(out, "used", one.usedAt() == null ? null : String.valueOf(one.usedAt()));
    Vote revocation = one.revocation();
    line(out, "revoked by", revocation == null ? null : word(revocation));
    out.println("statement:");
    out.println(Printable.text(request.text()));
    for (int i = 0; i < request.values().size(); i++) {
      line(out, "$" + (i + 1), request.values().get(i));
    }
  }

  private static String word(Vote vote) {
    return vote.by().subject()
        + " at "
        + vote.at()
        + (vote.comment() == null ? "" : ": " + vote.comment());
  }

  private static void line(PrintWriter out, String name, @Nullable String value) {
    if (value != null) {
      out.println(name + ": " + Printable.line(value));
    }
  }
}
