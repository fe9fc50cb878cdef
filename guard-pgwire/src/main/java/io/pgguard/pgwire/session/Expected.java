package io.pgguard.pgwire.session;

import io.pgguard.pgwire.codec.SliceRelay;
import io.pgguard.pgwire.message.Bind;
import io.pgguard.pgwire.message.Close;
import io.pgguard.pgwire.message.DataRow;
import io.pgguard.pgwire.message.Execute;
import io.pgguard.pgwire.message.MalformedMessageException;
import io.pgguard.pgwire.message.MessageReader;
import io.pgguard.pgwire.message.Parse;
import io.pgguard.session.Refusal;
import io.pgguard.session.Watch;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the server owes an answer to: one for each message sent to it that it answers. */
sealed interface Expected
    permits Expected.ParseReply,
        Expected.BindReply,
        Expected.PieceReply,
        Expected.CloseReply,
        Expected.PoisonReply,
        Expected.SyncReply,
        Expected.StatementDescription,
        Expected.PortalDescription,
        Expected.CursorDescription,
        Expected.QuestionReply,
        Expected.Running,
        CatalogReply,
        KeptReply,
        OpenReply,
        TrialReply {

  /** Owes ParseComplete. */
  record ParseReply(String name, Prepared prepared) implements Expected {}

  /** Owes BindComplete; the client sees it unless the machine bound for itself. */
  record BindReply(String name, Portal portal, boolean ours) implements Expected {}

  /** Owes ParseComplete for a statement of a text that the machine sends by itself. */
  record PieceReply(Flow flow) implements Expected {}

  /** Owes CloseComplete. */
  record CloseReply(char kind, String name) implements Expected {}

  /** Owes an error, which the client sees as this refusal, or not at all if it is null. */
  record PoisonReply(@Nullable Refusal refusal) implements Expected {}

  /** Owes ReadyForQuery; the client sees it unless the machine undid something by it. */
  record SyncReply(boolean ours) implements Expected {
    static final SyncReply CLIENTS = new SyncReply(false);
    static final SyncReply OURS = new SyncReply(true);
  }

  /** Owes ParameterDescription and RowDescription or NoData. */
  final class StatementDescription implements Expected {
    final Prepared prepared;
    boolean parametersSeen;

    StatementDescription(Prepared prepared) {
      this.prepared = prepared;
    }
  }

  /** What the client sees of a portal's description. */
  enum Shown {
    /** All: it asked. */
    ALL,
    /** That rows come, as the simple protocol tells it. */
    ROWS,
    /** Nothing: the machine asked for itself. */
    NOTHING
  }

  /** Owes RowDescription or NoData. */
  record PortalDescription(Portal portal, Shown shown) implements Expected {}

  /** Owes RowDescription or NoData of a cursor that SQL has made. */
  record CursorDescription() implements Expected {
    static final CursorDescription INSTANCE = new CursorDescription();
  }

  /**
   * Owes the answers to a question of the machine's own: Parse, Bind, Execute and two Closes under
   * reserved names.
   */
  final class QuestionReply implements Expected {
    /** The name of its statement and of its portal; clients cannot use it. */
    static final String NAME = Conversation.RESERVED + "question";

    private static final String ORDER = "12C33";

    private int at;
    private Watch.@Nullable Row row;

    /** Sends a question without parameters. */
    void send(String text, SliceRelay toServer) throws IOException {
      send(
          new Parse(NAME, text, new int[0]),
          new Bind(NAME, NAME, new short[0], new byte[0][], new short[0]),
          toServer);
    }

    /** Sends a question about a portal that takes the same parameters, with the same values. */
    void send(String text, Portal about, SliceRelay toServer) throws IOException {
      Bind bind = about.bind;
      send(
          new Parse(NAME, text, about.prepared.parameterTypes()),
          new Bind(NAME, NAME, bind.parameterFormats(), bind.values(), new short[0]),
          toServer);
    }

    private static void send(Parse parse, Bind bind, SliceRelay toServer) throws IOException {
      toServer.message(parse);
      toServer.message(bind);
      toServer.message(new Execute(NAME, 0));
      toServer.message(new Close('P', NAME));
      toServer.message(new Close('S', NAME));
    }

    /** A part of the answer. */
    void take(char type, MessageReader body) {
      if (type == 'D' && at == 2 && row == null) {
        row = row(DataRow.decode(body));
      } else if (at < ORDER.length() && type == ORDER.charAt(at)) {
        at++;
      } else {
        throw MalformedMessageException.violation(
            "message type " + type, "not expected as the answer to a question of Guard's own");
      }
    }

    static Watch.Row row(DataRow came) {
      List<@Nullable String> values = new ArrayList<>();
      for (byte[] value : came.values()) {
        values.add(value == null ? null : new String(value, StandardCharsets.UTF_8));
      }
      return new Watch.Row(Collections.unmodifiableList(values));
    }

    boolean complete() {
      return at == ORDER.length();
    }

    /** The row that came, without values where none did. */
    Watch.Row row() {
      return row == null ? new Watch.Row(List.of()) : row;
    }
  }

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

    /** How many rows of what the client asked for the machine has fetched before, by itself. */
    final int before;

    private @Nullable Refusal replacement;

    ExecuteReply(Portal portal, int before) {
      this.portal = portal;
      this.before = before;
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

    /** What the client sees of it. */
    enum Told {
      /** All: it asked. */
      ALL,
      /** That the server is ready: it stands in a Sync's place. */
      READY,
      /** Nothing: the machine asked for itself. */
      NOTHING
    }

    final Told told;

    QueryReply(List<Flow> flows) {
      this(flows, Told.ALL);
    }

    private QueryReply(List<Flow> flows, Told told) {
      this.flows = flows;
      this.told = told;
    }

    /** Of an empty text, which the machine sent by itself. */
    static QueryReply ofNothing(Told told) {
      return new QueryReply(List.of(), told);
    }

    @Override
    public @Nullable Flow flow() {
      return index < flows.size() ? flows.get(index) : null;
    }

    /** Whether no statement of it is behind the one that runs. */
    boolean isLast() {
      return index + 1 >= flows.size();
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
