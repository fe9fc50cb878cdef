package io.pgguard.judge;

import io.pgguard.catalog.Relation;
import io.pgguard.catalog.Trigger;
import io.pgguard.internal.syntax.ParseResult;
import io.pgguard.internal.syntax.tree.Query;
import io.pgguard.lineage.Lineage;
import io.pgguard.lineage.LineageAnalyzer;
import io.pgguard.lineage.OutputLineage;
import io.pgguard.lineage.ShownReference;
import io.pgguard.lineage.TemporaryRelation;
import io.pgguard.reach.Reach;
import io.pgguard.statement.Effect;
import io.pgguard.statement.Name;
import io.pgguard.statement.StatementFacts;
import io.pgguard.statement.StatementKind;
import io.pgguard.statement.Tokens;
import io.pgguard.wording.LineageWording;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the layers together understand of one statement. Immutable.
 *
 * @param facts what tokens tell
 * @param tree its tree; where it is not made, why
 * @param lineage the way of columns
 * @param touchesProtected whether it could reach a protected relation
 * @param layer the layer that decided
 * @param reach what it makes the server run
 * @param consequences what becomes of relations that it does not name as its own
 * @param substitutions where the server is sent a column's mask in place of the column
 */
public record Understanding(
    StatementFacts facts,
    ParseResult tree,
    Lineage lineage,
    boolean touchesProtected,
    String layer,
    Reach reach,
    Reach consequences,
    List<Substitution> substitutions,
    Perspective perspective) {

  /** Longer statements are judged by their tokens alone, so that each is judged in a second. */
  private static final int MOST_TOKENS = 500_000;

  private static final String NO_STACK = LineageWording.NO_STACK.words();

  /**
   * @param substitutes whether the text may be sent with masks in place of columns
   */
  static Understanding of(
      StatementFacts facts,
      Tokens tokens,
      Perspective perspective,
      Analyzers analyzers,
      boolean substitutes) {
    ParseResult tree = tree(facts, tokens);
    Substitutions followed = lineage(facts, tree, perspective, analyzers, substitutes);
    Lineage lineage = followed.lineage();
    Reach reach = StatementReach.of(facts, tokens, tree, lineage, perspective);
    Reach consequences = Consequences.of(facts, tokens, perspective);
    boolean mentions = mentions(facts, perspective);
    if (lineage instanceof Lineage.Known known) {
      boolean reaches =
          reaches(known, perspective) || handsOn(facts, known.writesRelations(), perspective);
      return new Understanding(
          facts,
          tree,
          lineage,
          reaches || mentions,
          "lineage",
          reach,
          consequences,
          followed.places(),
          perspective);
    }
    List<Integer> changed =
        facts.effect() == Effect.WRITE
            ? perspective.mentioned(facts).stream().map(Relation::oid).toList()
            : List.of();
    boolean doubt =
        mentions
            || handsOn(facts, changed, perspective)
            || hidden(facts, perspective)
            || carriesUnknown(facts, perspective);
    String layer = doubt ? "mentions" : "tokens";
    return new Understanding(
        facts, tree, lineage, doubt, layer, reach, consequences, List.of(), perspective);
  }

  /** The statement's tree; where it is not made, why. */
  private static ParseResult tree(StatementFacts facts, Tokens tokens) {
    if (facts.nestingDepth() > Findings.MAX_NESTING) {
      return new ParseResult.NotParsed(LineageWording.NESTS.words(), facts.from());
    }
    if (facts.to() - facts.from() > MOST_TOKENS) {
      return new ParseResult.NotParsed(LineageWording.LONG.words(MOST_TOKENS), facts.from());
    }
    try {
      return StatementJudge.tree(facts, tokens);
    } catch (StackOverflowError e) {
      // Every walk is bounded; this is for callers whose own stack is nearly used up.
      return new ParseResult.NotParsed(NO_STACK, facts.from());
    }
  }

  private static Substitutions lineage(
      StatementFacts facts,
      ParseResult tree,
      Perspective perspective,
      Analyzers analyzers,
      boolean substitutes) {
    if (facts.kind() == StatementKind.FETCH) {
      return Substitutions.none(ofCursor(facts, perspective));
    }
    if (perspective.mayHaveChanged(facts)) {
      return Substitutions.none(new Lineage.Unknown(LineageWording.CHANGED_BY_TRANSACTION.words()));
    }
    try {
      return ofTree(tree, perspective, analyzers, substitutes);
    } catch (StackOverflowError e) {
      return Substitutions.none(new Lineage.Unknown(NO_STACK));
    }
  }

  private static Substitutions ofTree(
      ParseResult result, Perspective perspective, Analyzers analyzers, boolean substitutes) {
    if (!(result instanceof ParseResult.Parsed parsed)) {
      return Substitutions.none(
          new Lineage.Unknown(
              result instanceof ParseResult.NotParsed not
                  ? not.reason()
                  : LineageWording.NO_TREE.words()));
    }
    LineageAnalyzer analyzer = analyzers.of(perspective.catalog(), perspective.policy());
    if (!substitutes || !(parsed.statement() instanceof Query query)) {
      return Substitutions.none(
          analyzer.analyze(parsed.statement(), perspective.path(), perspective.objects()));
    }
    List<ShownReference> found = new ArrayList<>();
    Lineage lineage = analyzer.analyze(query, perspective.path(), perspective.objects(), found);
    if (!(lineage instanceof Lineage.Known known) || found.isEmpty()) {
      return Substitutions.none(lineage);
    }
    return known.made() != null // what it makes is remembered by the columns as they are
        ? Substitutions.none(analyzer.analyze(query, perspective.path(), perspective.objects()))
        : Substitutions.of(known, found, perspective.protections());
  }

  /** FETCH brings what its cursor was declared for; MOVE brings nothing. */
  private static Lineage ofCursor(StatementFacts facts, Perspective perspective) {
    Lineage lineage = facts.cursorName().map(perspective.objects().cursors()::get).orElse(null);
    if (lineage instanceof Lineage.Known known) {
      return new Lineage.Known(
          known.outputs(),
          Set.of(),
          List.of(),
          known.reads(),
          Set.of(),
          Set.of(),
          null,
          known.temporary());
    }
    return new Lineage.Unknown(LineageWording.CURSOR_UNKNOWN.words());
  }

  private static boolean reaches(Lineage.Known known, Perspective perspective) {
    for (int oid : known.reads()) {
      if (perspective.protections().columns().isProtectedRelation(oid)) {
        return true;
      }
    }
    for (int oid : known.writesRelations()) {
      if (perspective.protections().columns().isProtectedRelation(oid)) {
        return true;
      }
    }
    for (OutputLineage output : known.outputs()) {
      if (!perspective.protections().of(output).clean()) {
        return true;
      }
    }
    return false;
  }

  /** Layer 2: any identifier that could name a protected relation, in any schema. */
  private static boolean mentions(StatementFacts facts, Perspective perspective) {
    Set<String> names = perspective.protections().columns().protectedNames();
    Map<String, TemporaryRelation> temporary = perspective.objects().temporaryRelations();
    for (String identifier : facts.identifiers()) {
      if (names.contains(identifier)) {
        return true;
      }
      TemporaryRelation made = temporary.isEmpty() ? null : temporary.get(identifier);
      if (made != null && perspective.carriesProtected(made)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Whether foreign keys of what is written change a protected relation by themselves: its row is
   * in the error where that fails.
   */
  private static boolean handsOn(
      StatementFacts facts, Collection<Integer> written, Perspective perspective) {
    if (ChangeEvents.of(facts).equals(Set.of(Trigger.Event.INSERT))) {
      return false; // no row that others refer to is changed or removed
    }
    Deque<Integer> open = new ArrayDeque<>(written);
    Set<Integer> seen = new HashSet<>();
    while (!open.isEmpty()) {
      for (int oid : perspective.catalog().cascades(open.remove())) {
        if (perspective.protections().columns().isProtectedRelation(oid)) {
          return true;
        }
        if (seen.add(oid)) {
          open.add(oid);
        }
      }
    }
    return false;
  }

  /** EXECUTE and FETCH of what the session does not remember name nothing that tokens could see. */
  private static boolean carriesUnknown(StatementFacts facts, Perspective perspective) {
    StatementKind kind = facts.kind();
    return kind == StatementKind.FETCH
        || kind == StatementKind.EXECUTE
        || facts.carried().stream().anyMatch(c -> carriesUnknown(c, perspective));
  }

  /** A relation that this transaction may have made leads nobody knows where. */
  private static boolean hidden(StatementFacts facts, Perspective perspective) {
    return !perspective.unseen().isNothing() && !unknownRelations(facts, perspective).isEmpty();
  }

  /** Names in relation position that the snapshot does not hold. */
  public static Set<String> unknownRelations(StatementFacts facts, Perspective perspective) {
    Set<String> unknown = new LinkedHashSet<>();
    for (Name mention : facts.relationMentions()) {
      if (perspective.catalog().relationsNamed(mention.name()).isEmpty()
          && !perspective.objects().temporaryRelations().containsKey(mention.name())) {
        unknown.add(mention.name());
      }
    }
    return unknown;
  }

  /**
   * Whether the statement touches protected relations, or what it makes the server run may: then
   * the server's words about it may quote their values.
   */
  boolean speaksOfProtected() {
    return touchesProtected || reachesProtected(reach) || reachesProtected(followed());
  }

  private boolean reachesProtected(Reach one) {
    for (int oid : one.reads()) {
      if (perspective.protections().columns().isProtectedRelation(oid)) {
        return true;
      }
    }
    for (int oid : one.changes().keySet()) {
      if (perspective.protections().columns().isProtectedRelation(oid)) {
        return true;
      }
    }
    return false;
  }

  /** What the functions do that the statement makes the server run, and what follows from it. */
  Reach followed() {
    return consequences.with(
        perspective.protections().reaches().followed(reach.with(consequences)));
  }
}
