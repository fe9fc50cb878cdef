package io.pgguard.corpus;

import io.pgguard.GuardConfig;
import io.pgguard.pgwire.message.Query;
import io.pgguard.pgwire.opening.client.ScramVerifier;
import io.pgguard.proxy.Proxy;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/**
 * The wire proxy in front of the corpus's database: one whose statements run as the schema's owner,
 * and one whose run as superuser. Immutable.
 */
final class ProxyEdges implements AutoCloseable {
  private static final String ACCOUNT = "corpus";
  private static final String PASSWORD = "corpus";

  private final RedteamDatabase database;
  private final Proxy owner;
  private final Proxy superuser;

  /**
   * @param directory an empty directory for configurations, logs and recordings
   * @param policy the corpus's policy
   */
  ProxyEdges(RedteamDatabase database, Path directory, Path policy) throws IOException {
    this.database = database;
    CorpusServer server = database.server();
    this.owner = start(directory, "owner", policy, RedteamDatabase.OWNER, RedteamDatabase.PASSWORD);
    try {
      this.superuser = start(directory, "superuser", policy, server.user(), server.password());
    } catch (IOException | RuntimeException e) {
      owner.close();
      throw e;
    }
  }

  private Proxy start(Path directory, String word, Path policy, String user, String password)
      throws IOException {
    byte[] salt = "a corpus's salt.".getBytes(StandardCharsets.UTF_8);
    Path file = directory.resolve(word + "-proxy.yaml");
    CorpusServer server = database.server();
    Files.writeString(
        file,
        """
        version: 1
        database: { user: "%s", password: { value: "%s" } }
        policy: "%s"
        audit: { directory: "%s", durability: os }
        recording: { directory: "%s" }
        approval: { wait: 1ms }
        proxy:
          listen: ["127.0.0.1:0"]
          databases:
            - { name: "%s", servers: ["%s:%d"], acceptPrivilegedRole: true }
          accounts:
            - { name: %s, subject: corpus@guard.test, verifier: { value: "%s" } }
        """
            .formatted(
                user,
                password,
                policy.toAbsolutePath().normalize(),
                directory.resolve(word + "-proxy-audit"),
                directory.resolve(word + "-proxy-recordings"),
                database.name(),
                server.host(),
                server.port(),
                ACCOUNT,
                ScramVerifier.of(PASSWORD, salt, 4096).text()));
    return Proxy.start(GuardConfig.read(file));
  }

  /** The proxy for a line. */
  WireAddress address(boolean asSuperuser) {
    int port = (asSuperuser ? superuser : owner).addresses().get(0).getPort();
    return new WireAddress("127.0.0.1", port, ACCOUNT, PASSWORD, database.name());
  }

  /** The server itself, for the same line. */
  WireAddress direct(boolean asSuperuser) {
    CorpusServer server = database.server();
    return new WireAddress(
        server.host(),
        server.port(),
        asSuperuser ? server.user() : RedteamDatabase.OWNER,
        asSuperuser ? server.password() : RedteamDatabase.PASSWORD,
        database.name());
  }

  /** A proxy that lets nobody in stops everything, and would show nothing. */
  void answer() throws SQLException, IOException {
    for (boolean asSuperuser : new boolean[] {false, true}) {
      try (WireClient client = new WireClient(address(asSuperuser), Map.of())) {
        client.send(new Query("SELECT count(*) FROM orders"));
        List<Answer> answers = client.answers();
        if (answers.get(0).rows.size() != 1) {
          throw new IOException("the proxy answers nothing: " + answers.get(0).summary());
        }
      }
    }
  }

  @Override
  public void close() {
    owner.close();
    superuser.close();
  }
}
