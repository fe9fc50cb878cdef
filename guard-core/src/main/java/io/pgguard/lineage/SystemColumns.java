package io.pgguard.lineage;

import io.pgguard.catalog.Column;
import io.pgguard.catalog.Comparing;
import io.pgguard.catalog.Relation;
import io.pgguard.reach.JudgedCatalog;
import io.pgguard.wording.LineageWording;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which columns of one of the server's own relations are hidden, and why. Immutable. */
final class SystemColumns {
  private static final Set<String> SYSTEM = Set.of("pg_catalog", "information_schema", "pg_toast");
  private static final Set<String> JUDGED = Set.of("pg_catalog", "information_schema");

  /** Extensions whose views show what the server itself keeps. */
  private static final Set<String> EXTENSIONS = Set.of("pg_stat_statements", "pg_buffercache");

  private final Relation relation;
  private final boolean marked;
  private final boolean figures;
  private final boolean rowsTell;
  private final boolean judged;

  private SystemColumns(
      Relation relation, boolean marked, boolean figures, boolean rowsTell, boolean judged) {
    this.relation = relation;
    this.marked = marked;
    this.figures = figures;
    this.rowsTell = rowsTell;
    this.judged = judged;
  }

  /** Whether a relation is the server's own. */
  static boolean isOf(Relation relation) {
    return SYSTEM.contains(relation.schema());
  }

  /**
   * Those of a relation; null where none can be.
   *
   * @param marked whether any column of the database is protected
   * @param cuts by which keys that are protected rows are kept here or there
   */
  static @Nullable SystemColumns of(Relation relation, boolean marked, Set<Comparing.Kind> cuts) {
    if (!isOf(relation) && !ofExtension(relation)) {
      return null;
    }
    boolean figures = !cuts.isEmpty() && SystemFigures.isListed(relation);
    boolean judged = !marked || isJudged(relation);
    return judged && !figures && !isListed(relation.name())
        ? null
        : new SystemColumns(
            relation, marked, figures, cuts.contains(Comparing.Kind.PARTITION_KEY), judged);
  }

  /** Why a column is hidden; null where it is not. */
  @Nullable LineageWording why(Column column) {
    boolean others =
        holds(SystemProtections.SECRETS, column)
            || holds(SystemProtections.STATEMENTS, column)
            || (marked && holds(SystemProtections.STATISTICS, column));
    if (others) {
      return LineageWording.SHOWS_OTHERS;
    }
    boolean tells =
        SystemFigures.tells(relation, column)
            || (rowsTell && SystemFigures.countsRows(relation, column));
    if (figures && tells) {
      return LineageWording.TELLS_SIZES;
    }
    return judged || JudgedCatalog.hasColumn(relation.name(), column.name())
        ? null
        : LineageWording.NOT_JUDGED;
  }

  /** Whether somebody has looked at every column: a later version may show more of values. */
  private static boolean isJudged(Relation relation) {
    return !JUDGED.contains(relation.schema())
        || relation.columns().stream()
            .allMatch(column -> JudgedCatalog.hasColumn(relation.name(), column.name()));
  }

  private static boolean ofExtension(Relation relation) {
    String extension = relation.extension();
    return extension != null && EXTENSIONS.contains(extension);
  }

  private static boolean isListed(String name) {
    return SystemProtections.SECRETS.containsKey(name)
        || SystemProtections.STATEMENTS.containsKey(name)
        || SystemProtections.STATISTICS.containsKey(name);
  }

  private boolean holds(Map<String, Set<String>> protections, Column column) {
    return protections.getOrDefault(relation.name(), Set.of()).contains(column.name());
  }
}
