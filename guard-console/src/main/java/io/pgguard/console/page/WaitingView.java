package io.pgguard.console.page;

import io.pgguard.approval.ApprovalCase;
import io.pgguard.approval.ApprovalRequest;
import io.pgguard.identity.Principal;
import io.pgguard.policy.Approvers;
import io.pgguard.policy.Verdict;
import java.util.Collections;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What waits, the oldest first.
 *
 * @param rows one a request
 */
public record WaitingView(List<Row> rows) {
  private static final int EXCERPT = 240;

  public WaitingView {
    rows = List.copyOf(rows);
  }

  /**
   * A request in a list.
   *
   * @param request the request
   * @param own whether who looks has asked it
   * @param votes how many have approved already
   */
  public record Row(ApprovalRequest request, boolean own, int votes) {
    /** The beginning of the statement, on one line. */
    public String excerpt() {
      String line = request.text().strip().replaceAll("\\s+", " ");
      return line.length() <= EXCERPT ? line : line.substring(0, EXCERPT) + " …";
    }

    /** The rules that hold it. */
    public String rules() {
      return request.verdicts().stream()
          .filter(v -> v.outcome() == Verdict.Outcome.APPROVE)
          .map(Verdict::rule)
          .collect(Collectors.joining(", "));
    }

    /** Who must approve. */
    public String needed() {
      return WaitingView.needed(request.needed());
    }
  }

  static WaitingView of(List<ApprovalCase> pending, Principal viewer) {
    return new WaitingView(
        pending.stream()
            .map(
                one ->
                    new Row(
                        one.request(),
                        !Collections.disjoint(one.request().principal().people(), viewer.people()),
                        one.approvals().size()))
            .toList());
  }

  /** Who must approve, in words. */
  static String needed(List<Approvers> needed) {
    return needed.stream()
        .map(
            each ->
                each.groups().isEmpty()
                    ? each.count() + " of anybody else"
                    : each.count() + " of " + String.join(" or ", new TreeSet<>(each.groups())))
        .collect(Collectors.joining(", and "));
  }
}
