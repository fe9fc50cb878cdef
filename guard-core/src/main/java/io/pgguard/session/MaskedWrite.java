package io.pgguard.session;

import io.pgguard.catalog.Catalog;
import io.pgguard.judge.KeptValues;
import io.pgguard.plan.TextPlan;
import io.pgguard.policy.MaskedWrites;
import io.pgguard.policy.Verdict;
import io.pgguard.wording.SessionWording;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of a text that would store masks. Immutable.
 *
 * @param refusal why it does not run as it is
 * @param instead the text that runs in its place, if the policy wants and it can be had; or null
 */
record MaskedWrite(Refusal refusal, @Nullable Instead instead) {

  /**
   * A text whose columns keep what they hold, as a client could have sent it; it is judged, logged
   * and approved in place of the client's.
   *
   * @param text the text
   * @param parameters which of the client's values go with it, by their numbers from 1, in order
   * @param columns what keeps its value, for people
   * @param asked the client's text
   */
  record Instead(String text, List<Integer> parameters, List<String> columns, String asked) {
    Instead {
      parameters = List.copyOf(parameters);
      columns = List.copyOf(columns);
    }

    /** What goes with it of something that each parameter of the client's text has. */
    <T> List<T> of(List<T> all) {
      List<T> left = new ArrayList<>(parameters.size());
      for (int number : parameters) {
        if (number <= all.size()) {
          left.add(all.get(number - 1));
        }
      }
      return left;
    }

    /** What the client is told. */
    List<ServerMessage> notices() {
      return columns.stream()
          .map(column -> ServerMessage.notice(SessionWording.MASKED_WRITE_KEPT.say(column)))
          .toList();
    }

    /** What the log says. */
    Verdict verdict() {
      return new Verdict(
          MaskedWriteCheck.RULE,
          Verdict.Outcome.ALLOW,
          SessionWording.KEPT.say(String.join(", ", columns), asked).message(),
          null);
    }
  }

  /** Of a text with these values; null where it stores no mask. */
  static @Nullable MaskedWrite of(TextPlan text, List<ParameterValue> values) {
    List<MaskedWriteCheck.Masked> found = new MaskedWriteCheck(text, values).find();
    if (found.isEmpty()) {
      return null;
    }
    MaskedWriteCheck.Masked first = found.get(0);
    boolean keeps = text.perspective().policy().maskedWrites() == MaskedWrites.KEEP;
    Instead instead = keeps ? instead(text, values, found) : null;
    SessionWording wording =
        keeps ? SessionWording.MASKED_WRITE_NOT_KEPT : SessionWording.MASKED_WRITE;
    return new MaskedWrite(Refusal.of(wording.say(first.given(), first.flow().target())), instead);
  }

  private static @Nullable Instead instead(
      TextPlan text, List<ParameterValue> values, List<MaskedWriteCheck.Masked> found) {
    if (text.parts().size() != 1) {
      return null;
    }
    Set<Integer> numbers = new LinkedHashSet<>();
    Set<String> columns = new LinkedHashSet<>();
    for (MaskedWriteCheck.Masked one : found) {
      numbers.add(one.flow().number());
      columns.add(one.flow().target());
    }
    Catalog catalog = text.perspective().catalog();
    return KeptValues.of(text.parts().get(0), catalog, numbers, values.size())
        .map(kept -> new Instead(kept.text(), kept.parameters(), List.copyOf(columns), text.text()))
        .orElse(null);
  }
}
