package io.pgguard.judge;

import io.pgguard.catalog.Catalog;
import io.pgguard.catalog.Column;
import io.pgguard.catalog.Function;
import io.pgguard.catalog.Relation;
import io.pgguard.catalog.SearchPath;
import io.pgguard.catalog.Trigger;
import io.pgguard.lineage.ColumnSource;
import io.pgguard.lineage.Flow;
import io.pgguard.lineage.Influence;
import io.pgguard.lineage.LineageAnalyzer;
import io.pgguard.lineage.NarrowChange;
import io.pgguard.lineage.OutputLineage;
import io.pgguard.lineage.ProtectedColumns;
import io.pgguard.lineage.Protection;
import io.pgguard.lineage.Structure;
import io.pgguard.mask.Mask;
import io.pgguard.policy.Inference;
import io.pgguard.policy.Policy;
import io.pgguard.policy.SensitiveClass;
import io.pgguard.reach.CallSafety;
import io.pgguard.reach.CalledFunction;
import io.pgguard.reach.Channels;
import io.pgguard.reach.FunctionSafety;
import io.pgguard.reach.Reach;
import io.pgguard.reach.ReachSafety;
import io.pgguard.reach.Reaches;
import io.pgguard.reach.Safety;
import io.pgguard.reach.TriggerSafety;
import io.pgguard.statement.Name;
import java.lang.ref.WeakReference;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What principals of one clearance may not see of one catalog: the policy's classes, spread over
 * views, parents and partitions, and what functions, triggers and channels could carry. Immutable
 * and thread-safe.
 */
public final class Protections {
  private final ProtectedColumns<SensitiveClass> columns;
  private final Reaches reaches;
  private final CallSafety calls;
  private final ReachSafety reached;
  private final TriggerSafety triggers;
  private final Channels channels;
  private final Catalog catalog;
  private final Policy policy;
  private final boolean hides;
  private volatile @Nullable Compared compared;

  /** What was found out when these were compared; who they were compared with is not held on to. */
  private record Compared(WeakReference<Protections> earlier, NarrowChange change, boolean same) {}

  private Protections(
      Catalog catalog,
      Policy policy,
      boolean hides,
      ProtectedColumns<SensitiveClass> columns,
      Reaches reaches,
      FunctionSafety functions,
      Channels channels) {
    this.catalog = catalog;
    this.policy = policy;
    this.hides = hides;
    this.columns = columns;
    this.reaches = reaches;
    this.calls = new CallSafety(catalog, functions);
    this.reached = new ReachSafety(catalog, functions, columns.protectedNames());
    this.triggers =
        new TriggerSafety(
            catalog, reaches, columns, functions, policy.inference() != Inference.ALLOW);
    this.channels = channels;
  }

  public static Protections of(
      Catalog catalog, LineageAnalyzer analyzer, Policy policy, List<SensitiveClass> hidden) {
    return of(catalog, analyzer, policy, hidden, new RememberedMarks(hidden));
  }

  /** The same, where the classes of columns are remembered. */
  static Protections of(
      Catalog catalog,
      LineageAnalyzer analyzer,
      Policy policy,
      List<SensitiveClass> hidden,
      RememberedMarks marks) {
    ProtectedColumns<SensitiveClass> columns =
        ProtectedColumns.of(analyzer, marks, policy::allowsFunction);
    Reaches reaches = analyzer.reaches();
    FunctionSafety functions =
        new FunctionSafety(
            catalog, reaches, columns, policy::allowsFunction, policy::allowsExtension);
    return new Protections(
        catalog,
        policy,
        !hidden.isEmpty(),
        columns,
        reaches,
        functions,
        Channels.of(catalog, columns));
  }

  /** Whether they are those of a policy, as far as it can be told by its text. */
  public boolean holdsUnder(Policy other) {
    return policy == other || policy.hash().equals(other.hash());
  }

  /** The snapshot that they hold for. */
  public Catalog catalog() {
    return catalog;
  }

  /** Whether there is a class of columns that is hidden, even if no column is in it yet. */
  public boolean hides() {
    return hides;
  }

  /**
   * Whether these hide the same as earlier ones did, by the same policy from the same principal,
   * wherever a change between the two snapshots does not reach.
   */
  public boolean sameBeside(NarrowChange change, Protections earlier) {
    Compared known = compared;
    if (known == null || known.earlier().get() != earlier || known.change() != change) {
      boolean same =
          hides == earlier.hides && columns.sameBeside(change.touched(), earlier.columns);
      known = new Compared(new WeakReference<>(earlier), change, same);
      compared = known;
    }
    return known.same();
  }

  /** The columns that are hidden. */
  public ProtectedColumns<SensitiveClass> columns() {
    return columns;
  }

  /** What is done with a value that is that column's own. */
  public Optional<OutputTreatment> of(int relationOid, int number) {
    return columns.protection(relationOid, number).map(OutputTreatment::of);
  }

