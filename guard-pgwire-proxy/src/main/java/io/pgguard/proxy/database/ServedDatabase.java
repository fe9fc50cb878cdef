package io.pgguard.proxy.database;

import io.pgguard.GuardConfig;
import io.pgguard.ProxyConfig;
import io.pgguard.Secret;
import io.pgguard.TargetSessionAttrs;
import java.util.List;
import java.util.Set;

/**
 * One database that clients may connect to: where it is, how it is reached, and what logs in there.
 * Thread-safe.
 */
public final class ServedDatabase {
  private final GuardConfig config;
  private final ProxyConfig.Served served;
  private final List<Server> servers;

  /**
   * One of its servers. What is decided of a session stands on the catalog of the server that it is
   * at, and of no other one: they are not the same at every moment.
   *
   * @param access Guard's own connections to this server
   */
  public record Server(ServerAddress address, ServerTls tls, OwnConnections access) {}

  /**
   * @throws io.pgguard.GuardConfigException when an address cannot be read or TLS not be set up
   */
  public ServedDatabase(GuardConfig config, ProxyConfig.Served served) {
    this.config = config;
    this.served = served;
    this.servers =
        served.servers().stream()
            .map(text -> ServerAddress.read("proxy.databases.servers", text))
            .map(this::server)
            .toList();
  }

  private Server server(ServerAddress address) {
    ServerTls tls = ServerTls.of(config, address.host());
    return new Server(address, tls, new OwnConnections(this, address, tls));
  }

  /** What clients ask for. */
  public String name() {
    return served.name();
  }

  /** Its name at the server. */
  public String database() {
    return served.database();
  }

  public List<Server> servers() {
    return servers;
  }

  /** Which of the servers a session takes. */
  public TargetSessionAttrs targetSessionAttrs() {
    return served.targetSessionAttrs();
  }

  public boolean acceptsPrivilegedRole() {
    return served.acceptPrivilegedRole();
  }

  /** Labels of its servers; empty for those of the whole configuration. */
  public Set<String> environment() {
    return served.environment();
  }

  /** The role that logs in. */
  public String user() {
    return config.database().user();
  }

  /**
   * The credential as its source has it now. May wait for that source.
   *
   * @throws io.pgguard.GuardConfigException when it cannot be read
   */
  public String password() {
    NeverOnALoop.check("reading a credential");
    Secret secret = config.database().password();
    return secret == null ? "" : secret.read(config.directory());
  }

  /** Closes Guard's own connections. Idempotent. */
  public void close() {
    servers.forEach(server -> server.access().close());
  }
}
