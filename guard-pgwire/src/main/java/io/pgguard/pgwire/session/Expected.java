package io.pgguard.pgwire.session;

import io.pgguard.session.Refusal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the server owes an answer to: one for each message sent to it that it answers. */
sealed interface Expected {

  /** Owes ParseComplete. */
  record ParseReply(String name, Prepared prepared) implements Expected {}

  /** Owes BindComplete. */
  record BindReply(String name, Portal portal) implements Expected {}

  /** Owes CloseComplete. */
  record CloseReply(char kind, String name) implements Expected {}

  /** Owes an error, which the client sees as this refusal, or not at all if it is null. */
  record PoisonReply(@Nullable Refusal refusal) implements Expected {}

  /** Owes ReadyForQuery. */
  record SyncReply() implements Expected {
    static final SyncReply INSTANCE = new SyncReply();
  }

  /** Owes ParameterDescription and RowDescription or NoData. */
  final class StatementDescription implements Expected {
    final Prepared prepared;
    boolean parametersSeen;

    StatementDescription(Prepared prepared) {
      this.prepared = prepared;
    }
  }

  /** Owes RowDescription or NoData; the client sees it unless the machine asked for itself. */
  record PortalDescription(Portal portal, boolean ours) implements Expected {}

  /** Owes results: something that runs. */
  sealed interface Running extends Expected {
    /** What comes back now; null for an empty text or past the last statement. */
    @Nullable Flow flow();

    /** What the server's error is replaced with, once the machine made it fail. */
    @Nullable Refusal replacement();

    void replaceErrorWith(Refusal refusal);
  }

  /** Owes rows or COPY data and a CommandComplete, or PortalSuspended. */
  final class ExecuteReply implements Running {
    final Portal portal;
    private @Nullable Refusal replacement;

    ExecuteReply(Portal portal) {
      this.portal = portal;
    }

    @Override
    public @Nullable Flow flow() {
      return portal.flow;
    }

    @Override
    public @Nullable Refusal replacement() {
      return replacement;
    }

    @Override
    public void replaceErrorWith(Refusal refusal) {
      replacement = refusal;
    }
  }

  /** Owes the results of each statement, then ReadyForQuery. */
  final class QueryReply implements Running {
    private final List<Flow> flows;
    private int index;
    private @Nullable Refusal replacement;

    /** Whether an error has ended the text. */
    boolean failed;

    QueryReply(List<Flow> flows) {
      this.flows = flows;
    }

    @Override
    public @Nullable Flow flow() {
      return index < flows.size() ? flows.get(index) : null;
    }

    /** Whether the text has no statement. */
    boolean empty() {
      return flows.isEmpty();
    }

    void next() {
      index++;
    }

    void abandon(String why) {
      flows.forEach(flow -> flow.abandon(why));
    }

    @Override
    public @Nullable Refusal replacement() {
      return replacement;
    }

    @Override
    public void replaceErrorWith(Refusal refusal) {
      replacement = refusal;
    }
  }
}
