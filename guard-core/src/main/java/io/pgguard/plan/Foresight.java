package io.pgguard.plan;

import io.pgguard.catalog.Catalog;
import io.pgguard.catalog.SearchPath;
import io.pgguard.internal.names.Names;
import io.pgguard.judge.Perspective;
import io.pgguard.judge.StatementAnalysis;
import io.pgguard.judge.Unseen;
import io.pgguard.lineage.SessionObjects;
import io.pgguard.memory.CursorOpeners;
import io.pgguard.memory.DefiningCode;
import io.pgguard.memory.SearchPathSetting;
import io.pgguard.memory.SessionEffects;
import io.pgguard.memory.Temporaries;
import io.pgguard.memory.TemporaryEffects;
import io.pgguard.statement.SettingFacts;
import io.pgguard.statement.StatementFacts;
import io.pgguard.statement.StatementKind;
import io.pgguard.statement.TransactionAction;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * How a session will see things after a statement that has not run yet, so that the next statement
 * of the same text is judged by what its names will mean then. Where that cannot be told, names may
 * mean anything. Used by one thread, for one text.
 */
public final class Foresight {
  private final Temporaries temporaries;
  private final TemporaryEffects effects;
  private Perspective now;
  private boolean begun;
  private boolean changed;

  /**
   * @param catalog the newest snapshot
   * @param first how the first statement is seen
   */
  public Foresight(Supplier<Catalog> catalog, Perspective first) {
    this.temporaries = new Temporaries(first.objects().temporaryRelations());
    this.effects = new TemporaryEffects(temporaries, catalog);
    this.now = first;
  }

  /** How things are seen by the next statement. */
  public Perspective now() {
    return now;
  }

  /** This statement runs next, and completes: if it fails, nothing behind it runs. */
  public void after(StatementAnalysis analysis) {
    StatementFacts facts = analysis.facts();
    facts.transaction().ifPresent(this::transaction);
    facts.setting().ifPresent(this::setting);
    remember(analysis);
    temporaries(analysis);
    if (now.objects().ofCode() != null && CursorOpeners.of(analysis) == CursorOpeners.OTHERS) {
      change(now.with(now.path(), now.objects().with(null), now.prepared(), now.unseen()));
    }
  }

  /** The end of a transaction may give names back what they meant before it. */
  private void transaction(TransactionAction action) {
    switch (action) {
      case BEGIN -> begun = true;
      case COMMIT, ROLLBACK -> {
        if (changed || !begun) {
          anything();
        }
      }
      case ROLLBACK_TO -> anything();
      default -> {
        // Names keep their meaning.
      }
    }
  }

  private void setting(SettingFacts setting) {
    if (!SessionEffects.movesPath(setting)) {
      return;
    }
    List<String> values = setting.values();
    if (values.isEmpty() || values.contains("$user")) {
      anything(); // what it goes back to, or who asks, is not known here
    } else {
      SearchPath searched = SearchPathSetting.resolve(SearchPathSetting.quoted(values), "");
      change(now.with(searched, unprepared(), Map.of(), now.unseen()));
    }
  }

  /** What was prepared is planned anew under another path: what it does then is not known here. */
  private SessionObjects unprepared() {
    SessionObjects own = now.objects();
    return new SessionObjects(Map.of(), own.cursors(), own.temporaryRelations()).with(own.ofCode());
  }

  private void remember(StatementAnalysis analysis) {
    StatementFacts facts = analysis.facts();
    SessionObjects own = now.objects();
    if (facts.kind() == StatementKind.PREPARE && facts.statementName().isPresent()) {
      String name = facts.statementName().get();
      SessionObjects more =
          new SessionObjects(
              with(own.prepared(), name, analysis.lineage()),
              own.cursors(),
              own.temporaryRelations());
      change(now.with(now.path(), more, with(now.prepared(), name, analysis), now.unseen()));
    } else if (facts.kind() == StatementKind.DECLARE && facts.cursorName().isPresent()) {
      SessionObjects more =
          new SessionObjects(
              own.prepared(),
              with(own.cursors(), facts.cursorName().get(), analysis.lineage()),
              own.temporaryRelations());
      change(now.with(now.path(), more, now.prepared(), now.unseen()));
    }
  }

  private void temporaries(StatementAnalysis analysis) {
    SessionObjects own = now.objects();
    boolean made = effects.completed(analysis);
    if (temporaries.byName() != own.temporaryRelations()) {
      SessionObjects other =
          new SessionObjects(own.prepared(), own.cursors(), temporaries.byName());
      change(now.with(now.path(), other, now.prepared(), now.unseen()));
    }
    if (!made && Unseen.changes(analysis.facts())) {
      Unseen more = now.unseen().plus(analysis.facts());
      change(now.with(now.path(), now.objects(), now.prepared(), more));
    } else if (runsDefiningCode(analysis)) {
      anything();
    }
  }

  private boolean runsDefiningCode(StatementAnalysis analysis) {
    StatementFacts facts = analysis.facts();
    StatementAnalysis prepared = facts.statementName().map(now.prepared()::get).orElse(null);
    return DefiningCode.mayRun(analysis)
        || facts.kind() == StatementKind.FETCH
            && analysis.protections().reaches().anyDefines() // its cursor may call that
        || facts.kind() == StatementKind.SET_CONSTRAINTS
        || facts.kind() == StatementKind.EXECUTE
            && (prepared == null || DefiningCode.mayRun(prepared));
  }

  private static <V> Map<String, V> with(Map<String, V> known, String name, V value) {
    return Names.<V>of(known).with(name, value);
  }

  private void change(Perspective next) {
    now = next;
    changed = true;
  }

  private void anything() {
    change(now.with(now.path(), now.objects(), now.prepared(), Unseen.EVERYTHING));
  }
}
