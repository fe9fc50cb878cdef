package io.pgguard.judge;

import io.pgguard.catalog.Column;
import io.pgguard.catalog.Relation;
import io.pgguard.internal.syntax.ParseResult;
import io.pgguard.lineage.CodeCursors;
import io.pgguard.lineage.ColumnSource;
import io.pgguard.lineage.Flow;
import io.pgguard.lineage.Influence;
import io.pgguard.lineage.Lineage;
import io.pgguard.lineage.WriteFlow;
import io.pgguard.policy.Inference;
import io.pgguard.policy.Verdict;
import io.pgguard.statement.CopyFacts;
import io.pgguard.statement.Effect;
import io.pgguard.statement.StatementFacts;
import io.pgguard.statement.StatementKind;
import io.pgguard.statement.Tokens;
import io.pgguard.statement.WhereClause;
import io.pgguard.wording.FindingWording;
import io.pgguard.wording.LineageWording;
import io.pgguard.wording.Said;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What Guard itself says of one statement, whatever the policy's rules: each finding denies. Used
 * by one thread, for one statement.
 */
public final class Findings {
  /**
   * Parentheses deeper than this are refused: nobody writes them, and they cost every parser on the
   * way its stack.
   */
  static final int MAX_NESTING = 500;

  private static final Set<String> FILE_VIEWS =
      Set.of("pg_hba_file_rules", "pg_ident_file_mappings", "pg_file_settings");

  /** Rules by which a statement is denied when it is not known what its names stand for. */
  public static final Set<String> OF_DOUBT = Set.of("guard.transaction", "guard.lineage");

  private static final String LARGEST_FILL = "10,000,000";

  /** The order of columns: the same statement is refused in the same words each time. */
  private static final Comparator<Influence> IN_ORDER =
      Comparator.comparingInt(Influence::relationOid)
          .thenComparingInt(Influence::number)
          .thenComparing(Influence::kind);

  /** How names of Guard's own statements and portals begin in the client's session. */
  private static final String RESERVED = "guard_";

  private final Perspective perspective;
  private final List<Verdict> found = new ArrayList<>();

  Findings(Perspective perspective) {
    this.perspective = perspective;
  }

  List<Verdict> found() {
    return List.copyOf(found);
  }

  void deny(FindingWording wording, Object... values) {
    found.add(verdict(wording, values));
  }

  /** The verdict that a wording of the catalog gives. */
  static Verdict verdict(FindingWording wording, Object... values) {
    Said said = wording.say(values);
    return new Verdict(wording.rule(), Verdict.Outcome.DENY, said.message(), said.hint());
  }

  /** What tokens alone tell. */
  void ofFacts(StatementFacts facts) {
    if (facts.kind() == StatementKind.UNKNOWN) {
      deny(FindingWording.UNREADABLE);
    }
    if (facts.nestingDepth() > MAX_NESTING) {
      deny(FindingWording.NESTING, facts.nestingDepth(), MAX_NESTING);
    }
    if (facts.locked() == WhereClause.MISSING || facts.locked() == WhereClause.CONSTANT) {
      deny(FindingWording.LOCKS_ALL);
    }
    facts.copy().ifPresent(this::ofCopy);
    new SettingFindings(facts, perspective, this).find();
    if (Perspective.usesNames(facts)) {
      perspective
          .protections()
          .reaches()
          .hiding(perspective.path())
          .ifPresent(hiding -> deny(FindingWording.PATH_HIDES, hiding));
    }
    ofNames(facts);
    for (StatementFacts carried : facts.carried()) {
      carried.copy().ifPresent(this::ofCopy);
      ofNames(carried);
    }
  }

  /** What Guard asks in a session goes by names that nobody else may take. */
  private void ofNames(StatementFacts facts) {
    facts
        .statementName()
        .filter(name -> name.startsWith(RESERVED))
        .or(() -> facts.cursorName().filter(name -> name.startsWith(RESERVED)))
        .ifPresent(name -> deny(FindingWording.RESERVED_NAME, RESERVED, name));
  }

  /**
   * What words tell.
   *
   * @param tree the statement's tree, where it was made before
   */
  void ofWords(
      StatementFacts facts, Tokens tokens, boolean touchesProtected, @Nullable ParseResult tree) {
    Set<String> words = facts.identifiers();
    PlannerSettings.refuse(facts, perspective.policy())
        .ifPresent(why -> deny(FindingWording.PLANNER_SETTING, why));
    if (!Collections.disjoint(words, FILE_VIEWS)) {
      deny(FindingWording.READS_SERVER_FILE);
    }
    if (LongValues.any(facts, tokens, touchesProtected, tree)) {
      deny(FindingWording.LONG_VALUE, LARGEST_FILL);
    }
  }

  private void ofCopy(CopyFacts copy) {
    if (copy.endpoint() != CopyFacts.Endpoint.CLIENT) {
      deny(FindingWording.COPIES_SERVER_FILE);
    }
  }

  /** Relations that a session may not write, whatever the policy says of them. */
  void ofWrites(Collection<Relation> written) {
    for (Relation relation : written) {
      if (relation.schema().equals("pg_catalog")
          || relation.schema().equals("information_schema")) {
        deny(FindingWording.WRITES_SYSTEM, relation.qualifiedName());
      } else if (relation.rules()) {
        deny(FindingWording.SETS_OFF_RULES, relation.qualifiedName());
      }
    }
  }

