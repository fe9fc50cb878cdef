package io.pgguard.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pgguard.pgwire.message.MessageWriter;
import io.pgguard.pgwire.message.SSLRequest;
import io.pgguard.pgwire.message.StartupMessage;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** TLS with clients: by request and direct, and what is not TLS. */
class TlsIT {
  @TempDir static Path directory;
  private static GuardedProxy guarded;
  private static TestCertificate certificate;

  @BeforeAll
  static void start() throws Exception {
    certificate = new TestCertificate(directory);
    guarded =
        new GuardedProxy("tls", directory, "  tls: { certificate: server.crt, key: server.key }");
  }

  @AfterAll
  static void stop() throws SQLException {
    guarded.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "?sslmode=verify-full&channelBinding=require",
        "?sslmode=require&sslNegotiation=direct&channelBinding=require",
        "?sslmode=verify-full&channelBinding=disable",
      })
  void client_isServedOverTls(String parameters) throws SQLException {
    try (Connection connection =
            guarded.connect(parameters + "&sslrootcert=" + directory.resolve("server.crt"));
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery("SELECT ssn FROM customers WHERE id = 1")) {
      assertTrue(result.next());
      assertEquals("*******0001", result.getString(1));
    }
  }

  @Test
  void clientWithoutTls_isRefusedWhereItIsRequired() {
    SQLException refused =
        assertThrows(SQLException.class, () -> guarded.connect("?sslmode=disable"));
    assertEquals("28000", refused.getSQLState());
    assertTrue(String.valueOf(refused.getMessage()).contains("TLS"), refused.getMessage());
  }

  @Test
  void bytesBeforeTheHandshake_areNotReadAsIfTheyHadComeAfterIt() throws IOException {
    try (RawWire client = RawWire.plain(guarded.port())) {
      MessageWriter both = new MessageWriter();
      new SSLRequest().encode(both);
      new StartupMessage(StartupMessage.VERSION_3_0, Map.of("user", "ana")).encode(both);
      client.send(both.toByteArray());
      RawWire.Said said = client.read();
      assertEquals('E', said.type());
      assertTrue(said.text().contains("unencrypted data after SSL request"), said.text());
      assertEquals(-1, client.readByte());
    }
  }

  @Test
  void directTlsWithoutItsProtocolName_isClosed() throws Exception {
    for (String[] protocols : new String[][] {{}, {"h2"}}) {
      try (SSLSocket socket = certificate.direct(guarded.port(), protocols)) {
        boolean ended;
        try {
          socket.startHandshake();
          ended = socket.getInputStream().read() < 0;
        } catch (IOException e) {
          ended = true;
        }
        assertTrue(ended);
      }
    }
  }

  @Test
  void secondRequestForTls_isNoProtocol() throws Exception {
    try (SSLSocket socket = certificate.requested(guarded.port());
        RawWire client = new RawWire(socket)) {
      client.send(new SSLRequest());
      assertTrue(client.read().text().contains("unsupported frontend protocol 1234.5679"));
    }
  }
}
