package io.pgguard.judge;

import io.pgguard.catalog.Catalog;
import io.pgguard.catalog.Relation;
import io.pgguard.catalog.Trigger;
import io.pgguard.lineage.Lineage;
import io.pgguard.lineage.TemporaryRelation;
import io.pgguard.reach.CalledFunction;
import io.pgguard.reach.SizeFunctions;
import io.pgguard.statement.Effect;
import io.pgguard.statement.MadeRelation;
import io.pgguard.statement.Name;
import io.pgguard.statement.StatementFacts;
import io.pgguard.statement.StatementKind;
import io.pgguard.wording.FindingWording;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Findings about code: what a statement calls, what it sets off, and what would hide behind a name
 * that functions use. Used by one thread, for one statement.
 */
final class CodeFindings {
  private final Understanding understanding;
  private final StatementFacts facts;
  private final Lineage lineage;
  private final Perspective perspective;
  private final Findings findings;

  CodeFindings(Understanding understanding, Findings findings) {
    this.understanding = understanding;
    this.facts = understanding.facts();
    this.lineage = understanding.lineage();
    this.perspective = understanding.perspective();
    this.findings = findings;
  }

  void find() {
    Protections protections = perspective.protections();
    if (lineage instanceof Lineage.Known known) {
      for (CalledFunction call : known.calls()) {
        if (OwnCalls.locks(call, understanding)) {
          findings.deny(FindingWording.LOCKS_BY_NUMBER, call.text());
        } else if (!OwnCalls.moves(call, understanding)) {
          protections
              .unsafe(call, perspective.path(), true)
              .ifPresent(why -> unsafe(call.text(), why));
        }
      }
      ofSizes(known);
    } else {
      for (Name mention : facts.functionMentions()) {
        CalledFunction call = CalledFunction.function(mention.schema(), mention.name());
        protections
            .unsafe(call, perspective.path(), false)
            .ifPresent(why -> unsafe(call.text(), why));
      }
    }
    ofAttached(facts);
    List<Relation> written = written();
    findings.ofWrites(written);
    boolean safe = true;
    for (Relation relation : written) {
      safe &= trigger(relation);
    }
    if (safe) {
      protections.unsafe(understanding.reach()).ifPresent(why -> reached(why));
    }
    if (facts.effect() == Effect.DDL || facts.effect() == Effect.PRIVILEGE) {
      protections.unsafeEventTrigger().ifPresent(why -> reached(why));
    }
    ofHiding();
    findings.ofChannel(facts, protections.channels().names());
  }

  /** What is made a trigger runs for whoever writes the relation, whatever it reads then. */
  private void ofAttached(StatementFacts statement) {
    Name function = statement.triggerFunction().orElse(null);
    if (function != null) {
      Protections protections = perspective.protections();
      boolean over =
          perspective.mentioned(statement).stream()
              .anyMatch(relation -> protections.columns().isProtectedRelation(relation.oid()));
      if (perspective.catalog().functionsNamed(function.name()).isEmpty()) {
        findings.deny(FindingWording.ATTACHES_UNKNOWN, function);
      } else {
        protections
            .unsafeTriggerFunction(function, perspective.path(), over)
            .ifPresent(this::reached);
      }
    }
    statement.carried().forEach(this::ofAttached);
  }

  /** Sizes that the text asks for where no lineage follows what becomes of them. */
  private void ofSizes(Lineage.Known known) {
    for (Name mention : facts.functionMentions()) {
      if (SizeFunctions.tells(mention.name())
          && known.calls().stream().noneMatch(call -> call.name().equals(mention.name()))) {
        CalledFunction call = CalledFunction.function(mention.schema(), mention.name());
        perspective
            .protections()
            .unsafe(call, perspective.path(), false)
            .ifPresent(why -> unsafe(call.text(), why));
      }
    }
  }

  /**
   * A function's body names relations by their names alone: a temporary view that takes the name of
   * a table would make every such function read what the view shows.
   */
  private void ofHiding() {
    MadeRelation made = facts.made().orElse(null);
    if (made != null
        && facts.kind() == StatementKind.CREATE_VIEW
        && understanding.touchesProtected()) {
      boolean temporary =
          !(lineage instanceof Lineage.Known known) || made.temporary() || known.temporary();
      if (temporary) {
        ofHiding(made.name().name());
      }
    }
    String renamed = facts.renamedTo().orElse(null);
    if (renamed != null) {
      for (Name mention : facts.relationMentions()) {
        TemporaryRelation one = perspective.objects().temporaryRelations().get(mention.name());
        if (one != null && perspective.carriesProtected(one)) {
          ofHiding(renamed);
        }
      }
    }
  }

  private void ofHiding(String name) {
    if (!perspective.catalog().relationsNamed(name).isEmpty()) {
      findings.deny(FindingWording.HIDES, name);
    }
  }

  /** What is written: as lineage knows it, or whatever a changing statement mentions. */
  private List<Relation> written() {
    Catalog catalog = perspective.catalog();
    if (lineage instanceof Lineage.Known known) {
      List<Relation> written = new ArrayList<>(known.writesRelations().size());
      for (int oid : known.writesRelations()) {
        catalog.relation(oid).ifPresent(written::add);
      }
      return written;
    }
    if (facts.effect() != Effect.WRITE) {
      return List.of();
    }
    return perspective.mentioned(facts);
  }

  private void unsafe(String function, String why) {
    findings.deny(FindingWording.CALLS, function, why);
  }

  private void reached(String why) {
    findings.deny(FindingWording.RUNS, why);
  }

  /** Whether what is set off may run. */
  private boolean trigger(Relation relation) {
    Set<Trigger.Event> changes =
        lineage instanceof Lineage.Known ? ChangeEvents.of(facts) : Trigger.Event.ALL;
    Optional<String> why = perspective.protections().unsafeTrigger(relation, changes);
    why.ifPresent(
        trigger ->
            findings.deny(FindingWording.SETS_OFF_TRIGGER, relation.qualifiedName(), trigger));
    return why.isEmpty();
  }
}
