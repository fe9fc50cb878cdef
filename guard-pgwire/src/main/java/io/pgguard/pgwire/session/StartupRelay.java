package io.pgguard.pgwire.session;

import io.pgguard.pgwire.codec.ByteSink;
import io.pgguard.pgwire.codec.FrameHandler;
import io.pgguard.pgwire.codec.Framer;
import io.pgguard.pgwire.codec.SliceRelay;
import io.pgguard.pgwire.codec.WireLimits;
import io.pgguard.pgwire.message.BackendKeyData;
import io.pgguard.pgwire.message.Bytes;
import io.pgguard.pgwire.message.CancelRequest;
import io.pgguard.pgwire.message.ErrorResponse;
import io.pgguard.pgwire.message.MalformedMessageException;
import io.pgguard.pgwire.message.Message;
import io.pgguard.pgwire.message.MessageReader;
import io.pgguard.pgwire.message.ParameterStatus;
import io.pgguard.pgwire.message.ReadyForQuery;
import io.pgguard.pgwire.message.StartupMessage;
import io.pgguard.session.GuardSession;
import io.pgguard.session.ServerMessage;
import io.pgguard.session.SessionClosedException;
import io.pgguard.wording.SqlState;
import io.pgguard.wording.WireWording;
import java.io.IOException;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The conversation before a guard sits on it: startup and authentication, relayed as they stand up
 * to the first ReadyForQuery. What the server reports of itself is kept back until {@link #arm}, so
 * that the guard sees it first. A CancelRequest passes only when the owner says so. Used by one
 * thread at a time.
 */
public final class StartupRelay {
  private static final byte[] EMPTY = new byte[0];

  private enum Stage {
    FIRST,
    AUTHENTICATING,
    READY,
    CANCELLING,
    CLOSED
  }

  private final WireLimits limits;
  private final ByteSink clientSink;
  private final ByteSink serverSink;
  private final SliceRelay toClient;
  private final SliceRelay toServer;
  private final Predicate<Message> mayOpen;
  private final Framer fromClient;
  private final Framer fromServer;
  private final MessageReader in = new MessageReader();
  private final Map<String, String> parameters = new LinkedHashMap<>();
  private @Nullable BackendKeyData key;
  private byte[] first = EMPTY;
  private Stage stage = Stage.FIRST;
  private boolean authenticated;
  private char status = 'I';

  /**
   * @param mayOpen asked with the client's first message: a {@link StartupMessage} or a {@link
   *     CancelRequest}; no other kind passes
   */
  public StartupRelay(
      WireLimits limits, ByteSink toClient, ByteSink toServer, Predicate<Message> mayOpen) {
    this.limits = limits;
    this.clientSink = toClient;
    this.serverSink = toServer;
    this.toClient = new SliceRelay(toClient);
    this.toServer = new SliceRelay(toServer);
    this.mayOpen = mayOpen;
    this.fromClient = Framer.fromClient(limits);
    this.fromServer = Framer.fromServer(limits);
  }

  /** Whether the first ReadyForQuery has come: time to {@link #arm}. */
  public boolean complete() {
    return stage == Stage.READY;
  }

  /** Whether it failed; both ends are to close. */
  public boolean closed() {
    return stage == Stage.CLOSED;
  }

  /** The settings that the server reported. */
  public Map<String, String> parameters() {
    return Collections.unmodifiableMap(parameters);
  }

  /** What a cancel request for this connection must name; null before the server has told. */
  public @Nullable BackendKeyData backendKey() {
    return key;
  }

  /** Bytes from the client. */
  public void client(byte[] bytes, int offset, int length) throws IOException {
    guarded(
        () -> {
          if (stage == Stage.FIRST) {
            opening(bytes, offset, length);
          } else {
            fromClient.feed(bytes, offset, length, clientFrames);
          }
        });
  }

  /** Bytes from the server. */
  public void server(byte[] bytes, int offset, int length) throws IOException {
    guarded(() -> fromServer.feed(bytes, offset, length, serverFrames));
  }

  /**
   * Hands over to a guarded conversation and tells the client what was kept back.
   *
   * @throws IllegalStateException before {@link #complete}
   * @throws SessionClosedException when the guard does not accept a setting; the client has been
   *     told
   */
  public WireSession arm(GuardSession guard, Canceller canceller) throws IOException {
    if (!complete()) {
      throw new IllegalStateException("the server is not ready yet");
    }
    try {
      for (Map.Entry<String, String> each : parameters.entrySet()) {
        String shown = guard.parameter(each.getKey(), each.getValue());
        toClient.message(new ParameterStatus(each.getKey(), shown));
      }
    } catch (SessionClosedException e) {
      fail(
          SqlState.ADMIN_SHUTDOWN.code(),
          Objects.requireNonNullElse(e.getMessage(), "its guard closed"));
      throw e;
    }
    BackendKeyData told = key;
    if (told != null) {
      toClient.message(told);
    }
    guard.ready(status);
    toClient.message(new ReadyForQuery(status));
    return new WireSession(guard, limits, clientSink, serverSink, canceller);
  }

  /** The client's first message has no type byte. */
  private void opening(byte[] bytes, int offset, int length) throws IOException {
    int had = first.length;
    first = Arrays.copyOf(first, had + length);
    System.arraycopy(bytes, offset, first, had, length);
    if (first.length < 8) {
      return;
    }
    int size = Bytes.int32(first, 0);
    if (size < 8 || size > limits.small()) {
      throw MalformedMessageException.violation("StartupMessage", "a length of " + size);
    }
    if (first.length < size) {
      return;
    }
    Message message = readFirst(size);
    if (!mayOpen.test(message)) {
      throw MalformedMessageException.violation(
          message.getClass().getSimpleName(), "not allowed on this connection");
    }
    toServer.slice(first, 0, size);
    toServer.flush();
    stage = message instanceof CancelRequest ? Stage.CANCELLING : Stage.AUTHENTICATING;
    if (first.length > size) {
      throw MalformedMessageException.violation("StartupMessage", "more came before any answer");
    }
    first = EMPTY;
  }

  private Message readFirst(int size) {
    int code = Bytes.int32(first, 4);
    if (code == CancelRequest.CODE) {
      return CancelRequest.decode(in.over("CancelRequest", first, 4, size - 4));
    }
    if (code >> 16 != 3) {
      throw MalformedMessageException.violation(
          "StartupMessage", "protocol " + (code >>> 16) + "." + (code & 0xffff) + " does not pass");
    }
    StartupMessage startup = StartupMessage.decode(in.over("StartupMessage", first, 4, size - 4));
    if (startup.parameters().containsKey("replication")) {
      throw MalformedMessageException.violation(
          "StartupMessage", "replication does not pass through Guard");
    }
    return startup;
  }

  private final FrameHandler clientFrames =
      new FrameHandler() {
        @Override
        public boolean frame(byte[] bytes, int offset, int length) throws IOException {
          if (stage != Stage.AUTHENTICATING || bytes[offset] != 'p' && bytes[offset] != 'X') {
            throw MalformedMessageException.violation(
                "message type " + (char) bytes[offset], "not expected from the client yet");
          }
          toServer.slice(bytes, offset, length);
          return true;
        }

        @Override
        public void pause() throws IOException {
          toServer.flush();
        }
      };

  private final FrameHandler serverFrames =
      new FrameHandler() {
        @Override
        public boolean frame(byte[] bytes, int offset, int length) throws IOException {
          fromServer((char) (bytes[offset] & 0xff), bytes, offset, length);
          return true;
        }

        @Override
        public void pause() throws IOException {
          toClient.flush();
        }
      };

  private void fromServer(char type, byte[] bytes, int offset, int length) throws IOException {
    in.over("startup message " + type, bytes, offset + 5, length - 5);
    if (stage != Stage.AUTHENTICATING) {
      throw in.violation("not expected from the server here");
    }
    switch (type) {
      case 'R' -> {
        authenticated = in.int32() == 0;
        toClient.slice(bytes, offset, length);
      }
      case 'v', 'E', 'N' -> toClient.slice(bytes, offset, length);
      case 'S' -> {
        ParameterStatus came = ParameterStatus.decode(in);
        parameters.put(came.name(), came.value());
      }
      case 'K' -> key = BackendKeyData.decode(in);
      case 'Z' -> {
        status = ReadyForQuery.decode(in).status();
        if (!authenticated) {
          throw in.violation("the server is ready without having let the client in");
        }
        stage = Stage.READY;
      }
      default -> throw in.violation("not expected from the server yet");
    }
  }

  private interface Step {
    void run() throws IOException;
  }

  private void guarded(Step step) throws IOException {
    if (stage == Stage.CLOSED) {
      return;
    }
    try {
      step.run();
    } catch (MalformedMessageException e) {
      fail(e.sqlState(), e.reason());
    }
  }

  private void fail(String sqlState, String why) throws IOException {
    stage = Stage.CLOSED;
    toClient.message(new ErrorResponse(ServerMessage.fatal(WireWording.ENDS.say(why), sqlState)));
  }
}
