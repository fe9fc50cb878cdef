package io.pgguard.policy;

import io.pgguard.wording.RuleWording;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Makes one decision of all verdicts: deny beats approve beats allow, and {@code otherwise} speaks
 * when nothing else did. A figure that is not known and matters counts as over its limit. Has no
 * state; thread-safe.
 */
public final class PolicyEngine {
  /** The id under which {@code otherwise} speaks. */
  public static final String OTHERWISE = "guard.otherwise";

  /** The id under which transaction control is let pass: it carries no data. */
  public static final String TRANSACTION = "guard.transaction";

  /** The id under which {@code limits: estimatedCost} speaks. */
  public static final String COST = "guard.limit.estimatedCost";

  private static final KindSet TRANSACTIONS = KindSet.of("transaction");
  private static final KindSet TWO_PHASE = KindSet.of("two-phase");
  private static final Verdict TRANSACTION_VERDICT =
      new Verdict(TRANSACTION, Verdict.Outcome.ALLOW, RuleWording.TRANSACTION.words(), null);

  private PolicyEngine() {}

  /** What becomes of a statement. The mode of the policy does not change the decision. */
  public static Decision decide(Policy policy, StatementSubject subject) {
    return decide(policy, KnownFigures.inDoubt(subject));
  }

  /**
   * The figures that are not known and that could still change the decision. Ask the server for
   * these, and for no others, before deciding.
   */
  public static Set<Figure> needs(Policy policy, StatementSubject subject) {
    KnownFigures figures = KnownFigures.inDoubt(subject);
    int open = open(policy, figures);
    Set<Figure> needed = EnumSet.noneOf(Figure.class);
    for (int over = 0; open != 0 && over <= KnownFigures.ALL; over++) {
      if ((over & ~open) == 0) {
        Decision decision = decide(policy, figures.assuming(over));
        for (Figure figure : Figure.values()) {
          int bit = 1 << figure.ordinal();
          if ((open & bit) != 0
              && (over & bit) == 0
              && !same(decision, decide(policy, figures.assuming(over | bit)))) {
            needed.add(figure);
          }
        }
      }
    }
    return needed;
  }

  /** Whether an allowing rule that fits says itself that rows may be locked. */
  public static boolean allowsLocks(Policy policy, StatementSubject subject) {
    KnownFigures figures = KnownFigures.inDoubt(subject);
    return policy.rules().stream()
        .anyMatch(
            rule ->
                rule.then() == Verdict.Outcome.ALLOW
                    && !rule.observes()
                    && Boolean.TRUE.equals(rule.when().locking())
                    && rule.matcher().matches(figures));
  }

  /**
   * How many changed rows make a difference to some rule: the first number over each of its limits.
   */
  public static List<Long> turns(Policy policy) {
    List<Long> turns = new ArrayList<>(0);
    for (Rule rule : policy.rules()) {
      OptionalLong limit = rule.when().affectedRowsOver();
      if (limit.isPresent() && limit.getAsLong() < Long.MAX_VALUE) {
        turns.add(limit.getAsLong() + 1);
      }
    }
    return turns;
  }

  /** Expected rows that make a difference to some rule: none, and one more than each limit. */
  public static List<Long> estimatedRowsTurns(Policy policy) {
    List<Long> turns = new ArrayList<>(List.of(0L));
    for (Rule rule : policy.rules()) {
      OptionalLong limit = rule.when().estimatedRowsOver();
      if (limit.isPresent() && limit.getAsLong() < Long.MAX_VALUE) {
        turns.add(limit.getAsLong() + 1);
      }
    }
    return turns;
  }

  /** Expected costs that make a difference to some rule or limit: none, and right over each. */
  public static List<Double> estimatedCostTurns(Policy policy) {
    List<Double> turns = new ArrayList<>(List.of(0.0));
    policy.limits().estimatedCost().ifPresent(limit -> turns.add(Math.nextUp(limit)));
    for (Rule rule : policy.rules()) {
      rule.when().estimatedCostOver().ifPresent(limit -> turns.add(Math.nextUp(limit)));
    }
    return turns;
  }

  /** Whether what the planner expects to cost makes a difference to some rule or limit. */
  public static boolean asksForCost(Policy policy) {
    return estimatedCostTurns(policy).size() > 1;
  }

  /** Figures that are not known and that some rule, or the limits, ask for, as bits. */
  private static int open(Policy policy, KnownFigures figures) {
    int asked =
        policy.limits().estimatedCost().isPresent() ? 1 << Figure.ESTIMATED_COST.ordinal() : 0;
    List<Rule> rules = policy.rules();
    for (int i = 0; i < rules.size(); i++) {
      RuleMatcher matcher = rules.get(i).matcher();
      int ofRule = matcher.figuresAsked();
      if ((ofRule & ~asked) != 0 && matcher.matchesBesideFigures(figures)) {
        asked |= ofRule;
      }
    }
    int open = 0;
    for (Figure figure : Figure.values()) {
      int bit = 1 << figure.ordinal();
      if ((asked & bit) != 0 && !figures.isKnown(figure) && figures.applies(figure)) {
        open |= bit;
      }
    }
    return open;
  }

  /** Whether two decisions have the same effect on a statement. */
  public static boolean same(Decision a, Decision b) {
    if (a instanceof Decision.Allow x && b instanceof Decision.Allow y) {
      return x.maxRows().equals(y.maxRows());
    }
    if (a instanceof Decision.RequireApproval x && b instanceof Decision.RequireApproval y) {
      return x.maxRows().equals(y.maxRows())
          && x.needed().equals(y.needed())
          && x.within().equals(y.within())
          && x.useWithin().equals(y.useWithin());
    }
    return a instanceof Decision.Deny && b instanceof Decision.Deny;
  }

  private static Decision decide(Policy policy, KnownFigures figures) {
    StatementSubject subject = figures.subject();
    Verdicts verdicts = new Verdicts(policy.limits().rows());
    for (Verdict finding : subject.findings()) {
      verdicts.add(finding);
    }
    boolean transaction = figures.kinds().meets(TRANSACTIONS) && !figures.kinds().meets(TWO_PHASE);
    if (transaction) {
      verdicts.add(TRANSACTION_VERDICT);
    }
    OptionalDouble cost = policy.limits().estimatedCost();
    if (cost.isPresent() && costIsOver(figures, cost.getAsDouble())) {
      verdicts.add(RuleWords.cost(figures, cost.getAsDouble()));
    }
    List<Rule> rules = policy.rules();
    for (int i = 0; i < rules.size(); i++) {
      Rule rule = rules.get(i);
      RuleMatcher matcher = rule.matcher();
      if (transaction && rule.then() == Verdict.Outcome.APPROVE && !matcher.namesTransactions()) {
        continue;
      }
      if (!matcher.matches(figures)) {
        continue;
      }
      if (rule.observes()) {
        verdicts.note(rule.verdict(policy, subject));
      } else {
        verdicts.add(rule, rule.verdict(policy, subject));
      }
    }
    if (verdicts.isEmpty()) {
      verdicts.add(policy.otherwise(), RuleWords.otherwise(policy, subject));
    }
    return verdicts.decision();
  }

  /** The limit ends what is known to cost too much; the time limit ends what could not be told. */
  private static boolean costIsOver(KnownFigures figures, double limit) {
    return figures.isOver(Figure.ESTIMATED_COST, limit, Verdict.Outcome.ALLOW);
  }
}
