package io.pgguard.corpus.worlds;

import io.pgguard.Guard;
import io.pgguard.identity.Principal;
import io.pgguard.pgwire.codec.WireLimits;
import io.pgguard.pgwire.session.Canceller;
import io.pgguard.pgwire.session.WireSession;
import io.pgguard.session.SessionRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;
import org.postgresql.jdbc.PgConnection;

/** A connection to one world over its socket, through Guard's machine or directly. */
final class SocketWire implements Wire {
  /** Begins a text that goes with the extended protocol, its results in binary. */
  static final String BOUND = "@bound:";

  /** Begins a text with a parameter, which stands up to the next @; its results are texts. */
  static final String GIVEN = "@given:";

  /** Begins a COPY from the client, whose data stand up to the next @. */
  static final String COPIED = "@copy:";

  private final Socket socket;
  private final InputStream in;
  private final OutputStream out;
  private final byte[] chunk = new byte[64 << 10];
  private final Received received = new Received();
  private @Nullable WireSession session;

  /** Held, since PgJDBC closes the socket of a connection that nobody holds. */
  private final PgConnection opened;

  private SocketWire(PgConnection opened, Socket socket) throws IOException {
    this.opened = opened;
    this.socket = socket;
    this.in = socket.getInputStream();
    this.out = socket.getOutputStream();
  }

  /** A direct connection. */
  static SocketWire direct(WorldDatabases worlds, World world) throws SQLException, IOException {
    return new SocketWire(open(worlds, world), CapturingSocketFactory.last());
  }

  /** A connection that a Guard stands in. */
  static SocketWire guarded(
      WorldDatabases worlds,
      World world,
      Guard guard,
      String address,
      @Nullable AtomicReference<@Nullable String> snapshot)
      throws SQLException, IOException {
    SocketWire wire = new SocketWire(open(worlds, world), CapturingSocketFactory.last());
    wire.session =
        new WireSession(
            guard.open(
                new SessionRequest(
                    new Principal("worlds", Set.of(), null, null),
                    "worlds",
                    new WorldAccess(worlds, world, address, snapshot),
                    WorldDatabases.USER,
                    wire.opened.getParameterStatuses(),
                    () -> {})),
            WireLimits.DEFAULT,
            wire.received::write,
            wire.out::write,
            Canceller.NONE);
    return wire;
  }

  private static PgConnection open(WorldDatabases worlds, World world) throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", WorldDatabases.USER);
    properties.setProperty("password", WorldDatabases.PASSWORD);
    properties.setProperty("socketFactory", CapturingSocketFactory.class.getName());
    properties.setProperty("sslmode", "disable");
    properties.setProperty("gssEncMode", "disable");
    PgConnection connection =
        (PgConnection) new Driver().connect(worlds.url(worlds.name(world)), properties);
    if (connection == null) {
      throw new SQLException("PgJDBC did not take its own URL");
    }
    return connection;
  }

  @Override
  public void send(List<String> texts) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (String text : texts) {
      if (text.startsWith(BOUND)) {
        bound(bytes, text.substring(BOUND.length()));
      } else if (text.startsWith(GIVEN)) {
        given(bytes, text.substring(GIVEN.length()));
      } else if (text.startsWith(COPIED)) {
        copied(bytes, text.substring(COPIED.length()));
      } else {
        message(bytes, 'Q', (text + "\0").getBytes(StandardCharsets.UTF_8));
      }
    }
    WireSession guarded = session;
    if (guarded == null) {
      out.write(bytes.toByteArray());
    } else {
      guarded.client(bytes.toByteArray(), 0, bytes.size());
      guarded.await();
    }
  }

  /**
   * Parse, Bind for binary results, Describe, two Executes of which the first brings two rows,
   * Sync.
   */
  private static void bound(ByteArrayOutputStream bytes, String text) {
    message(bytes, 'P', ("\0" + text + "\0\0\0").getBytes(StandardCharsets.UTF_8));
    message(bytes, 'B', new byte[] {0, 0, 0, 0, 0, 0, 0, 1, 0, 1});
    message(bytes, 'D', new byte[] {'P', 0});
    message(bytes, 'E', new byte[] {0, 0, 0, 0, 2});
    message(bytes, 'E', new byte[] {0, 0, 0, 0, 0});
    message(bytes, 'S', new byte[0]);
  }

  /** Parse, Bind of one parameter, Describe, Execute, Sync. */
  private static void given(ByteArrayOutputStream bytes, String text) {
    int at = text.indexOf('@');
    byte[] value = text.substring(0, at).getBytes(StandardCharsets.UTF_8);
    ByteBuffer bind = ByteBuffer.allocate(14 + value.length);
    bind.put((byte) 0).put((byte) 0).putShort((short) 0).putShort((short) 1);
    bind.putInt(value.length).put(value).putShort((short) 0);
    message(
        bytes, 'P', ("\0" + text.substring(at + 1) + "\0\0\0").getBytes(StandardCharsets.UTF_8));
    message(bytes, 'B', Arrays.copyOf(bind.array(), bind.position()));
    message(bytes, 'D', new byte[] {'P', 0});
    message(bytes, 'E', new byte[] {0, 0, 0, 0, 0});
    message(bytes, 'S', new byte[0]);
  }

  /** A simple query, the data as one message, and their end; stray where the query fails. */
  private static void copied(ByteArrayOutputStream bytes, String text) {
    int at = text.indexOf('@');
    message(bytes, 'Q', (text.substring(at + 1) + "\0").getBytes(StandardCharsets.UTF_8));
    message(bytes, 'd', (text.substring(0, at) + "\n").getBytes(StandardCharsets.UTF_8));
    message(bytes, 'c', new byte[0]);
  }

  private static void message(ByteArrayOutputStream bytes, char type, byte[] body) {
    bytes.write(type);
    bytes.writeBytes(ByteBuffer.allocate(4).putInt(body.length + 4).array());
    bytes.writeBytes(body);
  }

  @Override
  public byte[] answer() throws IOException {
    while (true) {
      byte[] whole = received.take();
      if (whole != null) {
        return whole;
      }
      WireSession guarded = session;
      if (guarded != null && guarded.closed()) {
        throw new IOException("Guard ended the connection: " + received.rest());
      }
      int count = in.read(chunk);
      if (count < 0) {
        throw new IOException("the server ended the connection: " + received.rest());
      }
      if (guarded == null) {
        received.write(chunk, 0, count);
      } else {
        guarded.server(chunk, 0, count);
        guarded.await();
      }
    }
  }

  @Override
  public void close() throws IOException {
    if (session != null) {
      session.close();
    }
    socket.close();
  }
}
