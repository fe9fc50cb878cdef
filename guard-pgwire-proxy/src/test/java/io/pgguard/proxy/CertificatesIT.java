package io.pgguard.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pgguard.GuardConfig;
import io.pgguard.GuardConfigException;
import io.pgguard.pgwire.message.Query;
import io.pgguard.pgwire.message.StartupMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Certificates of clients, and Guard's own at a database that takes nothing else. */
class CertificatesIT {
  private static final String PROXY =
      """
          - { name: cert_etl, subject: etl@example.com, groups: [analysts], certificate: "etl.example.com" }
          - { name: cert_whole, groups: [analysts], certificate: "CN=etl.example.com, O=Example" }
          - { name: cert_other, groups: [analysts], certificate: "other.example.com" }
        tls: { certificate: server.crt, key: server.key, required: false, clientCa: client.crt }
        certificateNames: "cert_*"
      """
          .indent(0);

  @TempDir static Path directory;
  private static OwnServer server;
  private static GuardedProxy guarded;
  private static TestCertificate own;
  private static TestCertificate client;
  private static TestCertificate stranger;

  @BeforeAll
  static void start() throws Exception {
    Path folder = Files.createDirectories(directory.resolve("guard"));
    server = new OwnServer(directory.resolve("data"));
    own = new TestCertificate(folder);
    client = new TestCertificate(folder, "client", "CN=etl.example.com, O=Example");
    stranger = new TestCertificate(folder, "stranger", "CN=etl.example.com, O=Example");
    guarded = new GuardedProxy(server.postgres(), "certificates", folder, "", PROXY);
  }

  @AfterAll
  static void stop() throws SQLException, IOException {
    guarded.close();
    server.close();
  }

  /** What a client with a certificate, or without one, is told: the type of the last message. */
  private static String login(String user, @Nullable TestCertificate certificate) throws Exception {
    try (RawWire wire = new RawWire(own.requested(guarded.port(), certificate))) {
      wire.startup(StartupMessage.VERSION_3_0, user);
      RawWire.Said said = wire.read();
      if (said.type() == 'E') {
        return said.text();
      }
      assertEquals(0, said.reader().int32(), "nothing more is asked");
      wire.await('Z');
      wire.send(new Query("SELECT 'by ' || current_setting('guard.principal')"));
      String row = wire.await('D').text();
      return row.substring(row.indexOf("by "));
    }
  }

  @Test
  void clientWithItsCertificate_isLetInAndNobodyElseIs() throws Exception {
    assertEquals("by etl@example.com", login("cert_etl", client));
    assertEquals("by cert_whole", login("cert_whole", client));
    String bland = "certificate authentication failed for user \"cert_%s\"";
    for (String name : List.of("other", "nobody")) {
      String told = login("cert_" + name, client);
      assertTrue(told.contains("C28000") && told.contains(bland.formatted(name)), told);
    }
    assertTrue(login("cert_etl", null).contains(bland.formatted("etl")));
    try (RawWire wire = RawWire.plain(guarded.port())) {
      wire.startup(StartupMessage.VERSION_3_0, "cert_etl");
      assertTrue(wire.read().text().contains(bland.formatted("etl")), "without TLS");
    }
    assertThrows(IOException.class, () -> login("cert_etl", stranger), "another authority");
  }

  @Test
  void certificateIsNoPasswordAccount() throws Exception {
    try (RawWire wire = new RawWire(own.requested(guarded.port(), client))) {
      wire.startup(StartupMessage.VERSION_3_0, "ana");
      assertEquals(10, wire.read().reader().int32(), "asked for SCRAM all the same");
    }
  }

  @Test
  void databaseThatAsksForACertificate_getsGuardsOwn() throws Exception {
    Path data = directory.resolve("data");
    for (String name : List.of("server.crt", "server.key", "client.crt")) {
      Files.copy(directory.resolve("guard").resolve(name), data.resolve(name));
      Files.setPosixFilePermissions(
          data.resolve(name), PosixFilePermissions.fromString("rw-------"));
    }
    String usual = Files.readString(data.resolve("pg_hba.conf"));
    Files.writeString(
        data.resolve("pg_hba.conf"),
        "hostssl all "
            + guarded.agent()
            + " 127.0.0.1/32 cert map=guard\n"
            + "host all "
            + guarded.agent()
            + " all reject\n"
            + usual);
    Files.writeString(
        data.resolve("pg_ident.conf"), "guard etl.example.com " + guarded.agent() + "\n");
    try (Connection direct = guarded.direct();
        Statement statement = direct.createStatement()) {
      statement.execute("ALTER SYSTEM SET ssl_ca_file = 'client.crt'");
      statement.execute("ALTER SYSTEM SET ssl = on");
      statement.execute("SELECT pg_reload_conf()");
    }
    guarded.stopProxy();
    String config = Files.readString(directory.resolve("guard/guard.yaml"));
    String word = "password: { value: agent-secret }";
    try {
      Files.writeString(
          directory.resolve("guard/guard.yaml"),
          config.replace(
              word,
              "tls: verify-full, tlsCa: server.crt, tlsCertificate: client.crt, tlsKey: client.key"));
      guarded.startProxy();
      try (Connection connection = guarded.connect("");
          Statement statement = connection.createStatement()) {
        assertTrue(statement.execute("SELECT count(*) FROM customers"));
      }
      guarded.stopProxy();
      Files.writeString(
          directory.resolve("guard/guard.yaml"),
          config.replace(word, "tls: verify-full, tlsCa: server.crt"));
      guarded.startProxy();
      assertThrows(SQLException.class, () -> guarded.connect(""));
    } finally {
      Files.writeString(directory.resolve("guard/guard.yaml"), config);
      Files.writeString(data.resolve("pg_hba.conf"), usual);
    }
  }

  @Test
  void certificateThatCannotBeRead_isNamed() throws Exception {
    Path file = directory.resolve("guard/wrong.yaml");
    String config = Files.readString(directory.resolve("guard/guard.yaml"));
    Files.writeString(
        file,
        config.replace(
            "password: { value: agent-secret }",
            "tls: require, tlsCertificate: nobody.crt, tlsKey: nobody.key"));
    GuardConfigException told =
        assertThrows(GuardConfigException.class, () -> Proxy.check(GuardConfig.read(file)));
    assertTrue(String.valueOf(told.getMessage()).contains("nobody.crt"), told.getMessage());
  }
}
