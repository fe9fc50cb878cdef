package io.pgguard.pgwire.opening.client;

import io.pgguard.pgwire.codec.ByteSink;
import io.pgguard.pgwire.message.Authentication;
import io.pgguard.pgwire.message.Bytes;
import io.pgguard.pgwire.message.ErrorResponse;
import io.pgguard.pgwire.message.MalformedMessageException;
import io.pgguard.pgwire.message.Message;
import io.pgguard.pgwire.message.NegotiateProtocolVersion;
import io.pgguard.pgwire.message.StartupMessage;
import io.pgguard.session.ServerMessage;
import io.pgguard.wording.ConnectWording;
import io.pgguard.wording.Said;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A client's connection up to the point where it has proved who it is (PostgreSQL documentation,
 * "Start-up"): requests for encryption, cancel requests, the startup packet, authentication. Bytes
 * go in, cut anywhere, and each step says what is needed next. It answers as PostgreSQL 18 does.
 * Used by one thread at a time.
 */
public final class ClientOpening {
  private static final byte[] EMPTY = new byte[0];

  /** A token of an identity provider with many groups takes 10 KB. */
  private static final int MOST_ANSWER = 64 << 10;

  private enum Stage {
    PACKET,
    CHOOSING,
    LOGIN,
    CHECKING,
    IN,
    CLOSED
  }

  private final boolean tlsOffered;
  private final ByteSink toClient;
  private Stage stage = Stage.PACKET;
  private byte[] held = EMPTY;
  private boolean encrypted;
  private boolean tlsAsked;
  private boolean gssAsked;
  private @Nullable StartupMessage startup;
  private @Nullable Login login;
  private boolean failedLogin;

  /**
   * @param tlsOffered whether an SSLRequest is answered with S
   */
  public ClientOpening(boolean tlsOffered, ByteSink toClient) {
    this.tlsOffered = tlsOffered;
    this.toClient = toClient;
  }

  /** The connection is encrypted from here on. */
  public void tlsStarted() {
    encrypted = true;
    tlsAsked = true;
    gssAsked = true;
  }

  public boolean encrypted() {
    return encrypted;
  }

  /** What the client began with; null before it has. */
  public @Nullable StartupMessage startup() {
    return startup;
  }

  /** How long the client's cancel keys are: protocol 3.2 brought long ones. */
  public int keyLength() {
    StartupMessage message = startup;
    return message != null && (message.version() & 0xffff) >= 2 ? 32 : 4;
  }

  /** Bytes from the client. */
  public ClientDemand bytes(byte[] bytes, int offset, int length) throws IOException {
    if (stage == Stage.CLOSED) {
      return new ClientDemand.Close("it is closed");
    }
    if (length > MOST_ANSWER - held.length) {
      return close("it sent too much before it was let in");
    }
    held = Arrays.copyOf(held, held.length + length);
    System.arraycopy(bytes, offset, held, held.length - length, length);
    return next();
  }

  /** Says how the client shows who it is, after {@link ClientDemand.ChooseLogin}. */
  public ClientDemand login(Login chosen) throws IOException {
    require(Stage.CHOOSING);
    stage = Stage.LOGIN;
    login = chosen;
    return step(chosen.begin());
  }

  /** The evidence is good, after {@link ClientDemand.Verify}. */
  public ClientDemand accept() throws IOException {
    require(Stage.CHECKING);
    return letIn(null);
  }

  /**
   * The evidence is not good, after {@link ClientDemand.Verify}.
   *
   * @param reason for the log
   */
  public ClientDemand reject(String reason) throws IOException {
    require(Stage.CHECKING);
    stage = Stage.LOGIN;
    return step(Objects.requireNonNull(login, "a login").notTaken(reason));
  }

  /**
   * Ends the opening with an error that the client is told.
   *
   * @param reason for the log
   */
  public ClientDemand refuse(Said said, String reason) throws IOException {
    write(new ErrorResponse(ServerMessage.fatal(said)));
    return close(reason);
  }

  /** Ends it with the one sentence that tells nothing of why. */
  public ClientDemand refuseLogin(String reason) throws IOException {
    StartupMessage begun = Objects.requireNonNull(startup, "a startup packet");
    String user = begun.parameters().getOrDefault("user", "");
    Login way = login == null ? new PasswordLogin() : login;
    failedLogin = login != null && login.tried();
    return refuse(way.failure(user), reason);
  }

  /** Whether it ended because the client could not show who it is. */
  public boolean failedLogin() {
    return failedLogin;
  }

  /** What the client has sent beyond its opening; whoever goes on reads it first. */
  public byte[] rest() {
    byte[] rest = held;
    held = EMPTY;
    return rest;
  }

  private void require(Stage wanted) {
    if (stage != wanted) {
      throw new IllegalStateException("the opening is at " + stage + ", not at " + wanted);
    }
  }

