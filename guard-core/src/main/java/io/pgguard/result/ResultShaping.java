package io.pgguard.result;

import io.pgguard.audit.MaskedColumn;
import io.pgguard.catalog.Catalog;
import io.pgguard.catalog.Column;
import io.pgguard.catalog.Relation;
import io.pgguard.judge.OutputTreatment;
import io.pgguard.judge.Protections;
import io.pgguard.judge.StatementAnalysis;
import io.pgguard.lineage.ColumnSource;
import io.pgguard.lineage.Flow;
import io.pgguard.lineage.Lineage;
import io.pgguard.mask.ColumnTreatment;
import io.pgguard.mask.Mask;
import io.pgguard.mask.MaskKey;
import io.pgguard.mask.MaskPlan;
import io.pgguard.mask.Part;
import io.pgguard.mask.ResultColumn;
import io.pgguard.mask.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Decides what is done with each column of a described result: layer 4 and what it leaves to
 * lineage. Used by one thread, for one result.
 */
public final class ResultShaping {
  private static final int FLOAT4 = 700;
  private static final int FLOAT8 = 701;
  private static final int JSON = 114;

  /** Told when the server names a protected origin that lineage did not know of. */
  public interface Disagreements {
    void report(String column, String detail);
  }

  private final StatementAnalysis analysis;
  private final Catalog catalog;
  private final Protections protections;
  private final @Nullable MaskKey key;
  private final @Nullable ColumnTreatment scan;
  private final boolean observe;
  private final boolean floatsRounded;
  private final Disagreements disagreements;
  private final List<MaskedColumn> masked = new ArrayList<>();

  /** Whether a masked column tells which of its values are equal, or may in a part of it. */
  private boolean pseudonyms;

  private boolean disagreed;

  public ResultShaping(
      StatementAnalysis analysis,
      Catalog catalog,
      Protections protections,
      @Nullable MaskKey key,
      @Nullable ColumnTreatment scan,
      boolean observe,
      boolean floatsRounded,
      Disagreements disagreements) {
    this.analysis = analysis;
    this.catalog = catalog;
    this.protections = protections;
    this.key = key;
    this.scan = scan;
    this.observe = observe;
    this.floatsRounded = floatsRounded;
    this.disagreements = disagreements;
  }

  public MaskPlan bind(List<ResultColumn> columns) {
    masked.clear();
    pseudonyms = false;
    List<ColumnTreatment> treatments = new ArrayList<>(columns.size());
    for (int i = 0; i < columns.size(); i++) {
      ResultColumn column = columns.get(i);
      OutputTreatment treatment = noted(column, i, columns.size());
      if (!treatment.clean()) {
        pseudonyms |=
            treatment.parts() != null
                || (treatment.mask() instanceof Mask.Hash && !treatment.withheld());
      }
      treatments.add(observe ? new ColumnTreatment.Pass() : asMask(treatment, column));
    }
    return MaskPlan.bind(columns, treatments, types(), key);
  }

  /**
   * What is done with rows that come as JSON objects, which the server describes as one column
   * whatever their members are: lineage names these, and each is masked as its output is.
   */
  MaskPlan bindObjects() {
    masked.clear();
    List<Part.Member> members = new ArrayList<>();
    if (analysis.lineage() instanceof Lineage.Known known) {
      for (int i = 0; i < known.outputs().size(); i++) {
        int count = known.outputs().size();
        ResultColumn column =
            new ResultColumn(known.outputs().get(i).name(), 0, 0, typeOf(i, count), false);
        OutputTreatment treatment = noted(column, i, count);
        members.add(new Part.Member(column.name(), partOf(treatment, column)));
      }
    }
    ResultColumn row = new ResultColumn("row", 0, 0, JSON, false);
    ColumnTreatment treatment = scan == null ? new ColumnTreatment.Pass() : scan;
    if (!(analysis.lineage() instanceof Lineage.Known)) {
      treatment = noted(row, 0, 1).clean() ? treatment : new ColumnTreatment.Withhold();
    } else if (!masked.isEmpty()) {
      treatment = new ColumnTreatment.Parts(new Part.Json(new Part.Row(members), JSON), treatment);
    }
    return MaskPlan.bind(
        List.of(row), List.of(observe ? new ColumnTreatment.Pass() : treatment), types(), key);
  }

  private Part partOf(OutputTreatment treatment, ResultColumn column) {
    if (treatment.parts() != null) {
      return treatment.parts();
    }
    ColumnTreatment own =
        treatment.clean()
            ? new ColumnTreatment.Pass()
            : treatment.withheld() || column.typeOid() == ResultColumn.UNKNOWN_TYPE
                ? new ColumnTreatment.Withhold()
                : new ColumnTreatment.Apply(maskOf(treatment.mask(), column));
    return new Part.Leaf(own, column.typeOid());
  }

  /** What is done with an output, which is noted where it hides something. */
  private OutputTreatment noted(ResultColumn column, int index, int count) {
    OutputTreatment treatment = treatment(column, index, count);
    if (!treatment.clean()) {
      masked.add(
          new MaskedColumn(
              index, column.name(), treatment.classId(), treatment.mask().name(), observe));
    }
    return treatment;
  }

  /** The columns that are masked, or would be if the policy did more than observe. */
  public List<MaskedColumn> masked() {
    return List.copyOf(masked);
  }

