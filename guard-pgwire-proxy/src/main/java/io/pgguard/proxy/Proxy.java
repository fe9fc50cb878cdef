package io.pgguard.proxy;

import io.pgguard.Guard;
import io.pgguard.GuardConfig;
import io.pgguard.GuardConfigException;
import io.pgguard.ProxyConfig;
import io.pgguard.identity.Principal;
import io.pgguard.proxy.server.ProxyServer;
import io.pgguard.session.Explanation;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The wire proxy: clients connect to it as to a PostgreSQL server, and every statement and result
 * passes a guarded session. Thread-safe.
 */
public final class Proxy implements AutoCloseable {
  private final Guard guard;
  private final ProxyServer server;

  private Proxy(Guard guard, ProxyServer server) {
    this.guard = guard;
    this.server = server;
  }

  /**
   * Opens Guard and listens. Nothing stays open when it fails.
   *
   * @throws GuardConfigException when the configuration or the policy cannot be used
   * @throws io.pgguard.audit.AuditUnavailableException when the audit log cannot be written
   */
  public static Proxy start(GuardConfig config) {
    ProxyConfig proxy = proxy(config);
    Guard guard = Guard.open(config);
    try {
      return new Proxy(guard, ProxyServer.start(guard, proxy));
    } catch (RuntimeException e) {
      guard.close();
      throw e;
    }
  }

  /**
   * Reads all that a start would read, and starts nothing.
   *
   * @throws GuardConfigException when it cannot be used
   */
  public static void check(GuardConfig config) {
    ProxyServer.check(config, proxy(config));
  }

  private static ProxyConfig proxy(GuardConfig config) {
    ProxyConfig proxy = config.proxy();
    if (proxy == null) {
      throw new GuardConfigException("the configuration has no key proxy: there is none to start");
    }
    return proxy;
  }

  /** Where it listens, in the configuration's order. */
  public List<InetSocketAddress> addresses() {
    return server.addresses();
  }

  /** Where health and metrics are; empty where the configuration names no address. */
  public Optional<InetSocketAddress> healthAddress() {
    return Optional.ofNullable(server.healthAddress());
  }

  /**
   * Reads accounts, keys of tokens and the certificate anew; the policy is looked at by itself.
   * What else the configuration says takes a restart.
   *
   * @throws GuardConfigException when it cannot be used; then all stays as it was
   */
  public void reload(GuardConfig config) {
    server.reload(config, proxy(config));
  }

  /**
   * Takes no more clients, lets what runs finish, and ends each session when it is idle.
   *
   * @return whether all of them ended in time; {@link #close} ends the rest
   */
  public boolean drain(Duration atMost) {
    return server.drain(atMost);
  }

  /** Its Guard. */
  public Guard guard() {
    return guard;
  }

  /** The databases that it serves, by the addresses that sessions on them have. */
  public List<String> databases() {
    return server.databases();
  }

  /**
   * What Guard would make of a text in one of them, without running it. May wait for the server.
   *
   * @param database its address, as {@code host:port/name}, or its name where no other has it
   * @return empty where it is not served
   * @throws io.pgguard.catalog.CatalogUnavailableException when its catalog cannot be read
   */
  public Optional<Explanation> explain(String database, Principal principal, String text) {
    return server.explain(database, principal, text);
  }

  /** Ends every session and Guard. Idempotent. */
  @Override
  public void close() {
    server.close();
    guard.close();
  }
}
