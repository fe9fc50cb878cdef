package io.pgguard.console.page;

import io.pgguard.approval.ApprovalCase;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Requests whatever became of them, the latest first.
 *
 * @param rows a page of them
 * @param next the id after which the next page begins, or null
 */
public record HistoryView(List<Row> rows, @Nullable String next) {
  public HistoryView {
    rows = List.copyOf(rows);
  }

  /** A request and how it stands. */
  public record Row(WaitingView.Row row, ApprovalCase one, ApprovalCase.Status status) {
    public String statusWord() {
      return RequestView.word(status);
    }

    public String statusClass() {
      return "status-" + status.name().toLowerCase(Locale.ROOT);
    }

    /** Who answered. */
    public String answered() {
      if (one.refusal() != null) {
        return one.refusal().by().subject();
      }
      return String.join(", ", one.approvals().stream().map(v -> v.by().subject()).toList());
    }
  }

  static HistoryView of(List<ApprovalCase> cases, int most, Instant now) {
    List<Row> rows =
        cases.stream()
            .map(
                one ->
                    new Row(
                        new WaitingView.Row(one.request(), false, one.approvals().size()),
                        one,
                        one.status(now)))
            .toList();
    boolean more = cases.size() == most;
    return new HistoryView(rows, more ? cases.get(most - 1).request().id() : null);
  }
}
