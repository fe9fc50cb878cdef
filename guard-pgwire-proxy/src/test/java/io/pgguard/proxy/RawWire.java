package io.pgguard.proxy;

import io.pgguard.pgwire.message.Message;
import io.pgguard.pgwire.message.MessageReader;
import io.pgguard.pgwire.message.MessageWriter;
import io.pgguard.pgwire.message.PasswordMessage;
import io.pgguard.pgwire.message.StartupMessage;
import io.pgguard.pgwire.opening.server.SaslMechanisms;
import io.pgguard.proxy.database.OngresScram;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A client that says just what it is told to. */
final class RawWire implements AutoCloseable {
  private final Socket socket;
  private final DataInputStream in;

  /** One message of the server; type 0 at the end of the connection. */
  record Said(char type, byte[] body) {
    MessageReader reader() {
      return new MessageReader().over("message " + type, body, 0, body.length);
    }

    String text() {
      return new String(body, StandardCharsets.UTF_8);
    }
  }

  RawWire(Socket socket) throws IOException {
    this.socket = socket;
    this.in = new DataInputStream(socket.getInputStream());
  }

  static RawWire plain(int port) throws IOException {
    Socket socket = new Socket("127.0.0.1", port);
    socket.setSoTimeout(20_000);
    socket.setTcpNoDelay(true);
    return new RawWire(socket);
  }

  /** A client that has shown who it is; its key and ReadyForQuery are still to be read. */
  static RawWire loggedIn(int port, int version) throws IOException {
    RawWire client = plain(port);
    client.logIn(version);
    return client;
  }

  /** A client that was let in. */
  static RawWire ready(int port) throws IOException {
    RawWire client = loggedIn(port, StartupMessage.VERSION_3_0);
    client.await('Z');
    return client;
  }

  void logIn(int version) throws IOException {
    startup(version, "ana");
    SaslMechanisms.Exchange exchange =
        new OngresScram().begin(List.of("SCRAM-SHA-256"), GuardedProxy.PASSWORD, null);
    await('R');
    sasl(exchange.mechanism(), exchange.first());
    String first = await('R').text().substring(4);
    answer(exchange.answer(first).getBytes(StandardCharsets.UTF_8));
    exchange.verify(await('R').text().substring(4));
  }

  Socket socket() {
    return socket;
  }

  void send(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    socket.getOutputStream().flush();
  }

  void send(Message... messages) throws IOException {
    MessageWriter out = new MessageWriter();
    for (Message message : messages) {
      message.encode(out);
    }
    send(out.toByteArray());
  }

  void startup(int version, String user) throws IOException {
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put("user", user);
    parameters.put("database", "shop");
    send(new StartupMessage(version, parameters));
  }

  void answer(byte[] data) throws IOException {
    send(new PasswordMessage(data));
  }

  void sasl(String mechanism, String first) throws IOException {
    byte[] bytes = first.getBytes(StandardCharsets.UTF_8);
    answer(new MessageWriter().text(mechanism).int32(bytes.length).bytes(bytes).toByteArray());
  }

  /** The next byte; -1 at the end. */
  int readByte() throws IOException {
    return in.read();
  }

  Said read() throws IOException {
    int type = in.read();
    if (type < 0) {
      return new Said('\0', new byte[0]);
    }
    byte[] body = new byte[in.readInt() - 4];
    in.readFully(body);
    return new Said((char) type, body);
  }

  /** The next message of a type; what comes before it is dropped. */
  Said await(char type) throws IOException {
    while (true) {
      Said said = read();
      if (said.type() == type) {
        return said;
      }
      if (said.type() == '\0') {
        throw new IOException("the connection ended before a message of type " + type);
      }
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
