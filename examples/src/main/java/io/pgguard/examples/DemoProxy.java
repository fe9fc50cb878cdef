package io.pgguard.examples;

import io.pgguard.GuardConfig;
import io.pgguard.pgwire.opening.client.ScramVerifier;
import io.pgguard.proxy.Proxy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Base64;

/** The wire proxy in front of the demo's database, with one service account. */
final class DemoProxy implements AutoCloseable {
  private static final String USER = "ana";

  private final Proxy proxy;
  private final String password;

  private DemoProxy(Proxy proxy, String password) {
    this.proxy = proxy;
    this.password = password;
  }

  /** Starts it at a port that is free, with a password that was made just now. */
  static DemoProxy start(DemoDatabase database, Path directory) throws IOException {
    SecureRandom random = new SecureRandom();
    byte[] secret = new byte[15];
    byte[] salt = new byte[16];
    random.nextBytes(secret);
    random.nextBytes(salt);
    String password = Base64.getUrlEncoder().encodeToString(secret);
    Path file = directory.resolve("proxy.yaml");
    Files.writeString(
        file,
        """
        version: 1
        database: { user: agent_ro, password: { value: agent-secret } }
        policy: policy.yaml
        audit: { directory: audit-proxy }
        recording: { directory: recordings-proxy }
        approval: { wait: 20s }
        proxy:
          listen: ["127.0.0.1:0"]
          databases:
            - { name: demo, servers: ["%s"], database: "%s" }
          accounts:
            - { name: %s, subject: ana@example.com, groups: [analysts], agent: report-writer,
                verifier: { value: "%s" } }
        """
            .formatted(
                database.address(),
                database.name(),
                USER,
                ScramVerifier.of(password, salt, 4096).text()));
    return new DemoProxy(Proxy.start(GuardConfig.read(file)), password);
  }

  private int port() {
    return proxy.addresses().get(0).getPort();
  }

  /**
   * A connection of a plain PostgreSQL driver: it knows nothing of Guard. It puts its settings into
   * the startup packet, since the demo's policy has no rule for SET.
   */
  Connection connect() throws SQLException {
    return DriverManager.getConnection(
        "jdbc:postgresql://127.0.0.1:" + port() + "/demo?assumeMinServerVersion=12",
        USER,
        password);
  }

  /** A line for a shell. */
  String psql() {
    return "PGPASSWORD=" + password + " psql -h 127.0.0.1 -p " + port() + " -U " + USER + " demo";
  }

  @Override
  public void close() {
    proxy.close();
  }
}
