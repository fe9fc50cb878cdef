package io.pgguard.pgwire.session;

import io.pgguard.mask.ResultColumn;
import io.pgguard.pgwire.message.Formats;
import io.pgguard.pgwire.message.RowDescription.Field;
import io.pgguard.session.StatementPlan;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A statement that the client prepared by Parse. */
final class Prepared {
  final String text;

  /** The text as the server has it. */
  final String sent;

  final TextTraits traits;
  private final int[] parameterTypes;
  private StatementPlan plan;
  private @Nullable List<Field> description;
  private @Nullable List<ResultColumn> columns;
  private short[] columnFormats = {};
  private boolean noRows;
  private boolean shaped;

  /** The segment in which a Describe of it is on its way, or -1. */
  int describeSegment = -1;

  /** The last question about the catalog that was asked for it. */
  @Nullable CatalogReply asked;

  /** Whether SQL may have put something else under its name. */
  boolean forgotten;

  Prepared(StatementPlan plan, String text, int[] parameterTypes) {
    this(plan, text, plan.sent(), parameterTypes);
  }

  /**
   * @param sent the text as the server has it
   */
  Prepared(StatementPlan plan, String text, String sent, int[] parameterTypes) {
    this.plan = plan;
    this.text = text;
    this.sent = sent;
    this.parameterTypes = parameterTypes;
    this.traits = TextTraits.read(text);
  }

  StatementPlan plan() {
    return plan;
  }

  /** Another reading of the same text; what the server said of the old one counts no more. */
  void replan(StatementPlan newer) {
    plan = newer;
    description = null;
    columns = null;
    noRows = false;
    describeSegment = -1;
    shaped = false;
  }

  /** Rows were shaped by the plan and by what the server said of the result. */
  void shaped() {
    shaped = true;
  }

  /** Whether they were since either came. */
  boolean wasShaped() {
    return shaped;
  }

  /** The parameters' types as the client gave them. */
  int[] parameterTypes() {
    return parameterTypes;
  }

  int parameterType(int index) {
    return index < parameterTypes.length ? parameterTypes[index] : 0;
  }

  /** The server described the result. */
  void described(List<Field> fields) {
    description = fields;
    columns = null;
    noRows = false;
    shaped = false;
  }

  /**
   * The columns of its result in these formats; the same object while both are what they were.
   *
   * @param fields what the server said of the result last
   */
  List<ResultColumn> columns(List<Field> fields, short[] formats) {
    List<ResultColumn> known = columns;
    if (known == null || !Arrays.equals(columnFormats, formats)) {
      known = KnownLayouts.columns(fields, index -> Formats.binary(formats, index));
      columns = known;
      columnFormats = formats;
    }
    return known;
  }

  /** What the server said of another's result holds for it. */
  void describedAs(Prepared other) {
    description = other.description;
    noRows = other.noRows;
  }

  /** The server says that it returns no rows. */
  void describedWithoutRows() {
    description = null;
    columns = null;
    noRows = true;
  }

  /** Whether it cannot return rows, by its text or by the server's word. */
  boolean returnsNoRows() {
    return traits.noRows() || noRows && traits.plain();
  }

  /**
   * What the server said of the result, or null when it has to be asked for each portal: other
   * statements than plain ones (FETCH, EXECUTE) return what a name stands for at the time.
   */
  @Nullable List<Field> description() {
    return traits.plain() ? description : null;
  }
}
