package io.pgguard.proxy.database;

import io.pgguard.catalog.CatalogRow;
import io.pgguard.catalog.CatalogUnavailableException;
import io.pgguard.pgwire.codec.WireLimits;
import io.pgguard.pgwire.message.Bytes;
import io.pgguard.pgwire.message.DataRow;
import io.pgguard.pgwire.message.ErrorResponse;
import io.pgguard.pgwire.message.MalformedMessageException;
import io.pgguard.pgwire.message.Message;
import io.pgguard.pgwire.message.MessageReader;
import io.pgguard.pgwire.message.Query;
import io.pgguard.pgwire.message.ReadyForQuery;
import io.pgguard.pgwire.message.Terminate;
import io.pgguard.pgwire.opening.server.ServerDemand;
import io.pgguard.pgwire.opening.server.ServerOpening;
import io.pgguard.pgwire.opening.server.ServerRequest;
import io.pgguard.session.ServerMessage;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.Consumer;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One connection of Guard's own, on a socket that waits. Used by one thread at a time. */
final class OwnConnection {
  private static final Logger LOG = LoggerFactory.getLogger(OwnConnection.class);
  private static final int CONNECT_MILLIS = 10_000;

  /** Longer than the time limit that the server itself is given. */
  private static final int ANSWER_MILLIS = 90_000;

  private final Socket socket;
  private final DataInputStream in;
  private boolean sound = true;
  private char status = 'I';

  private OwnConnection(Socket socket, DataInputStream in) {
    this.socket = socket;
    this.in = in;
  }

  static OwnConnection open(ServedDatabase database, ServerAddress server, ServerTls tls)
      throws IOException {
    Socket plain = new Socket();
    try {
      plain.setTcpNoDelay(true);
      plain.connect(new InetSocketAddress(server.host(), server.port()), CONNECT_MILLIS);
      plain.setSoTimeout(ANSWER_MILLIS);
      return logIn(plain, database, server, tls);
    } catch (IOException | RuntimeException e) {
      plain.close();
      throw e;
    }
  }

  private static OwnConnection logIn(
      Socket plain, ServedDatabase database, ServerAddress server, ServerTls tls)
      throws IOException {
    Map<String, String> settings =
        Map.of(
            "user", database.user(),
            "database", database.database(),
            "application_name", "guard",
            "client_encoding", "UTF8",
            "DateStyle", "ISO",
            "statement_timeout", "60000",
            "lock_timeout", "5000");
    Socket[] socket = {plain};
    ServerOpening opening =
        new ServerOpening(
            new ServerRequest(settings, database.password(), tls.wanted()),
            new OngresScram(),
            WireLimits.DEFAULT,
            (bytes, offset, length) -> socket[0].getOutputStream().write(bytes, offset, length));
    byte[] chunk = new byte[8192];
    ServerDemand demand = opening.start();
    while (!(demand instanceof ServerDemand.Ready)) {
      if (demand instanceof ServerDemand.Failed failed) {
        throw new IOException(failed.reason());
      }
      if (demand instanceof ServerDemand.StartTls) {
        SSLSocket encrypted = handshake(plain, server, tls);
        socket[0] = encrypted;
        demand = opening.tlsStarted(EndPoint.of(encrypted.getSession()));
      } else {
        int read = socket[0].getInputStream().read(chunk);
        if (read < 0) {
          throw new IOException("the server closed the connection while Guard logged in");
        }
        demand = opening.bytes(chunk, 0, read);
      }
    }
    return new OwnConnection(
        socket[0],
        new DataInputStream(new BufferedInputStream(socket[0].getInputStream(), 64 << 10)));
  }

  private static SSLSocket handshake(Socket plain, ServerAddress address, ServerTls tls)
      throws IOException {
    SSLSocket socket =
        (SSLSocket)
            tls.context()
                .getSocketFactory()
                .createSocket(plain, address.host(), address.port(), true);
    socket.setSSLParameters(tls.parameters(socket.getSSLParameters()));
    socket.startHandshake();
    return socket;
  }

  /** Runs one text and passes its rows on. */
  void forEachRow(String sql, Consumer<CatalogRow> row) {
    ServerMessage error;
    try {
      write(new Query(sql));
      error = answers(row);
    } catch (IOException | MalformedMessageException e) {
      sound = false;
      throw new CatalogUnavailableException(
          "the server did not answer Guard's own query: " + e.getMessage(), e);
    } catch (RuntimeException e) {
      sound = false; // rows of it may still be on their way
      throw e;
    }
    if (error != null) {
      throw new CatalogUnavailableException(
          "the server did not answer Guard's own query: " + error.field('M'));
    }
  }

  private @Nullable ServerMessage answers(Consumer<CatalogRow> row) throws IOException {
    ServerMessage error = null;
    MessageReader reader = new MessageReader();
    byte[] header = new byte[5];
    while (true) {
      in.readFully(header);
      int length = Bytes.int32(header, 1) - 4;
      if (length < 0 || length > WireLimits.DEFAULT.data()) {
        throw MalformedMessageException.violation("a message", "a length of " + length);
      }
      byte[] body = in.readNBytes(length);
      if (body.length < length) {
        throw new IOException("the server closed the connection");
      }
      reader.over("answer", body, 0, length);
      switch (header[0]) {
        case 'D' -> {
          byte[] @Nullable [] values = DataRow.decode(reader).values();
          row.accept(position -> text(values[position]));
        }
        case 'E' -> error = ErrorResponse.decode(reader).message();
        case 'Z' -> {
          status = ReadyForQuery.decode(reader).status();
          return error;
        }
        case 'G', 'H', 'W' ->
            throw MalformedMessageException.violation("an answer", "COPY was not asked for");
        default -> {} // descriptions, tags and notices say nothing that is needed here
      }
    }
  }

  private static @Nullable String text(byte @Nullable [] value) {
    return value == null ? null : new String(value, StandardCharsets.UTF_8);
  }

  private void write(Message message) throws IOException {
    socket.getOutputStream().write(message.toByteArray());
  }

  /** Whether the server answers a text that does nothing. */
  boolean answers() {
    try {
      forEachRow("", row -> {});
      return true;
    } catch (CatalogUnavailableException e) {
      LOG.debug("one of Guard's own connections is gone", e);
      return false;
    }
  }

  /** Whether the next caller may use it. */
  boolean isSound() {
    return sound && status == 'I';
  }

  void close() {
    try {
      write(new Terminate());
    } catch (IOException e) {
      LOG.debug("the server went before one of Guard's own connections ended", e);
    }
    try {
      socket.close();
    } catch (IOException e) {
      LOG.debug("closing one of Guard's own connections", e);
    }
  }
}
