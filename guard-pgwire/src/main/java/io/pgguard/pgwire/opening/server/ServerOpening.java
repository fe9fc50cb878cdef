package io.pgguard.pgwire.opening.server;

import io.pgguard.pgwire.codec.ByteSink;
import io.pgguard.pgwire.codec.FrameHandler;
import io.pgguard.pgwire.codec.Framer;
import io.pgguard.pgwire.codec.WireLimits;
import io.pgguard.pgwire.message.Authentication;
import io.pgguard.pgwire.message.BackendKeyData;
import io.pgguard.pgwire.message.DataRow;
import io.pgguard.pgwire.message.ErrorResponse;
import io.pgguard.pgwire.message.MalformedMessageException;
import io.pgguard.pgwire.message.Message;
import io.pgguard.pgwire.message.MessageReader;
import io.pgguard.pgwire.message.ParameterStatus;
import io.pgguard.pgwire.message.PasswordMessage;
import io.pgguard.pgwire.message.Query;
import io.pgguard.pgwire.message.ReadyForQuery;
import io.pgguard.pgwire.message.SSLRequest;
import io.pgguard.pgwire.message.StartupMessage;
import io.pgguard.session.ServerMessage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Guard's own connection to a server up to the point where it waits for a text (PostgreSQL
 * documentation, "Start-up"): TLS, authentication, what the server reports, and the role that was
 * given. Bytes go in, cut anywhere. Used by one thread at a time.
 */
public final class ServerOpening {
  private enum Stage {
    NEW,
    TLS_ANSWER,
    HANDSHAKE,
    LOGIN,
    QUESTION,
    READY,
    FAILED
  }

  private final ServerRequest request;
  private final ServerAuthentication authentication;
  private final ByteSink toServer;
  private final Framer framer;
  private final MessageReader in = new MessageReader();
  private final Map<String, String> parameters = new LinkedHashMap<>();
  private final List<ServerReady.Role> roles = new ArrayList<>();
  private Stage stage = Stage.NEW;
  private boolean encrypted;
  private byte @Nullable [] endPoint;
  private @Nullable BackendKeyData key;
  private @Nullable String searchPath;
  private ServerDemand.@Nullable Failed failure;

  public ServerOpening(
      ServerRequest request, SaslMechanisms mechanisms, WireLimits limits, ByteSink toServer) {
    this.request = request;
    this.authentication = new ServerAuthentication(request, mechanisms);
    this.toServer = toServer;
    this.framer = Framer.fromServer(limits);
  }

  /** The connection is there. */
  public ServerDemand start() throws IOException {
    if (stage != Stage.NEW) {
      throw new IllegalStateException("the opening has begun");
    }
    if (request.tls()) {
      stage = Stage.TLS_ANSWER;
      write(new SSLRequest());
    } else {
      begin();
    }
    return new ServerDemand.MoreBytes();
  }

  /**
   * The handshake that {@link ServerDemand.StartTls} asked for is done and the server is the right
   * one.
   *
   * @param certificateHash for channel binding (tls-server-end-point), or null where it has none
   */
  public ServerDemand tlsStarted(byte @Nullable [] certificateHash) throws IOException {
    if (stage != Stage.HANDSHAKE) {
      throw new IllegalStateException("no handshake was asked for");
    }
    encrypted = true;
    endPoint = certificateHash;
    begin();
    return new ServerDemand.MoreBytes();
  }

  /** Bytes from the server. */
  public ServerDemand bytes(byte[] bytes, int offset, int length) throws IOException {
    if (length == 0) {
      return new ServerDemand.MoreBytes();
    }
    if (stage == Stage.TLS_ANSWER) {
      return tlsAnswer(bytes[offset], length);
    }
    if (stage == Stage.NEW || stage == Stage.HANDSHAKE || stage == Stage.READY) {
      return fail("the server spoke when it was not its turn", null);
    }
    try {
      framer.feed(bytes, offset, length, frames);
    } catch (MalformedMessageException e) {
      return fail(e.getMessage() == null ? e.reason() : e.getMessage(), null);
    }
    ServerDemand.Failed failed = failure;
    if (failed != null) {
      return failed;
    }
    return stage == Stage.READY ? new ServerDemand.Ready(ready()) : new ServerDemand.MoreBytes();
  }

