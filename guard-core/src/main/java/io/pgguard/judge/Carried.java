package io.pgguard.judge;

import io.pgguard.catalog.Relation;
import io.pgguard.lineage.Lineage;
import io.pgguard.statement.Effect;
import io.pgguard.statement.MadeRelation;
import io.pgguard.statement.Name;
import io.pgguard.statement.StatementFacts;
import io.pgguard.statement.StatementKind;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a statement does on its way, beside what it is: the query of a change, what a MERGE does to
 * rows, the relations that it makes. Stateless and thread-safe.
 */
final class Carried {
  private Carried() {}

  /** Words of what it does that are not its own. */
  static Set<String> kinds(Understanding understanding) {
    StatementFacts facts = understanding.facts();
    Set<String> words = new HashSet<>();
    each(
        facts,
        understanding.perspective(),
        one -> {
          one.merges().forEach(kind -> words.addAll(kind.policyWords()));
          if (one.kind() == StatementKind.SELECT) {
            words.add("select");
          }
        });
    if (hasQuery(understanding)) {
      words.add("select");
    }
    words.removeAll(facts.policyWords());
    return words;
  }

  /** Whether a change of rows takes them from, or picks them by, a query over anything. */
  private static boolean hasQuery(Understanding understanding) {
    StatementFacts facts = understanding.facts();
    if (facts.effect() != Effect.WRITE) {
      return facts.intoClause();
    }
    if (facts.identifiers().contains("select")) {
      return true;
    }
    return understanding.lineage() instanceof Lineage.Known known
        && !known.writesRelations().containsAll(known.reads());
  }

  /**
   * Relations that it makes or moves somewhere, {@code schema.relation}; none that are temporary.
   */
  static Set<String> made(Understanding understanding) {
    Perspective perspective = understanding.perspective();
    Set<String> made = new HashSet<>();
    each(
        understanding.facts(),
        perspective,
        one -> {
          one.made()
              .filter(each -> !each.temporary())
              .ifPresent(each -> add(each, perspective, made));
          moved(one, perspective, made);
        });
    return made;
  }

  private static void add(MadeRelation one, Perspective perspective, Set<String> made) {
    Name name = one.name();
    String schema = name.schema() == null ? target(perspective) : name.schema();
    if (schema != null) {
      made.add(schema + "." + name.name());
    }
  }

  /**
   * Where a relation of a name without a schema is made (PostgreSQL documentation, search_path).
   */
  private static @Nullable String target(Perspective perspective) {
    for (String schema : perspective.path().schemas()) {
      if (!schema.equals("pg_catalog") && !MadeRelation.isTemporary(schema)) {
        return schema;
      }
    }
    return null;
  }

  /** ALTER ... SET SCHEMA and RENAME TO bring a relation to another name. */
  private static void moved(StatementFacts facts, Perspective perspective, Set<String> made) {
    boolean moves = facts.kind() == StatementKind.ALTER_OBJECT_SCHEMA;
    String renamed = facts.renamedTo().orElse(null);
    if (!moves && renamed == null) {
      return;
    }
    for (Relation relation : List.copyOf(perspective.mentioned(facts))) {
      String schema = moves ? facts.tokens().value(facts.to() - 1) : relation.schema();
      made.add(schema + "." + (moves ? relation.name() : renamed));
    }
  }

  /** The statement and all that it carries and runs. */
  private static void each(
      StatementFacts facts, Perspective perspective, Consumer<StatementFacts> task) {
    task.accept(facts);
    if (facts.kind() == StatementKind.EXPLAIN && !facts.analyze()) {
      return;
    }
    for (StatementFacts carried : facts.carried()) {
      each(carried, perspective, task);
    }
    if (facts.kind() == StatementKind.EXECUTE) {
      StatementAnalysis prepared =
          facts.statementName().map(perspective.prepared()::get).orElse(null);
      if (prepared != null) {
        each(prepared.facts(), perspective, task);
      }
    }
  }
}
