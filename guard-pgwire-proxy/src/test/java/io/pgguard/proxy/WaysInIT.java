package io.pgguard.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pgguard.GuardConfig;
import io.pgguard.GuardConfigException;
import io.pgguard.pgwire.message.StartupMessage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Where clients come from: a socket's file, a balancer that names them, an address that guesses.
 */
class WaysInIT {
  @TempDir Path directory;

  private GuardedProxy proxy(String more) throws SQLException, IOException {
    return new GuardedProxy("ways", directory, more);
  }

  private Path socket() {
    return directory.resolve(".s.PGSQL.6432");
  }

  private static byte[] startup(String user) {
    return new StartupMessage(StartupMessage.VERSION_3_0, Map.of("user", user, "database", "shop"))
        .toByteArray();
  }

  /** The type of the message that answers a startup packet. */
  private char first(Path file) throws IOException {
    try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      channel.connect(UnixDomainSocketAddress.of(file));
      channel.write(ByteBuffer.wrap(startup("ana")));
      ByteBuffer answer = ByteBuffer.allocate(1);
      channel.read(answer);
      return (char) answer.get(0);
    }
  }

  @Test
  void socketFile_takesClientsAndGoesWithTheProxy() throws Exception {
    String listen = "  listen: [\"127.0.0.1:0\", \"unix:" + socket() + "\"]";
    try (GuardedProxy guarded = proxy("").replaced("  listen: [\"127.0.0.1:0\"]", listen)) {
      assertEquals('R', first(socket()));
      assertEquals(1, guarded.proxy().addresses().size());
      Psql.require("psql");
      String asked =
          Psql.run(
              "host=" + directory + " port=6432 dbname=shop user=ana",
              GuardedProxy.PASSWORD,
              "SELECT ssn FROM customers WHERE id = 1;");
      assertTrue(asked.contains("0001") && !asked.contains(GuardedProxy.SSN), asked);
    }
    assertFalse(Files.exists(socket()));
  }

  @Test
  void whatLiesAtTheSocketsPath_staysUnlessNobodyListens() throws Exception {
    Files.writeString(socket(), "a file of somebody");
    String listen = "  listen: [\"unix:" + socket() + "\"]";
    try (GuardedProxy guarded = proxy("")) {
      guarded.proxy().close();
      GuardConfig config = guarded.changed("  listen: [\"127.0.0.1:0\"]", listen);
      GuardConfigException refused =
          assertThrows(GuardConfigException.class, () -> Proxy.start(config));
      assertTrue(String.valueOf(refused.getMessage()).contains("no socket"), refused.getMessage());
      assertEquals("a file of somebody", Files.readString(socket()));
      Files.delete(socket());
      try (ServerSocketChannel another = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
        another.bind(UnixDomainSocketAddress.of(socket()));
        assertThrows(GuardConfigException.class, () -> Proxy.start(config));
        assertTrue(Files.exists(socket()));
      }
    }
  }

  /** A header of version 2 that names a client (HAProxy's specification, 2.2). */
  private static byte[] header(String client) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(new byte[] {13, 10, 13, 10, 0, 13, 10, 'Q', 'U', 'I', 'T', 10});
    bytes.writeBytes(new byte[] {0x21, 0x11, 0, 12});
    bytes.writeBytes(InetAddress.getByName(client).getAddress());
    bytes.writeBytes(InetAddress.getByName("192.0.2.200").getAddress());
    bytes.writeBytes(new byte[] {0x10, 1, 0x15, 0x38});
    return bytes.toByteArray();
  }

  /** What a client that knows no password is told in the end. */
  private static RawWire.Said guess(int port, byte[] header) throws IOException {
    try (RawWire client = RawWire.plain(port)) {
      client.send(header);
      client.startup(StartupMessage.VERSION_3_0, "nobody");
      RawWire.Said said = client.read();
      if (said.type() == 'R') {
        client.sasl("SCRAM-SHA-256", "n,,n=,r=abcdefgh");
        String challenge = client.read().text();
        String nonce = challenge.substring(challenge.indexOf("r="), challenge.indexOf(",s="));
        String proof = "A".repeat(43) + "=";
        client.answer(("c=biws," + nonce + ",p=" + proof).getBytes(StandardCharsets.UTF_8));
        said = client.read();
      }
      return said;
    }
  }

  private static final String BALANCED =
      "  balancers: [\"127.0.0.0/8\"]\n"
          + "  limits: { failedLogins: 2, failedLoginsWithin: 1h, loginTime: 30s }";

  @Test
  void balancersHeader_saysWhoseFailuresTheyAre() throws Exception {
    try (GuardedProxy guarded = proxy(BALANCED)) {
      int port = guarded.port();
      for (int i = 0; i < 2; i++) {
        assertTrue(guess(port, header("192.0.2.1")).text().contains("C28P01"));
      }
      String locked = guess(port, header("192.0.2.1")).text();
      assertTrue(locked.contains("C28000") && locked.contains("from this address"), locked);
      assertTrue(guess(port, header("192.0.2.2")).text().contains("C28P01"));
      guarded.replaced("loginTime: 30s", "loginTime: 1s"); // whoever sends no header is waited for
      SQLException none = assertThrows(SQLException.class, () -> guarded.connect(""));
      assertFalse(String.valueOf(none.getMessage()).contains("password"), none.getMessage());
    }
  }

  @Test
  void header_isNotTakenFromAnywhereElse() throws Exception {
    try (GuardedProxy guarded = proxy("")) {
      assertEquals('\0', guess(guarded.port(), header("192.0.2.1")).type());
      try (Connection connection = guarded.connect("")) {
        assertTrue(connection.isValid(10));
      }
    }
  }
}
