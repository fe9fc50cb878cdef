package io.pgguard.lineage;

import io.pgguard.catalog.Catalog;
import io.pgguard.catalog.Column;
import io.pgguard.catalog.Function;
import io.pgguard.catalog.Relation;
import io.pgguard.catalog.RelationKind;
import io.pgguard.internal.syntax.tree.Cast;
import io.pgguard.internal.syntax.tree.Constant;
import io.pgguard.internal.syntax.tree.Expression;
import io.pgguard.reach.Coercions;
import io.pgguard.reach.SizeFunctions;
import io.pgguard.wording.LineageWording;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What functions that tell sizes are fed by beside their arguments: the size of a relation is
 * computed from all that it holds. Where the text does not name the relation it may be any: then
 * from {@code pg_class.relpages}, which is protected where rows are kept in different places by
 * protected columns. Used by one analysis.
 */
final class Sizes {
  /** Names that mean the same whether a text or an identifier holds them. */
  private static final Pattern NAME =
      Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,62}(\\.[A-Za-z_][A-Za-z0-9_]{0,62})?");

  private static final Pattern OID = Pattern.compile("[1-9][0-9]{0,8}");
  private static final Set<String> NAMING = Set.of("regclass", "oid");

  /** oid, regclass, and a literal that becomes one before anything runs. */
  private static final Set<Integer> OIDS = Set.of(26, 2205, Coercions.UNKNOWN);

  private static final Set<RelationKind> HOLDING =
      Set.of(
          RelationKind.TABLE,
          RelationKind.PARTITIONED_TABLE,
          RelationKind.MATERIALIZED_VIEW,
          RelationKind.SEQUENCE);

  private final Analysis analysis;

  Sizes(Analysis analysis) {
    this.analysis = analysis;
  }

  /** What a call tells of by itself; its arguments' own sources are not among it. */
  Sources of(List<Function> functions, String name, List<Expression> arguments) {
    if (!analysis.followsSizes || functions.stream().noneMatch(SizeFunctions::isOurs)) {
      return Sources.NONE;
    }
    Relation relation =
        arguments.isEmpty() || !SizeFunctions.isOfRelation(name) ? null : named(arguments.get(0));
    if (relation == null || !HOLDING.contains(relation.kind())) {
      return ofAny(analysis.catalog);
    }
    // which rows a partition holds may be what a protected key decides
    boolean open = SizeFunctions.countsRows(name) && relation.parents().isEmpty();
    return open ? Sources.NONE : ofRelation(relation.oid());
  }

  /** Whether a call gives a number or NULL for whatever OID: none of a relation is NULL. */
  boolean isTotal(List<Function> functions, String name, List<Value> values) {
    return SizeFunctions.isOfRelation(name)
        && values.size() == 1
        && OIDS.contains(values.get(0).type())
        && functions.stream().allMatch(f -> f.schema().equals("pg_catalog"));
  }

  /** Whether a value is the estimate of rows, which every whole number of eight bytes holds. */
  boolean isEstimate(Value value) {
    Relation all = analysis.catalog.relation("pg_catalog", "pg_class").orElse(null);
    Column rows = all == null ? null : all.column("reltuples").orElse(null);
    return all != null
        && rows != null
        && value.pure()
        && value.sources().toSet().equals(Sources.copyOf(all.oid(), rows.number()).toSet());
  }

  /** The size of one relation: of its row as a whole. */
  static Sources ofRelation(int oid) {
    return Sources.copyOf(oid, 0).derived();
  }

  /** The size of who knows which relation. */
  static Sources ofAny(Catalog catalog) {
    Relation all = catalog.relation("pg_catalog", "pg_class").orElse(null);
    Column pages = all == null ? null : all.column("relpages").orElse(null);
    if (all == null || pages == null) {
      throw new Unresolved(LineageWording.SIZE);
    }
    return Sources.copyOf(all.oid(), pages.number()).derived();
  }

  /** The relation that a constant names; null where it may be another or is none. */
  @Nullable Relation named(Expression e) {
    if (e instanceof Cast cast) {
      boolean naming = NAMING.contains(cast.type().name().last());
      return naming ? named(cast.operand()) : null;
    }
    boolean text = e instanceof Constant c && c.kind() == Constant.Kind.STRING;
    boolean number = e instanceof Constant c && c.kind() == Constant.Kind.INTEGER;
    String value = e instanceof Constant constant && (text || number) ? constant.value() : "";
    if (OID.matcher(value).matches()) {
      return analysis.catalog.relation(Integer.parseInt(value)).orElse(null);
    } else if (!text || !NAME.matcher(value).matches()) {
      return null;
    }
    List<String> parts = List.of(value.toLowerCase(Locale.ROOT).split("\\."));
    boolean temporary =
        analysis.session.temporaryRelations().containsKey(parts.get(parts.size() - 1));
    return temporary ? null : analysis.relations.find(parts);
  }
}
