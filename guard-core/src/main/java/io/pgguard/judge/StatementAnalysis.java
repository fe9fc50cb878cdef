package io.pgguard.judge;

import io.pgguard.lineage.Lineage;
import io.pgguard.policy.Decision;
import io.pgguard.policy.Verdict;
import io.pgguard.reach.Reach;
import io.pgguard.statement.StatementFacts;
import io.pgguard.statement.Tokens;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one statement from one perspective, and what the policy says of it. Immutable
 * and shared.
 *
 * @param facts what tokens tell
 * @param text the statement's own text
 * @param lineage the way of columns
 * @param touchesProtected whether it could reach a protected relation: then what no layer vouches
 *     for is hidden
 * @param treatments what lineage wants done with each output; empty where lineage is unknown
 * @param decision the policy's decision
 * @param layer the layer that decided: {@code tokens}, {@code mentions} or {@code lineage}
 * @param protections what the principal may not see
 * @param reach what it makes the server run
 * @param touched what its names stand for
 * @param substitutions where the server is sent a column's mask in place of the column
 * @param counting what is counted where it runs, and decides in the end; null where nothing is
 * @param forecast what the planner is asked before it runs, and decides then; null where it is not
 */
public record StatementAnalysis(
    StatementFacts facts,
    String text,
    Lineage lineage,
    boolean touchesProtected,
    List<OutputTreatment> treatments,
    Decision decision,
    String layer,
    Protections protections,
    Reach reach,
    Touched touched,
    List<Substitution> substitutions,
    @Nullable Counting counting,
    @Nullable Forecast forecast) {
  public StatementAnalysis {
    treatments = List.copyOf(treatments);
    substitutions = List.copyOf(substitutions);
  }

  /** The statement's own text as the server gets it. */
  public String sent() {
    if (substitutions.isEmpty()) {
      return text;
    }
    String whole = facts.tokens().source();
    int before = facts.tokens().start(facts.from());
    int after = whole.length() - before - facts.text().length();
    String sent = sent(whole, List.of(this));
    return sent.substring(before, sent.length() - after);
  }

  /** A text as the server gets it, of which these are the statements. */
  public static String sent(String text, List<StatementAnalysis> statements) {
    List<Substitution> places = new ArrayList<>(0);
    for (int i = 0; i < statements.size(); i++) {
      places.addAll(statements.get(i).substitutions);
    }
    if (places.isEmpty()) {
      return text;
    }
    Tokens tokens = statements.get(0).facts.tokens();
    return Substitutions.sent(tokens.source(), tokens, places);
  }

  /** The same of another text, where nothing but its tokens' facts depends on the text. */
  public StatementAnalysis of(StatementFacts others) {
    return new StatementAnalysis(
        others,
        others.text(),
        lineage,
        touchesProtected,
        treatments,
        decision,
        layer,
        protections,
        reach,
        touched,
        substitutions,
        counting,
        forecast);
  }

  /** The same by another snapshot, in which all that it depends on is as it was. */
  public StatementAnalysis over(Perspective other) {
    return new StatementAnalysis(
        facts,
        text,
        lineage,
        touchesProtected,
        treatments,
        decision,
        layer,
        other.protections(),
        reach,
        touched.over(other),
        substitutions,
        counting,
        forecast);
  }

  /** The same, decided otherwise. */
  public StatementAnalysis deciding(Decision other) {
    return new StatementAnalysis(
        facts,
        text,
        lineage,
        touchesProtected,
        treatments,
        other,
        layer,
        protections,
        reach,
        touched,
        substitutions,
        counting,
        forecast);
  }

  /** The same, which shows nothing that an earlier reading of what it brings hides. */
  public StatementAnalysis hidingWhat(StatementAnalysis earlier) {
    List<OutputTreatment> both = new ArrayList<>(treatments);
    if (earlier.treatments.size() == both.size()) {
      for (int i = 0; i < both.size(); i++) {
        both.set(i, both.get(i).strictest(earlier.treatments.get(i)));
      }
    }
    return new StatementAnalysis(
        facts,
        text,
        lineage,
        touchesProtected || earlier.touchesProtected,
        both,
        decision,
        layer,
        protections,
        reach,
        touched,
        substitutions,
        counting,
        forecast);
  }

  /** Whether its effect or its plan is asked about where it runs. */
  public boolean watched() {
    return counting != null || forecast != null;
  }

  /**
   * The same statement while it brings its rows, as a newer reading of its text judges it: the
   * columns stay what they were when it began, and none is shown that one of the two readings
   * hides.
   */
  public StatementAnalysis underWay(StatementAnalysis newer) {
    List<OutputTreatment> both = new ArrayList<>(treatments.size());
    for (int i = 0; i < treatments.size(); i++) {
      OutputTreatment now =
          lineage instanceof Lineage.Known known
              ? newer.protections.of(known.outputs().get(i))
              : OutputTreatment.UNKNOWN;
      if (!substitutions.equals(newer.substitutions)) {
        now = OutputTreatment.UNKNOWN; // the server works on another text than was judged now
      }
      both.add(now.strictest(treatments.get(i)));
    }
    return new StatementAnalysis(
        facts,
        text,
        lineage,
        touchesProtected || newer.touchesProtected,
        both,
        newer.decision,
        newer.layer,
        newer.protections,
        reach.with(newer.reach),
        touched,
        substitutions,
        counting,
        forecast);
  }

  public Verdict.Outcome outcome() {
    return decision instanceof Decision.Deny
        ? Verdict.Outcome.DENY
        : decision instanceof Decision.RequireApproval
            ? Verdict.Outcome.APPROVE
            : Verdict.Outcome.ALLOW;
  }
}
