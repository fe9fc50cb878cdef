package io.pgguard.judge;

import io.pgguard.catalog.Catalog;
import io.pgguard.catalog.Relation;
import io.pgguard.lineage.ColumnSource;
import io.pgguard.lineage.Lineage;
import io.pgguard.lineage.OutputLineage;
import io.pgguard.lineage.TemporaryRelation;
import io.pgguard.reach.Reach;
import io.pgguard.statement.Name;
import io.pgguard.statement.StatementFacts;
import io.pgguard.statement.StatementKind;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What the names of one statement stand for, as a short stable text, made when it is first asked
 * for. It follows from the statement and its perspective, so it has no part in equality.
 * Thread-safe.
 */
public final class Touched {
  private @Nullable Reading reading;
  private volatile @Nullable String text;

  /** What it is made from; let go once it is made, since a perspective holds all before it. */
  private record Reading(
      StatementFacts facts, Lineage lineage, Reach reach, Perspective perspective) {}

  private Touched(Reading reading) {
    this.reading = reading;
  }

  /** What a statement touches, seen from a perspective. */
  public static Touched by(
      StatementFacts facts, Lineage lineage, Reach reach, Perspective perspective) {
    return new Touched(new Reading(facts, lineage, reach, perspective));
  }

  /** The same by another snapshot, in which all that it is made from is as it was. */
  synchronized Touched over(Perspective other) {
    Reading from = reading;
    return from == null
        ? this
        : new Touched(new Reading(from.facts(), from.lineage(), from.reach(), other));
  }

  /** Whether {@link #text} is made. */
  public boolean isMade() {
    return text != null;
  }

  /** 32 hexadecimal digits. */
  public String text() {
    String made = text;
    return made == null ? make() : made;
  }

  private synchronized String make() {
    String made = text;
    if (made == null) {
      made = made(Objects.requireNonNull(reading, "what it is made from"));
      text = made;
      reading = null;
    }
    return made;
  }

  private static String made(Reading from) {
    StringBuilder text = new StringBuilder();
    Perspective perspective = from.perspective();
    Definitions.part(text, "path", perspective.path().schemas());
    Set<Integer> relations = relations(from);
    boolean code = callsCode(from);
    for (int oid : relations) {
      Relation relation = perspective.catalog().relation(oid).orElse(null);
      Definitions.part(text, oid, relation == null ? "gone" : Definitions.of(relation));
      Definitions.part(text, perspective.catalog().code().definition(oid));
      code |= relation != null && (!relation.triggers().isEmpty() || !relation.calls().isEmpty());
    }
    if (code) {
      Definitions.part(text, "code", Definitions.code(perspective.catalog()));
    }
    temporaries(from, text);
    executed(from.facts(), perspective, text);
    return Definitions.hash(text);
  }

  private static Set<Integer> relations(Reading from) {
    Set<Integer> oids = new TreeSet<>();
    if (from.lineage() instanceof Lineage.Known known) {
      oids.addAll(known.reads());
      oids.addAll(known.writesRelations());
    } else {
      from.perspective().mentioned(from.facts()).forEach(relation -> oids.add(relation.oid()));
    }
    oids.addAll(from.reach().reads());
    oids.addAll(from.reach().changes().keySet());
    return oids;
  }

  /** Whether it makes the server run code of the database's own, or could. */
  private static boolean callsCode(Reading from) {
    Catalog catalog = from.perspective().catalog();
    return from.reach().open()
        || !(from.lineage() instanceof Lineage.Known)
        || from.reach().functions().stream()
            .anyMatch(oid -> catalog.function(oid).filter(one -> one.source() == null).isEmpty());
  }

  private static void temporaries(Reading from, StringBuilder text) {
    Set<String> names = new TreeSet<>();
    for (Name mention : from.facts().relationMentions()) {
      names.add(mention.name());
    }
    for (String name : names) {
      TemporaryRelation one = from.perspective().objects().temporaryRelations().get(name);
      if (one != null) {
        Definitions.part(text, "temporary", name, one.certain(), new TreeSet<>(one.reads()));
        one.columns().forEach(column -> column(column, text));
      }
    }
  }

  private static void column(OutputLineage column, StringBuilder text) {
    List<ColumnSource> sources =
        column.sources().stream()
            .sorted(
                Comparator.comparingInt(ColumnSource::relationOid)
                    .thenComparingInt(ColumnSource::number)
                    .thenComparing(ColumnSource::flow))
            .toList();
    Definitions.part(text, column.name(), sources);
  }

  /** EXECUTE means what was prepared under the name, and what the names in that mean. */
  private static void executed(StatementFacts facts, Perspective perspective, StringBuilder text) {
    if (facts.kind() == StatementKind.EXECUTE) {
      StatementAnalysis prepared =
          facts.statementName().map(perspective.prepared()::get).orElse(null);
      Definitions.part(
          text,
          "prepared",
          prepared == null ? "unknown" : prepared.text(),
          prepared == null ? "" : prepared.touched().text());
    }
    for (StatementFacts carried : facts.carried()) {
      executed(carried, perspective, text);
    }
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Touched;
  }

  @Override
  public int hashCode() {
    return 0;
  }
}
