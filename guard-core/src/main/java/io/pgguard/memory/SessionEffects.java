package io.pgguard.memory;

import io.pgguard.catalog.Catalog;
import io.pgguard.judge.StatementAnalysis;
import io.pgguard.judge.Unseen;
import io.pgguard.statement.SettingFacts;
import io.pgguard.statement.StatementFacts;
import io.pgguard.statement.StatementKind;
import io.pgguard.statement.TransactionAction;
import java.util.List;
import java.util.function.Supplier;

/**
 * What a completed statement changes for the texts that follow in its session. Used by the
 * session's thread.
 */
public final class SessionEffects {
  private final SessionMemory memory;
  private final Runnable catalogChanged;
  private boolean rolledBack;
  private final TemporaryEffects temporaryEffects;
  private boolean failed;
  private boolean changedCatalog;

  /** Whether the snapshot at hand was outdated by this session. */
  private boolean outdated;

  /**
   * @param catalog the newest snapshot
   * @param catalogChanged told when the snapshot is no longer what the database holds
   */
  public SessionEffects(SessionMemory memory, Supplier<Catalog> catalog, Runnable catalogChanged) {
    this.memory = memory;
    this.catalogChanged = catalogChanged;
    this.temporaryEffects = new TemporaryEffects(memory.temporaries(), catalog);
  }

  public void completed(StatementAnalysis analysis, String commandTag) {
    StatementFacts facts = analysis.facts();
    StatementKind kind = facts.kind();
    if (kind == StatementKind.TRANSACTION) {
      rolledBack = commandTag.equals("ROLLBACK");
      if (rolledBack) {
        memory.temporaries().rolledBack();
        if (toSavepoint(facts)) {
          failed = false;
          memory.rolledBackTo();
          memory.settings().rolledBackTo();
        }
      }
      if (facts.transaction().filter(SessionEffects::ends).isPresent()) {
        transactionEnded(); // in a pipeline the server is not ready for long after that
      }
    } else if (kind == StatementKind.PREPARE) {
      facts.statementName().ifPresent(name -> memory.prepared(name, analysis));
    } else if (kind == StatementKind.DEALLOCATE) {
      memory.deallocated(facts.statementName().orElse(null));
    } else if (kind == StatementKind.DECLARE) {
      boolean holds = facts.identifiers().contains("hold");
      facts.cursorName().ifPresent(name -> memory.declared(name, analysis, holds));
    } else if (kind == StatementKind.DISCARD) {
      discarded(facts);
    } else if (kind == StatementKind.CLOSE) {
      memory.closed(facts.cursorName().orElse(null));
    } else {
      facts
          .setting()
          .filter(setting -> !facts.identifiers().contains("current")) // FROM CURRENT moves nothing
          .ifPresent(this::setting);
    }
    settings(analysis);
    boolean temporary = temporaryEffects.completed(analysis);
    memory.temporariesChanged();
    memory.ran(CursorOpeners.of(ran(analysis)));
    if (!temporary && Unseen.changes(facts)) {
      memory.changedCatalog(facts);
      changedDefinitions();
    } else {
      codeRan(analysis);
    }
  }

  /** A statement has run, if not to its end: what it calls may have changed the catalog. */
  public void codeRan(StatementAnalysis analysis) {
    StatementFacts facts = analysis.facts();
    StatementAnalysis ran = ran(analysis);
    memory.ran(CursorOpeners.of(ran));
    if (facts.kind() == StatementKind.SET_CONSTRAINTS) {
      memory.triggersRan();
    } else if (DefiningCode.mayRun(ran)) {
      memory.anythingChanged();
      changedDefinitions();
    }
  }

  /** What a statement makes run: what was prepared or declared where it names that. */
  private StatementAnalysis ran(StatementAnalysis analysis) {
    StatementFacts facts = analysis.facts();
    return switch (facts.kind()) {
      case EXECUTE -> facts.statementName().map(memory.preparedStatements()::get).orElse(analysis);
      case FETCH -> facts.cursorName().flatMap(memory::declaredAs).orElse(analysis);
      default -> analysis;
    };
  }

