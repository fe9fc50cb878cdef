package io.pgguard.plan;

import io.pgguard.judge.Perspective;
import io.pgguard.judge.StatementAnalysis;
import io.pgguard.memory.CursorOpeners;
import io.pgguard.memory.DefiningCode;
import io.pgguard.memory.SessionEffects;
import io.pgguard.policy.Decision;
import io.pgguard.policy.Policy;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A text that was read and ruled on. Immutable and shared between sessions that see it from the
 * same perspective.
 *
 * @param text the text, exactly
 * @param perspective what it was judged by
 * @param parts one for each statement
 * @param unreadable why the text cannot be read at all, or null
 */
public record TextPlan(
    String text,
    Perspective perspective,
    List<StatementAnalysis> parts,
    @Nullable Unreadable unreadable) {
  public TextPlan {
    parts = List.copyOf(parts);
  }

  /** Whether the policy only watches: everything runs, and nothing is cut off. */
  public boolean observed() {
    return perspective.policy().mode() == Policy.Mode.OBSERVE;
  }

  /** The text as the server gets it: where a part of a column is asked for, its mask stands. */
  public String sent() {
    return StatementAnalysis.sent(text, parts);
  }

  /** Where a statement of the text begins, in characters. */
  public int offset(int index) {
    String own = parts.get(index).text();
    int from = 0;
    for (int i = 0; i < index; i++) {
      String before = parts.get(i).text();
      from = text.indexOf(before, from) + before.length();
    }
    return text.indexOf(own, from);
  }

  /** How many statements the text has; 0 for an empty text. */
  public int statements() {
    return parts.size();
  }

  /**
   * Whether the policy refuses it, whatever the values and whoever would approve. Also where it
   * only watches, a text that cannot be read is refused: no log names it.
   */
  public boolean denied() {
    return unreadable != null || (!observed() && hasDenial());
  }

  /**
   * Whether it may change what names in later texts stand for, so that a text behind it can be
   * judged only once it has ended.
   */
  public boolean changesNames() {
    for (int i = 0; i < parts.size(); i++) {
      if (SessionEffects.changesNames(parts.get(i).facts())
          || DefiningCode.mayRun(parts.get(i))
          || CursorOpeners.of(parts.get(i)) == CursorOpeners.OTHERS) {
        return true;
      }
    }
    return false;
  }

  /** Whether it runs only once people have approved. */
  public boolean awaitsApproval() {
    return !observed() && !denied() && !approvals().isEmpty();
  }

  private boolean hasDenial() {
    for (int i = 0; i < parts.size(); i++) {
      if (parts.get(i).decision() instanceof Decision.Deny) {
        return true;
      }
    }
    return false;
  }

  /** The decisions that wait for people. */
  public List<Decision.RequireApproval> approvals() {
    List<Decision.RequireApproval> needed = new ArrayList<>(0);
    for (int i = 0; i < parts.size(); i++) {
      if (parts.get(i).decision() instanceof Decision.RequireApproval approval) {
        needed.add(approval);
      }
    }
    return needed;
  }
}
