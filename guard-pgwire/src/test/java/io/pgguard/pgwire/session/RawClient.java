package io.pgguard.pgwire.session;

import io.pgguard.pgwire.codec.ByteSink;
import io.pgguard.pgwire.codec.WireLimits;
import io.pgguard.pgwire.message.Authentication;
import io.pgguard.pgwire.message.Bind;
import io.pgguard.pgwire.message.Message;
import io.pgguard.pgwire.message.MessageReader;
import io.pgguard.pgwire.message.MessageWriter;
import io.pgguard.pgwire.message.Parse;
import io.pgguard.pgwire.message.PasswordMessage;
import io.pgguard.pgwire.message.StartupMessage;
import io.pgguard.testkit.TestPostgres;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A small client on a socket to a real server, with the guarded machine in between. */
final class RawClient implements AutoCloseable {
  final Transcript transcript = new Transcript();
  final ScriptedGuard guard;
  final WireSession session;
  private final Socket socket;
  private final InputStream fromServer;
  private final byte[] chunk = new byte[8192];
  private final ByteSink toServer;

  /** What was sent to the server. */
  final ByteArrayOutputStream sent = new ByteArrayOutputStream();

  /** Whether the machine is left out after login. */
  boolean direct;

  RawClient(TestPostgres postgres, String database, ScriptedGuard guard) throws Exception {
    this.guard = guard;
    this.socket = new Socket(postgres.host(), postgres.port());
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(20_000);
    this.fromServer = socket.getInputStream();
    OutputStream out = socket.getOutputStream();
    this.toServer =
        (bytes, offset, length) -> {
          sent.write(bytes, offset, length);
          out.write(bytes, offset, length);
        };
    byte[][] asked = new byte[1][];
    ByteSink login =
        (bytes, offset, length) -> {
          if (bytes[offset] == 'R') {
            asked[0] = java.util.Arrays.copyOfRange(bytes, offset, offset + length);
          } else {
            transcript.write(bytes, offset, length);
          }
        };
    StartupRelay relay = new StartupRelay(WireLimits.DEFAULT, login, toServer, first -> true);
    Map<String, String> settings =
        Map.of("user", postgres.user(), "database", database, "client_encoding", "UTF8");
    byte[] startup = new StartupMessage(StartupMessage.VERSION_3_0, settings).toByteArray();
    relay.client(startup, 0, startup.length);
    while (!relay.complete()) {
      int read = fromServer.read(chunk);
      if (read < 0 || relay.closed()) {
        throw new IOException("login failed: " + transcript.lines);
      }
      relay.server(chunk, 0, read);
      if (asked[0] != null) {
        byte @Nullable [] answer = answer(asked[0], postgres.password());
        asked[0] = null;
        if (answer != null) {
          relay.client(answer, 0, answer.length);
        }
      }
    }
    this.session = relay.arm(guard, Canceller.NONE);
    // What was armed writes to the sinks of the relay; rows never begin with type R.
    transcript.take();
    transcript.ready = 0;
    guard.events.clear();
  }

  private static byte @Nullable [] answer(byte[] frame, String password)
      throws GeneralSecurityException {
    Authentication asked =
        Authentication.decode(
            new MessageReader().over("Authentication", frame, 5, frameLength(frame) - 4));
    byte[] first = ("n,," + Scram.FIRST_BARE).getBytes(StandardCharsets.UTF_8);
    return switch (asked.code()) {
      case 3 ->
          new PasswordMessage((password + "\0").getBytes(StandardCharsets.UTF_8)).toByteArray();
      case 10 ->
          new PasswordMessage(
                  new MessageWriter()
                      .text("SCRAM-SHA-256")
                      .int32(first.length)
                      .bytes(first)
                      .toByteArray())
              .toByteArray();
      case 11 ->
          new PasswordMessage(
                  Scram.last(new String(asked.data(), StandardCharsets.UTF_8), password)
                      .getBytes(StandardCharsets.UTF_8))
              .toByteArray();
      default -> null;
    };
  }

  private static int frameLength(byte[] frame) {
    return io.pgguard.pgwire.message.Bytes.int32(frame, 1);
  }

  /** Prepares a text as the unnamed statement. */
  static Parse parse(String text) {
    return new Parse("", text, new int[0]);
  }

  /** Binds the unnamed statement to the unnamed portal, without values. */
  static Bind bind() {
    return new Bind("", "", new short[0], new byte[0][], new short[0]);
  }

  void send(Message... messages) throws IOException {
    MessageWriter out = new MessageWriter();
    for (Message message : messages) {
      message.encode(out);
    }
    if (direct) {
      toServer.write(out.buffer(), 0, out.length());
    } else {
      session.client(out.buffer(), 0, out.length());
    }
  }

  /** Sends, and gives what comes back up to as many ReadyForQuery. */
  List<String> exchange(int readies, Message... messages) throws IOException {
    int until = transcript.ready + readies;
    send(messages);
    while (transcript.ready < until && !session.closed()) {
      read();
    }
    return transcript.take();
  }

  void read() throws IOException {
    int read = fromServer.read(chunk);
    if (read < 0) {
      throw new IOException("the server went; so far " + transcript.lines);
    }
    if (direct) {
      transcript.write(chunk, 0, read);
    } else {
      session.server(chunk, 0, read);
    }
  }

  @Override
  public void close() throws IOException {
    session.close();
    socket.close();
  }
}