  /**
   * Whether that column is in a class of the policy and this principal may see it all the same:
   * then no detector looks into it either.
   */
  public boolean cleared(int relationOid, int number) {
    if (columns.protection(relationOid, number).isPresent()) {
      return false;
    }
    Relation relation = catalog.relation(relationOid).orElse(null);
    Column column = relation == null ? null : relation.column(number).orElse(null);
    return relation != null
        && column != null
        && Policy.strictest(policy.classes(), relation.schema(), relation.name(), column.name())
            .isPresent();
  }

  /** Whether a column is protected only for rows that it holds. */
  public boolean holdsRows(int relationOid, int number) {
    return columns
        .protection(relationOid, number)
        .filter(one -> one.kind() == Protection.Kind.CARRIER)
        .isPresent();
  }

  /**
   * What is done with an output that is made of these: one protected column's own value keeps its
   * mask, and what is put together is treated part by part.
   */
  public OutputTreatment of(OutputLineage output) {
    OutputTreatment whole = of(output.sources());
    Structure structure = output.structure();
    return structure == null || !whole.withheld()
        ? whole
        : new PartTreatments(this).of(structure, whole);
  }

  /** What is done with a value that is made of these columns. */
  OutputTreatment of(Set<ColumnSource> sources) {
    OutputTreatment found = OutputTreatment.CLEAN;
    boolean mixed = false;
    for (ColumnSource source : sources) {
      if (source.flow() == Flow.INFLUENCE) {
        continue;
      }
      Optional<OutputTreatment> one = of(source.relationOid(), source.number());
      if (one.isPresent() && source.flow() == Flow.NULLNESS && one.get().showsNulls()) {
        continue;
      }
      mixed |= source.flow() == Flow.SELECTION || (one.isEmpty() && source.flow() != Flow.NULLNESS);
      if (one.isPresent()) {
        boolean whole = source.flow().isOwn() && source.number() != 0;
        OutputTreatment treatment = whole ? one.get() : OutputTreatment.DERIVED;
        found = found.clean() || found.equals(treatment) ? treatment : OutputTreatment.DERIVED;
      }
    }
    // Pseudonyms beside those of open values would tell which of them are the same.
    return mixed && found.mask() instanceof Mask.Hash ? OutputTreatment.DERIVED : found;
  }

  /**
   * Whether what an influence tells of a column is told by the masks of what it compares: where
   * values are NULL, or which are the same.
   */
  boolean shownByMask(Influence influence) {
    OutputTreatment own = of(influence.relationOid(), influence.number()).orElse(null);
    if (own == null || influence.kind() == Influence.Kind.NULLNESS) {
      return own == null || own.showsNulls();
    }
    if (influence.kind() != Influence.Kind.IDENTITY) {
      return false;
    }
    for (ColumnSource other : influence.alike()) {
      OutputTreatment treatment = of(other.relationOid(), other.number()).orElse(null);
      if (!own.equals(treatment) || !own.showsIdentity(type(other)) || other.flow() != Flow.COPY) {
        return false;
      }
    }
    return true;
  }

  /** The type under a domain, and of an array that of its elements. */
  int scalar(int typeOid) {
    int base = catalog.baseType(typeOid);
    int element = catalog.type(base).map(type -> type.elementType()).orElse(0);
    return element == 0 ? base : catalog.baseType(element);
  }

  private int type(ColumnSource source) {
    return catalog
        .relation(source.relationOid())
        .flatMap(relation -> relation.column(source.number()))
        .map(column -> catalog.baseType(column.typeOid()))
        .orElse(0);
  }

  /**
   * Why a function may not be called without the policy's word; empty when it may.
   *
   * @param followed whether lineage follows what becomes of the result
   */
  Optional<String> unsafe(CalledFunction call, SearchPath path, boolean followed) {
    return reason(calls.judge(call, path, followed));
  }

  /**
   * Why a relation may not be written, for what its triggers do; empty when it may.
   *
   * @param changes how its rows are changed
   */
  Optional<String> unsafeTrigger(Relation relation, Set<Trigger.Event> changes) {
    return reason(triggers.judge(relation.oid(), changes));
  }

  /**
   * Why a function may not be made a trigger, for what it does; empty when it may.
   *
   * @param overProtected whether that is one of a relation that holds protected columns
   */
  Optional<String> unsafeTriggerFunction(Name name, SearchPath path, boolean overProtected) {
    CalledFunction named = CalledFunction.function(name.schema(), name.name());
    return reason(triggers.judge(named, path, overProtected));
  }

  /** Whether the policy allows a function by its signature: what it does is the owner's word. */
  public boolean vouches(Function function) {
    return policy.allowsFunction(function.signature());
  }

  /** What texts and functions reach. */
  public Reaches reaches() {
    return reaches;
  }

  /** Why what a statement makes the server run may not run; empty when it may. */
  Optional<String> unsafe(Reach reach) {
    return reason(reached.judge(reach));
  }

  /** Why DDL may not run, for the event triggers that it sets off; empty when it may. */
  Optional<String> unsafeEventTrigger() {
    return reason(reached.judgeEventTriggers());
  }

  private static Optional<String> reason(Safety safety) {
    return safety instanceof Safety.Unsafe unsafe ? Optional.of(unsafe.reason()) : Optional.empty();
  }

  /** Channels on which functions of the database send protected values. */
  public Channels channels() {
    return channels;
  }
}
