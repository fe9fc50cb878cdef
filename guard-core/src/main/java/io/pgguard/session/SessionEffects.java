package io.pgguard.session;

import io.pgguard.statement.Effect;
import io.pgguard.statement.SettingFacts;
import io.pgguard.statement.StatementFacts;
import io.pgguard.statement.StatementKind;
import io.pgguard.statement.TransactionAction;
import java.util.List;

/**
 * What a completed statement changes for the texts that follow in its session. Used by the
 * session's thread.
 */
final class SessionEffects {
  private final SessionMemory memory;
  private final Database database;
  private boolean rolledBack;
  private final TemporaryEffects temporaryEffects;
  private boolean failed;
  private boolean changedCatalog;

  SessionEffects(SessionMemory memory, Database database) {
    this.memory = memory;
    this.database = database;
    this.temporaryEffects = new TemporaryEffects(memory.temporaries(), database);
  }

  void completed(StatementAnalysis analysis, String commandTag, boolean inTransaction) {
    StatementFacts facts = analysis.facts();
    StatementKind kind = facts.kind();
    if (kind == StatementKind.TRANSACTION) {
      rolledBack = commandTag.equals("ROLLBACK");
      if (rolledBack) {
        memory.temporaries().rolledBack();
        failed &= !toSavepoint(facts);
      }
    } else if (kind == StatementKind.PREPARE) {
      facts.statementName().ifPresent(name -> memory.prepared(name, analysis));
    } else if (kind == StatementKind.DEALLOCATE) {
      memory.deallocated(facts.statementName().orElse(null));
    } else if (kind == StatementKind.DECLARE) {
      boolean holds = facts.identifiers().contains("hold");
      facts.cursorName().ifPresent(name -> memory.declared(name, analysis, holds));
    } else if (kind == StatementKind.CLOSE) {
      memory.closed(facts.cursorName().orElse(null));
    } else {
      facts.setting().ifPresent(setting -> setting(setting, inTransaction));
    }
    boolean temporary = temporaryEffects.completed(analysis);
    memory.temporariesChanged();
    if (temporary) {
      return;
    }
    if (facts.effect() == Effect.DDL || facts.effect() == Effect.CODE) {
      memory.ddl();
      changedCatalog = true;
      database.changed();
    }
  }

  private void setting(SettingFacts setting, boolean inTransaction) {
    if (!setting.name().equals("search_path") || setting.action() == SettingFacts.Action.SHOW) {
      return;
    }
    List<String> values = setting.values();
    if (values.isEmpty()) {
      memory.pathReset(setting.local(), inTransaction);
    } else {
      memory.pathSet(quoted(values), setting.local(), inTransaction);
    }
  }

  private static String quoted(List<String> names) {
    StringBuilder text = new StringBuilder();
    for (String name : names) {
      text.append(Quoted.name(name)).append(',');
    }
    return text.toString();
  }

  private static boolean toSavepoint(StatementFacts facts) {
    return facts.transaction().filter(TransactionAction.ROLLBACK_TO::equals).isPresent();
  }

  /** The server reported an error: what it has done since the transaction began may be undone. */
  void failed() {
    failed = true;
  }

  /** The server is outside a transaction. */
  void transactionEnded() {
    memory.transactionEnded(rolledBack, failed);
    rolledBack = false;
    failed = false;
    if (changedCatalog) {
      changedCatalog = false;
      database.changed();
    }
  }
}