  /** Whatever comes behind the answer was sent before the handshake, by whomever. */
  private ServerDemand tlsAnswer(byte answer, int length) {
    if (answer != 'S' || length > 1) {
      return fail(
          answer == 'N'
              ? "the server does not speak TLS, which the configuration demands"
              : "the server's answer to the request for TLS does not fit",
          null);
    }
    stage = Stage.HANDSHAKE;
    return new ServerDemand.StartTls();
  }

  private void begin() throws IOException {
    stage = Stage.LOGIN;
    write(new StartupMessage(StartupMessage.VERSION_3_0, request.settings()));
  }

  private final FrameHandler frames =
      new FrameHandler() {
        @Override
        public boolean frame(byte[] bytes, int offset, int length) throws IOException {
          if (failure == null) {
            char type = (char) (bytes[offset] & 0xff);
            in.over("opening message " + type, bytes, offset + 5, length - 5);
            message(type);
          }
          return true;
        }

        @Override
        public void pause() {
          // nothing refers to the arrays
        }
      };

  private void message(char type) throws IOException {
    if (stage == Stage.READY) {
      throw in.violation("the server spoke when it was not its turn");
    }
    switch (type) {
      case 'N', 'v' -> {} // what the server remarks before anybody has asked concerns nobody
      case 'E' -> {
        ServerMessage error = ErrorResponse.decode(in).message();
        fail("the server says: " + error.field('M'), error);
      }
      case 'S' -> {
        ParameterStatus came = ParameterStatus.decode(in);
        parameters.put(came.name(), came.value());
      }
      default -> {
        if (stage == Stage.LOGIN) {
          login(type);
        } else {
          answer(type);
        }
      }
    }
  }

  private void login(char type) throws IOException {
    switch (type) {
      case 'R' -> {
        PasswordMessage answer =
            authentication.answer(Authentication.decode(in), encrypted, endPoint);
        if (answer != null) {
          write(answer);
        }
      }
      case 'K' -> key = BackendKeyData.decode(in);
      case 'Z' -> {
        if (!authentication.done()) {
          throw in.violation("the server is ready without having let Guard in");
        }
        if (ReadyForQuery.decode(in).status() != 'I') {
          throw in.violation("the server is in a transaction that nobody began");
        }
        stage = Stage.QUESTION;
        write(new Query(RoleQuestion.TEXT));
      }
      default -> throw in.violation("not expected from the server yet");
    }
  }

  private void answer(char type) {
    switch (type) {
      case 'T', 'C' -> {} // of Guard's own question
      case 'D' -> {
        DataRow row = DataRow.decode(in);
        roles.add(RoleQuestion.role(row));
        searchPath = RoleQuestion.searchPath(row);
      }
      case 'Z' -> {
        if (ReadyForQuery.decode(in).status() != 'I' || searchPath == null) {
          throw in.violation("the server did not tell whom statements run as");
        }
        stage = Stage.READY;
      }
      default -> throw in.violation("not expected from the server here");
    }
  }

  private ServerReady ready() {
    Map<String, String> all = new LinkedHashMap<>(parameters);
    if (searchPath != null) {
      all.put("search_path", searchPath);
    }
    return new ServerReady(all, List.copyOf(parameters.keySet()), key, roles);
  }

  private ServerDemand fail(String reason, @Nullable ServerMessage said) {
    stage = Stage.FAILED;
    ServerDemand.Failed failed = new ServerDemand.Failed(reason, said);
    failure = failed;
    return failed;
  }

  private void write(Message message) throws IOException {
    byte[] bytes = message.toByteArray();
    toServer.write(bytes, 0, bytes.length);
  }
}
