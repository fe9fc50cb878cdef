package io.pgguard.pgwire.session;

import io.pgguard.audit.AuditUnavailableException;
import io.pgguard.pgwire.codec.ByteSink;
import io.pgguard.pgwire.codec.Framer;
import io.pgguard.pgwire.codec.SliceRelay;
import io.pgguard.pgwire.codec.WireLimits;
import io.pgguard.pgwire.message.MalformedMessageException;
import io.pgguard.session.Awaited;
import io.pgguard.session.GuardSession;
import io.pgguard.session.Refusal;
import io.pgguard.session.ServerMessage;
import io.pgguard.session.SessionClosedException;
import io.pgguard.wording.Said;
import io.pgguard.wording.SqlState;
import io.pgguard.wording.WireWording;
import java.io.IOException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The guarded conversation between one client and one server, from the first ReadyForQuery on
 * (PostgreSQL documentation, "Frontend/Backend Protocol"). Bytes go in at either end, cut anywhere;
 * only what the {@link GuardSession} lets pass comes out. A refused statement is an ordinary error
 * in the order of the replies, and fails the server's transaction too. What violates the protocol
 * ends the conversation. Used by one thread at a time.
 */
public final class WireSession implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(WireSession.class);

  private final Conversation conversation;
  private final Framer fromClient;
  private final Framer fromServer;
  private final ClientSide clientSide;
  private final ServerSide serverSide;

  /**
   * A conversation whose server is ready and outside a transaction.
   *
   * @param guard decides; is closed with this
   * @param toClient where the client's bytes go
   * @param toServer where the server's bytes go; also written to while the server's bytes come in
   * @param canceller asked when the rest of a result is not wanted
   */
  public WireSession(
      GuardSession guard,
      WireLimits limits,
      ByteSink toClient,
      ByteSink toServer,
      Canceller canceller) {
    this.conversation =
        new Conversation(guard, new SliceRelay(toClient), new SliceRelay(toServer), canceller);
    this.fromClient = Framer.fromClient(limits);
    this.fromServer = Framer.fromServer(limits);
    this.clientSide = new ClientSide(conversation);
    this.serverSide = new ServerSide(conversation);
  }

  /** Bytes from the client. Never fails for what they say: see {@link #closed}. */
  public void client(byte[] bytes, int offset, int length) throws IOException {
    guarded(() -> fromClient.feed(bytes, offset, length, clientSide));
  }

  /** Bytes from the server. Never fails for what they say: see {@link #closed}. */
  public void server(byte[] bytes, int offset, int length) throws IOException {
    guarded(
        () -> {
          fromServer.feed(bytes, offset, length, serverSide);
          goOn();
        });
  }

  /**
   * Bytes from the client in a thread that must not wait.
   *
   * @return false where some of it may wait, and is left to {@link #rest}; nothing else may be
   *     called before that
   */
  public boolean clientAtOnce(byte[] bytes, int offset, int length) throws IOException {
    return atOnce(() -> fromClient.feed(bytes, offset, length, clientSide));
  }

  /**
   * Bytes from the server in a thread that must not wait.
   *
   * @return false where some of it may wait, and is left to {@link #rest}; nothing else may be
   *     called before that
   */
  public boolean serverAtOnce(byte[] bytes, int offset, int length) throws IOException {
    return atOnce(
        () -> {
          fromServer.feed(bytes, offset, length, serverSide);
          goOn();
        });
  }

  /** Handles what was left, in a thread that may wait. */
  public void rest() throws IOException {
    guarded(
        () -> {
          fromServer.resume(serverSide);
          goOn();
        });
  }

  private boolean atOnce(Step step) throws IOException {
    boolean left;
    conversation.atOnce.begin();
    try {
      guarded(step);
    } finally {
      left = conversation.atOnce.end();
    }
    return !left || conversation.closed();
  }

  private void goOn() throws IOException {
    if (fromServer.waiting()) {
      return; // what the server said comes first
    }
    if (conversation.script != null && conversation.atOnce.handles()) {
      conversation.script.advance();
    }
    if (fromClient.waiting() && !conversation.atOnce.left()) {
      fromClient.resume(clientSide);
    }
  }

  /**
   * What the client's messages wait for beside the server: people who decide, or the disk that the
   * audit log is forced to. Empty where nothing but the server is waited for. To be asked after
   * each call; once the answer is there, the edge calls {@link #resume}.
   */
  public Optional<Awaited<?>> awaits() {
    return Optional.ofNullable(conversation.awaits());
  }

  /** Waits in this thread for what {@link #awaits} gives, and goes on, until it gives nothing. */
  public void await() throws IOException {
    while (conversation.awaits() != null) {
      guarded(
          () -> {
            Awaited<?> answer = conversation.awaits();
            if (answer != null) {
              answer.await();
            }
          });
      resume();
    }
  }

  /** Goes on after what {@link #awaits} gave is ready. */
  public void resume() throws IOException {
    guarded(
        () -> {
          conversation.asked.goOn();
          if (conversation.attended != null) {
            conversation.attended.goOn();
          }
          goOn();
        });
  }

  /** Ends the conversation where its guard says that its time is over; safe to call at any time. */
  public void look() throws IOException {
    guarded(
        () -> {
          Refusal overdue = conversation.guard.overdue().orElse(null);
          if (overdue != null) {
            conversation.fatal(ends(overdue.message(), overdue.sqlState()));
          }
        });
  }

  /**
   * Whether messages of the client wait for the server's answers; an edge that can should read no
   * more from the client until they do not.
   */
  public boolean clientWaits() {
    return fromClient.waiting();
  }

  /** Whether nothing runs and no transaction is open: a good moment to end. */
  public boolean idle() {
    return conversation.owed.nothingOwed()
        && conversation.transactionStatus == 'I'
        && !fromClient.waiting();
  }

  /** Whether the server owes an answer. */
  public boolean busy() {
    return !conversation.owed.nothingOwed();
  }

  /** Ends the conversation with an error that the client is told. */
  public void end(Said why) throws IOException {
    guarded(() -> conversation.fatal(ServerMessage.fatal(why)));
  }

  /** Whether the conversation is over; nothing is relayed any more and both ends are to close. */
  public boolean closed() {
    return conversation.closed();
  }

  /** The connection is gone. Abandons what has not ended and closes the guarded session. */
  @Override
  public void close() {
    try {
      conversation.close("the connection was closed");
    } finally {
      conversation.guard.close();
    }
  }

  private static ServerMessage ends(String why, String sqlState) {
    return ServerMessage.fatal(WireWording.ENDS.say(why), sqlState);
  }

  private interface Step {
    void run() throws IOException;
  }

  private void guarded(Step step) throws IOException {
    if (conversation.closed()) {
      return;
    }
    try {
      step.run();
    } catch (MalformedMessageException e) {
      conversation.fatal(ends(e.reason(), e.sqlState()));
    } catch (SessionClosedException e) {
      conversation.fatal(ends(String.valueOf(e.getMessage()), SqlState.ADMIN_SHUTDOWN.code()));
    } catch (AuditUnavailableException e) {
      LOG.error("session {} ends: the audit log takes no entries", conversation.guard.id(), e);
      conversation.fatal(ends(String.valueOf(e.getMessage()), SqlState.IO_ERROR.code()));
    } catch (RuntimeException e) {
      LOG.error("session {} ends: Guard failed", conversation.guard.id(), e);
      conversation.fatal(ServerMessage.fatal(WireWording.ENDS_FAILED.say()));
    } finally {
      conversation.toClient.flush();
      conversation.toServer.flush();
    }
  }
}
