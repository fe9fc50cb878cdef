package io.pgguard.console.page;

import io.pgguard.approval.ApprovalCase;
import io.pgguard.approval.ApprovalRequest;
import io.pgguard.console.read.Layout;
import io.pgguard.console.read.Sheets;
import io.pgguard.console.read.ShownValue;
import io.pgguard.console.read.Span;
import io.pgguard.console.read.SqlSpans;
import io.pgguard.console.visit.Visit;
import io.pgguard.session.Explanation;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One request, as far as it is shown: one sheet of it at a time.
 *
 * @param one the request and what became of it
 * @param status how it stands
 * @param now when it is shown
 * @param sheets all that is to be read
 * @param index which sheet is shown, from 0
 * @param values the values as the viewer sees them
 * @param explanation what Guard makes of the statement; null where it cannot tell
 * @param own whether who looks has asked it
 * @param obstacle why who looks cannot approve it here; empty where they may try
 * @param read whether every sheet was shown
 */
public record RequestView(
    ApprovalCase one,
    ApprovalCase.Status status,
    Instant now,
    Sheets sheets,
    int index,
    List<ShownValue> values,
    @Nullable Explanation explanation,
    boolean own,
    String obstacle,
    boolean read) {
  public RequestView {
    values = List.copyOf(values);
  }

  public ApprovalRequest request() {
    return one.request();
  }

  /** The sheet that is shown. */
  public Sheets.Sheet sheet() {
    return sheets.sheet(index);
  }

  /** The spans of a piece. */
  public List<Span> spans(Sheets.Block block) {
    return SqlSpans.of(block.text());
  }

  /** The statement laid out, where it is short and that reads better. */
  public @Nullable List<Span> laidOut() {
    return sheets.count() > 1 ? null : Layout.of(request().text()).map(SqlSpans::of).orElse(null);
  }

  /** A value by its number. */
  public ShownValue value(int number) {
    return values.get(number - 1);
  }

  public boolean isPending() {
    return status == ApprovalCase.Status.PENDING;
  }

  /** Whether it can be refused still. */
  public boolean isOpen() {
    return isPending() || status == ApprovalCase.Status.GRANTED;
  }

  public String statusWord() {
    return word(status);
  }

  /** How a request stands, in words. */
  static String word(ApprovalCase.Status status) {
    return switch (status) {
      case PENDING -> "waiting";
      case GRANTED -> "approved, not run yet";
      case REFUSED -> "refused";
      case USED -> "approved, has run";
      case EXPIRED -> "expired";
    };
  }

  public String statusClass() {
    return "status-" + status.name().toLowerCase(Locale.ROOT);
  }

  public String needed() {
    return WaitingView.needed(request().needed());
  }

  /** How long it can be answered still. */
  public String left() {
    return Times.span(Duration.between(now, request().expiresAt()));
  }

  /** The relations that the statement names or could name. */
  public Set<String> relations() {
    Set<String> names = new LinkedHashSet<>();
    if (explanation != null) {
      explanation.statements().forEach(each -> names.addAll(each.relations()));
    }
    return names;
  }

  /** The ways of its columns. */
  public List<String> lineage() {
    return explanation == null
        ? List.of()
        : explanation.statements().stream().flatMap(each -> each.lineage().stream()).toList();
  }

  /** Whether who looks has been shown the sheet before this one. */
  public static boolean mayOpen(Visit visit, String id, int index) {
    return index == 0 || visit.hasReadSheet(id, index - 1);
  }
}