  /** Whether the server named a protected origin that lineage did not know of. */
  public boolean disagreed() {
    return disagreed;
  }

  /** Whether a masked column tells which of its values are equal. */
  boolean hasPseudonyms() {
    return !observe && pseudonyms;
  }

  /** Whether a column is hidden, and the policy does more than observe. */
  boolean hides() {
    return !observe && !masked.isEmpty();
  }

  private ColumnTreatment asMask(OutputTreatment treatment, ResultColumn column) {
    ColumnTreatment searched = scan == null || cleared(column) ? new ColumnTreatment.Pass() : scan;
    if (treatment.clean()) {
      return searched;
    }
    if (treatment.parts() != null) {
      return new ColumnTreatment.Parts(treatment.parts(), searched);
    }
    if (treatment == OutputTreatment.FIGURES) {
      return new ColumnTreatment.Figures();
    }
    // A mask is for one type: what it makes of the text of another, nobody has judged.
    return treatment.withheld() || column.typeOid() == ResultColumn.UNKNOWN_TYPE
        ? new ColumnTreatment.Withhold()
        : new ColumnTreatment.Apply(maskOf(treatment.mask(), column));
  }

  /** The text of a rounded float has other digits than the value: a mask of it would show more. */
  private Mask maskOf(Mask mask, ResultColumn column) {
    boolean ofDigits = mask instanceof Mask.Partial || mask instanceof Mask.Hash;
    if (!ofDigits || !floatsRounded || column.binary()) {
      return mask;
    }
    Types known = types();
    int base = known.baseOf(column.typeOid());
    int element = known.elementOf(base);
    int scalar = element == 0 ? base : known.baseOf(element);
    return scalar == FLOAT4 || scalar == FLOAT8 ? new Mask.Redact() : mask;
  }

  /**
   * The type of an output that the server does not describe, by the columns whose own value it is;
   * {@link ResultColumn#UNKNOWN_TYPE} where lineage does not tell.
   */
  int typeOf(int index, int count) {
    if (!(analysis.lineage() instanceof Lineage.Known known) || known.outputs().size() != count) {
      return ResultColumn.UNKNOWN_TYPE;
    }
    int found = ResultColumn.UNKNOWN_TYPE;
    for (ColumnSource source : known.outputs().get(index).sources()) {
      if (source.flow() == Flow.INFLUENCE) {
        continue;
      }
      Relation relation = catalog.relation(source.relationOid()).orElse(null);
      Column column = relation == null ? null : relation.column(source.number()).orElse(null);
      if (!source.flow().isOwn() || column == null) {
        return ResultColumn.UNKNOWN_TYPE;
      }
      if (found != ResultColumn.UNKNOWN_TYPE && found != column.typeOid()) {
        return ResultColumn.UNKNOWN_TYPE;
      }
      found = column.typeOid();
    }
    return found;
  }

  private boolean cleared(ResultColumn column) {
    return column.hasOrigin()
        && analysis.protections().cleared(column.relationOid(), column.attributeNumber());
  }

  private OutputTreatment treatment(ResultColumn column, int index, int count) {
    boolean known =
        analysis.lineage() instanceof Lineage.Known && analysis.treatments().size() == count;
    OutputTreatment byLineage = known ? analysis.treatments().get(index) : null;
    if (!column.hasOrigin()) {
      return byLineage != null
          ? byLineage
          : analysis.touchesProtected() ? OutputTreatment.UNKNOWN : OutputTreatment.CLEAN;
    }
    Optional<OutputTreatment> byOrigin =
        protections.of(column.relationOid(), column.attributeNumber());
    if (byOrigin.isPresent()) {
      if (byLineage != null
          && byLineage.parts() != null
          && protections.holdsRows(column.relationOid(), column.attributeNumber())) {
        return byLineage;
      }
      if (byLineage != null && byLineage.clean()) {
        disagreed = true;
        disagreements.report(
            column.name(),
            "the server says it is column "
                + column.attributeNumber()
                + " of relation "
                + column.relationOid()
                + ", which is protected; lineage said it was not");
      }
      return byOrigin.get();
    }
    // An origin that is not protected is no proof of the value: what lineage says stands.
    if (byLineage != null && !byLineage.clean()) {
      return byLineage;
    }
    Relation relation = catalog.relation(column.relationOid()).orElse(null);
    if (relation != null) {
      return isHeld(relation, column.attributeNumber())
          ? OutputTreatment.CLEAN
          : OutputTreatment.UNKNOWN;
    }
    if (byLineage != null && analysis.lineage() instanceof Lineage.Known l && l.temporary()) {
      return byLineage; // no snapshot holds a temporary relation's columns
    }
    return analysis.touchesProtected() ? OutputTreatment.UNKNOWN : OutputTreatment.CLEAN;
  }

  /**
   * Whether the snapshot knows what that column is. It does not where the open transaction has made
   * it: then its name may be one that a class asks for. Where nothing is hidden no name does.
   */
  private boolean isHeld(Relation relation, int number) {
    return number <= 0 || relation.column(number).isPresent() || !protections.hides();
  }

  private Types types() {
    return Types.of(
        new Types() {
          @Override
          public int baseOf(int typeOid) {
            return catalog.valueType(typeOid);
          }

          @Override
          public int elementOf(int typeOid) {
            return catalog.type(typeOid).map(t -> t.elementType()).orElse(0);
          }
        });
  }
}
