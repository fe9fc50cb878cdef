package io.pgguard.session;

import io.pgguard.catalog.Catalog;
import io.pgguard.catalog.DatabaseAccess;
import io.pgguard.judge.Perspective;
import io.pgguard.judge.Unseen;
import io.pgguard.lineage.SessionObjects;
import io.pgguard.memory.SearchPathSetting;
import io.pgguard.policy.Circumstances;
import io.pgguard.policy.Policy;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Opens sessions, and keeps what sessions on one database share. Thread-safe. */
public final class Sessions implements AutoCloseable {
  private final SessionServices services;
  private final Duration catalogRefresh;
  private final Map<String, Database> databases = new ConcurrentHashMap<>();
  private final Set<LiveSession> open = ConcurrentHashMap.newKeySet();

  /**
   * @param services what every session uses
   * @param catalogRefresh how often each catalog is looked at
   */
  public Sessions(SessionServices services, Duration catalogRefresh) {
    this.services = services;
    this.catalogRefresh = catalogRefresh;
    services.denied().onChange(this::lookWhetherRevoked);
  }

  /**
   * Opens a session. It is in the audit log when this returns.
   *
   * @throws io.pgguard.audit.AuditUnavailableException when it cannot be logged
   * @throws io.pgguard.catalog.CatalogUnavailableException when the catalog cannot be read
   * @throws SessionClosedException when the connection's settings are not as Guard needs them
   */
  public GuardSession open(SessionRequest request) {
    Database database = database(request.access());
    database.catalog();
    String reported = request.parameters().get("search_path");
    String path = reported == null ? database.defaultSearchPath() : reported;
    LiveSession session = new LiveSession(services, database, request, path, open::remove);
    open.add(session);
    return session;
  }

  /** Ends the sessions of who is revoked now. */
  private void lookWhetherRevoked() {
    open.forEach(LiveSession::lookWhetherRevoked);
  }

  /** What Guard would make of a text, without running it. */
  public Explanation explain(SessionRequest request, String text) {
    Database database = database(request.access());
    Policy policy = services.policy().current();
    Catalog catalog = database.catalog();
    Perspective perspective =
        new Perspective(
            catalog,
            policy,
            request.principal(),
            Circumstances.of(
                policy,
                request.surroundings(services.environment()),
                null,
                services.clock().instant()),
            database.protections(catalog, policy, request.principal()),
            SearchPathSetting.resolve(database.defaultSearchPath(), request.role()),
            SessionObjects.NONE,
            Map.of(),
            Unseen.NOTHING);
    return Explanation.of(database.plan(text, perspective));
  }

  private Database database(DatabaseAccess access) {
    return databases.computeIfAbsent(
        access.user() + "@" + access.address(), key -> new Database(access, catalogRefresh));
  }

  /** Closes the catalogs and Guard's own connections. Idempotent. */
  @Override
  public void close() {
    databases.values().forEach(Database::close);
    databases.clear();
  }
}