  /** Channels that carry protected values, as triggers and functions of the database fill them. */
  void ofChannel(StatementFacts facts, Set<String> unsafeChannels) {
    Optional<String> channel = facts.channel();
    if (facts.kind() == StatementKind.LISTEN
        && channel.isPresent()
        && unsafeChannels.contains(channel.get())) {
      deny(FindingWording.LISTENS, channel.get());
    }
  }

  /** What the way of columns tells. */
  void ofLineage(Understanding understanding) {
    StatementFacts facts = understanding.facts();
    if (perspective.mayHaveChanged(facts) && (carriesData(facts) || runsCode(understanding))) {
      deny(FindingWording.CHANGED_BEFORE);
    } else {
      ofLineage(understanding.lineage(), facts, understanding.touchesProtected());
    }
  }

  /** The same where names stand for what the snapshot says. */
  void ofLineage(Lineage lineage, StatementFacts facts, boolean touchesProtected) {
    if (lineage instanceof Lineage.Known known) {
      List<Influence> influences = new ArrayList<>(known.influences());
      influences.sort(IN_ORDER);
      influences.forEach(this::ofInfluence);
      if (facts.kind() != StatementKind.CREATE_VIEW) {
        known.writes().forEach(this::ofWrite);
      }
    } else if (lineage instanceof Lineage.Unknown unknown && touchesProtected) {
      ofUnknown(unknown, facts);
    }
  }

  private void ofUnknown(Lineage.Unknown unknown, StatementFacts facts) {
    boolean reads = facts.effect() == Effect.READ || facts.effect() == Effect.CURSOR;
    if (reads && perspective.policy().inference() == Inference.ALLOW) {
      return; // every output that the server does not vouch for is redacted
    }
    if (!carriesData(facts) || ofAllowedCode(facts)) {
      return; // as above
    }
    deny(FindingWording.NOT_FOLLOWED, unknown.reason());
  }

  /** FETCH from a cursor that nobody opened but a function which the policy allows. */
  private boolean ofAllowedCode(StatementFacts facts) {
    CodeCursors opened = perspective.objects().ofCode();
    return facts.kind() == StatementKind.FETCH
        && opened != null
        && facts
            .cursorName()
            .filter(name -> opened.has(name) && !perspective.objects().cursors().containsKey(name))
            .isPresent();
  }

  /**
   * Whether it brings nothing, but runs code that may be another by now, which could put what it
   * reads into a column or an error.
   */
  private boolean runsCode(Understanding understanding) {
    StatementFacts facts = understanding.facts();
    if (!perspective.unseen().everything()) {
      return false; // relations have come or changed, and no code with them
    }
    return switch (facts.effect()) {
      case CODE, MAINTENANCE -> true;
      case DDL -> StatementReach.runs(facts) && mayRunOwn(understanding);
      default -> false;
    };
  }

  private static boolean mayRunOwn(Understanding understanding) {
    StatementFacts facts = understanding.facts();
    return !facts.functionMentions().isEmpty()
        || Unseen.computes(facts)
        || !understanding.reach().with(understanding.consequences()).systemOnly();
  }

  /** DDL and maintenance bring no values to the client; the policy's rules decide on them. */
  private static boolean carriesData(StatementFacts facts) {
    Effect effect = facts.effect();
    return effect == Effect.READ
        || effect == Effect.WRITE
        || effect == Effect.CURSOR
        || effect == Effect.PREPARED
        || facts.intoClause()
        || !facts.carried().isEmpty();
  }

  private void ofInfluence(Influence influence) {
    Optional<OutputTreatment> protection =
        perspective.protections().of(influence.relationOid(), influence.number());
    Inference policy = perspective.policy().inference();
    if (protection.isEmpty() || policy == Inference.ALLOW) {
      return;
    }
    // What the server keeps of values is no value that a guess may be made of.
    boolean system = protection.get().equals(OutputTreatment.SYSTEM);
    Inference allowed = system ? Inference.DENY : policy;
    if (perspective.protections().shownByMask(influence)
        || (allowed == Inference.EQUALITY && influence.kind() == Influence.Kind.EQUALITY)) {
      return;
    }
    String column = column(influence.relationOid(), influence.number());
    found.add(InferenceWords.verdict(influence, allowed, column, protection.get().classId()));
  }

  private void ofWrite(WriteFlow flow) {
    List<ColumnSource> sources = new ArrayList<>(flow.sources());
    sources.sort(
        Comparator.comparingInt(ColumnSource::relationOid)
            .thenComparingInt(ColumnSource::number)
            .thenComparing(ColumnSource::flow));
    for (ColumnSource source : sources) {
      Optional<OutputTreatment> protection =
          perspective.protections().of(source.relationOid(), source.number());
      if (source.flow() != Flow.INFLUENCE
          && protection.isPresent()
          && !(source.flow() == Flow.NULLNESS && protection.get().showsNulls())) {
        boolean itself =
            source.relationOid() == flow.relationOid() && source.number() == flow.number();
        deny(
            itself ? FindingWording.CHANGES_ITSELF : FindingWording.CARRIES,
            column(source.relationOid(), source.number()),
            flow.target());
        return;
      }
    }
  }

  private String column(int relationOid, int number) {
    Optional<Relation> relation = perspective.catalog().relation(relationOid);
    if (relation.isEmpty()) {
      return LineageWording.COLUMN_OF_OID.words(relationOid);
    }
    String column = relation.get().column(number).map(Column::name).orElse("*");
    return relation.get().qualifiedName() + "." + column;
  }
}
