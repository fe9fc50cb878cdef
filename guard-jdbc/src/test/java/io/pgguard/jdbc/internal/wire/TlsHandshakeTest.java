package io.pgguard.jdbc.internal.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsHandshakeTest {
  private static final char[] PASSWORD = "changeit".toCharArray();

  @TempDir static Path directory;
  private static Path certificate;
  private static SSLContext server;
  private static ExecutorService threads;

  @BeforeAll
  static void makeCertificate() throws Exception {
    Path store = directory.resolve("server.p12");
    certificate = directory.resolve("server.pem");
    keytool(
        "-genkeypair",
        "-alias",
        "s",
        "-keyalg",
        "EC",
        "-dname",
        "CN=localhost",
        "-ext",
        "san=dns:localhost",
        "-validity",
        "2",
        "-keystore",
        store.toString());
    keytool(
        "-exportcert",
        "-rfc",
        "-alias",
        "s",
        "-file",
        certificate.toString(),
        "-keystore",
        store.toString());
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, PASSWORD);
    }
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(keys, PASSWORD);
    server = SSLContext.getInstance("TLS");
    server.init(managers.getKeyManagers(), null, null);
    threads = Executors.newCachedThreadPool();
  }

  private static void keytool(String... arguments) throws Exception {
    java.util.List<String> command = new java.util.ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(java.util.List.of(arguments));
    command.addAll(java.util.List.of("-storepass", new String(PASSWORD), "-storetype", "PKCS12"));
    assertEquals(0, new ProcessBuilder(command).inheritIO().start().waitFor());
  }

  @AfterAll
  static void stop() {
    threads.shutdownNow();
  }

  /** Connects once to a server that answers SSLRequest with a byte, then speaks TLS or not. */
  private static void connect(String host, ServerTls tls, char answer) throws Exception {
    try (ServerSocket listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      threads.submit(() -> serve(listening, answer));
      try (Socket plain = new Socket(listening.getInetAddress(), listening.getLocalPort())) {
        plain.setSoTimeout(10_000);
        SSLSocket socket = TlsHandshake.over(plain, host, listening.getLocalPort(), tls);
        assertEquals('!', socket.getInputStream().read());
      }
    }
  }

  private static Void serve(ServerSocket listening, char answer) throws IOException {
    try (Socket plain = listening.accept()) {
      assertEquals(8, plain.getInputStream().readNBytes(8).length);
      plain.getOutputStream().write(answer);
      if (answer == 'S') {
        SSLSocket socket =
            (SSLSocket) server.getSocketFactory().createSocket(plain, null, plain.getPort(), false);
        socket.setUseClientMode(false);
        socket.startHandshake();
        socket.getOutputStream().write('!');
        socket.getInputStream().read();
      }
    }
    return null;
  }

  private static ServerTls tls(ServerTls.Mode mode) {
    return new ServerTls(mode, certificate);
  }

  @Test
  void aKnownAuthority_isAccepted() throws Exception {
    connect("localhost", tls(ServerTls.Mode.VERIFY_FULL), 'S');
    connect("127.0.0.1", tls(ServerTls.Mode.VERIFY_CA), 'S');
    connect("127.0.0.1", new ServerTls(ServerTls.Mode.REQUIRE, null), 'S');
  }

  @Test
  void anotherHost_isRefusedByVerifyFull() {
    assertThrows(
        IOException.class, () -> connect("127.0.0.1", tls(ServerTls.Mode.VERIFY_FULL), 'S'));
  }

  @Test
  void anUnknownAuthority_isRefused() {
    assertThrows(
        IOException.class,
        () -> connect("localhost", new ServerTls(ServerTls.Mode.VERIFY_CA, null), 'S'));
  }

  @Test
  void aServerWithoutTls_isSaid() {
    IOException failed =
        assertThrows(
            IOException.class, () -> connect("localhost", tls(ServerTls.Mode.REQUIRE), 'N'));
    assertTrue(failed.toString().contains("does not offer TLS"), failed.toString());
  }
}