  /** Whether the catalog is as it was, as far as this session goes. */
  public boolean settled() {
    return !changedCatalog && !outdated;
  }

  private void changedDefinitions() {
    memory.settings().changedDefinitions();
    changedCatalog = true; // for others, and for the snapshot, once it is committed
  }

  /**
   * DISCARD ALL: the session is as it began (PostgreSQL documentation, "DISCARD"), with the role
   * that the edge gave it when the connection began.
   */
  private void discarded(StatementFacts facts) {
    if (facts.identifiers().contains("all")) {
      memory.deallocated(null);
      memory.closed(null);
      memory.pathReset(false);
      memory.settings().discarded();
    }
  }

  private void settings(StatementAnalysis analysis) {
    StatementFacts facts = analysis.facts();
    facts.setting().ifPresent(memory.settings()::completed);
    StatementAnalysis prepared =
        facts.statementName().map(memory.preparedStatements()::get).orElse(null);
    if (SettingMoves.mayBe(analysis, prepared)) {
      memory.settings().unfollowed();
    }
  }

  /** Whether what it does counts for how the texts behind it are judged. */
  public static boolean changesNames(StatementFacts facts) {
    if (facts.kind() == StatementKind.EXPLAIN) {
      return facts.analyze() && facts.carried().stream().anyMatch(SessionEffects::changesNames);
    }
    return switch (facts.effect()) {
      case READ, WRITE, NOTIFY, LOCK, MAINTENANCE, PRIVILEGE ->
          facts.names("set_config") || Unseen.changes(facts);
      case CURSOR -> true; // what a cursor calls runs as it is fetched from
      case SESSION ->
          facts.made().isPresent()
              || facts.kind() == StatementKind.SET_CONSTRAINTS
              || !facts.dropped().isEmpty()
              || facts.kind() == StatementKind.DISCARD
              || facts.setting().isPresent() && moves(facts.setting().get());
      case TRANSACTION ->
          facts
              .transaction()
              .filter(
                  action ->
                      action == TransactionAction.BEGIN
                          || action == TransactionAction.SAVEPOINT
                          || action == TransactionAction.RELEASE)
              .isEmpty();
      default -> true;
    };
  }

  private static boolean moves(SettingFacts setting) {
    return movesPath(setting)
        || setting.action() != SettingFacts.Action.SHOW && SessionSettings.matters(setting.name());
  }

  /** Whether it may change in which schemas names are looked for. */
  public static boolean movesPath(SettingFacts setting) {
    return setting.action() != SettingFacts.Action.SHOW
        && (setting.name().equals("search_path") || setting.name().equals("all"));
  }

  private void setting(SettingFacts setting) {
    if (!movesPath(setting)) {
      return;
    }
    List<String> values = setting.values();
    if (values.isEmpty()) {
      memory.pathReset(setting.local());
    } else {
      memory.pathSet(SearchPathSetting.quoted(values), setting.local());
    }
  }

  private static boolean ends(TransactionAction action) {
    return action == TransactionAction.COMMIT || action == TransactionAction.ROLLBACK;
  }

  private static boolean toSavepoint(StatementFacts facts) {
    return facts.transaction().filter(TransactionAction.ROLLBACK_TO::equals).isPresent();
  }

  /** The server reported an error: what it has done since the transaction began may be undone. */
  public void failed() {
    failed = true;
  }

  /**
   * The server is outside a transaction.
   *
   * @return whether the catalog may have changed since the last call
   */
  public boolean outside() {
    transactionEnded();
    boolean since = outdated;
    outdated = false;
    return since;
  }

  /** A transaction was ended, or the server is outside one. */
  private void transactionEnded() {
    memory.transactionEnded(rolledBack, failed);
    rolledBack = false;
    failed = false;
    if (changedCatalog) {
      changedCatalog = false;
      outdated = true;
      catalogChanged.run();
    }
  }
}