  private ClientDemand next() throws IOException {
    try {
      return switch (stage) {
        case PACKET -> packet();
        case LOGIN -> answer();
        case CHOOSING, CHECKING, IN -> new ClientDemand.MoreBytes();
        case CLOSED -> new ClientDemand.Close("it is closed");
      };
    } catch (MalformedMessageException e) {
      return refuse(ConnectWording.MALFORMED_STARTUP.say(), "malformed opening: " + e.getMessage());
    }
  }

  private ClientDemand packet() throws IOException {
    if (held.length < 4) {
      return new ClientDemand.MoreBytes();
    }
    int size = Bytes.int32(held, 0);
    if (size < 8 || size > FirstPacket.MOST_BYTES) {
      return close("a startup packet of " + size + " bytes"); // PostgreSQL says nothing either
    }
    if (held.length < size) {
      return new ClientDemand.MoreBytes();
    }
    FirstPacket packet = FirstPacket.read(held, size);
    held = Arrays.copyOfRange(held, size, held.length);
    if (packet instanceof FirstPacket.Cancel cancel) {
      stage = Stage.CLOSED;
      return new ClientDemand.Cancel(cancel.request());
    }
    if (packet instanceof FirstPacket.Tls && !tlsAsked) {
      tlsAsked = true;
      return encryption(tlsOffered);
    }
    if (packet instanceof FirstPacket.Gss && !gssAsked) {
      gssAsked = true;
      return encryption(false);
    }
    return packet instanceof FirstPacket.Startup first
        ? begin(first.message())
        : unsupported(packet);
  }

  /** What was sent before the handshake is never read as if it had come after it. */
  private ClientDemand encryption(boolean granted) throws IOException {
    if (held.length > 0) {
      return refuse(
          ConnectWording.UNENCRYPTED_DATA.say(), "data came behind a request for encryption");
    }
    toClient.write(new byte[] {(byte) (granted ? 'S' : 'N')}, 0, 1);
    return granted ? new ClientDemand.StartTls() : new ClientDemand.MoreBytes();
  }

  private ClientDemand unsupported(FirstPacket packet) throws IOException {
    int code = packet instanceof FirstPacket.Unknown unknown ? unknown.code() : 1234 << 16 | 5679;
    return refuse(
        ConnectWording.PROTOCOL.say(code >>> 16, code & 0xffff), "an unsupported protocol");
  }

  private ClientDemand begin(StartupMessage message) throws IOException {
    List<String> unknown =
        message.parameters().keySet().stream().filter(n -> n.startsWith("_pq_.")).toList();
    int version = Math.min(message.version(), StartupMessage.VERSION_3_2);
    if (version != message.version() || !unknown.isEmpty()) {
      write(new NegotiateProtocolVersion(version, unknown));
    }
    Map<String, String> parameters = new LinkedHashMap<>(message.parameters());
    parameters.keySet().removeAll(unknown);
    StartupMessage begun = new StartupMessage(version, parameters);
    startup = begun;
    if (parameters.getOrDefault("user", "").isEmpty()) {
      return refuse(ConnectWording.NO_USER.say(), "no user name");
    }
    String replication = parameters.get("replication");
    if (replication != null) {
      return refuse(ConnectWording.REPLICATION.say(), "a replication connection");
    }
    stage = Stage.CHOOSING;
    return new ClientDemand.ChooseLogin(begun);
  }

  private ClientDemand answer() throws IOException {
    if (held.length < 5) {
      return new ClientDemand.MoreBytes();
    }
    int size = Bytes.int32(held, 1);
    if (held[0] != 'p') {
      return held[0] == 'X'
          ? close("the client left")
          : refuse(ConnectWording.NO_ANSWER.say(), "another message than the answer");
    }
    if (size < 4 || size > MOST_ANSWER - 1) {
      return refuse(ConnectWording.ANSWER_SIZE.say(), "an answer of " + size + " bytes");
    }
    if (held.length < size + 1) {
      return new ClientDemand.MoreBytes();
    }
    byte[] body = Arrays.copyOfRange(held, 5, size + 1);
    held = Arrays.copyOfRange(held, size + 1, held.length);
    return step(Objects.requireNonNull(login, "a login").answer(body));
  }

  private ClientDemand step(LoginStep step) throws IOException {
    if (step instanceof LoginStep.Ask ask) {
      write(ask.message());
      return held.length == 0 ? new ClientDemand.MoreBytes() : next();
    }
    if (step instanceof LoginStep.Check check) {
      stage = Stage.CHECKING;
      return new ClientDemand.Verify(check.evidence());
    }
    if (step instanceof LoginStep.Proved proved) {
      return letIn(proved.last());
    }
    return refuseLogin(((LoginStep.Failed) step).reason());
  }

  private ClientDemand letIn(@Nullable Authentication last) throws IOException {
    stage = Stage.IN;
    if (last != null) {
      write(last);
    }
    write(new Authentication(0, EMPTY));
    return new ClientDemand.LetIn();
  }

  private ClientDemand close(String reason) {
    stage = Stage.CLOSED;
    held = EMPTY;
    return new ClientDemand.Close(reason);
  }

  private void write(Message message) throws IOException {
    byte[] bytes = message.toByteArray();
    toClient.write(bytes, 0, bytes.length);
  }
}
