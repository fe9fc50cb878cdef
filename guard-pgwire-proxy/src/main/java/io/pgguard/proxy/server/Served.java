package io.pgguard.proxy.server;

import io.pgguard.Guard;
import io.pgguard.ProxyConfig;
import io.pgguard.proxy.database.ServedDatabase;
import io.pgguard.proxy.login.FailedLogins;
import io.pgguard.proxy.login.Logins;
import io.pgguard.proxy.metrics.ProxyMetrics;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What every connection of the proxy shares. Thread-safe as its parts are.
 *
 * @param databases by the name that clients ask for
 */
record Served(
    Guard guard,
    ProxyConfig config,
    Map<String, ServedDatabase> databases,
    Reloaded reloaded,
    BackConnector connector,
    Workers workers,
    Cancels cancels,
    Places places,
    Balancers balancers,
    FailedLogins failedLogins,
    LiveSessions live,
    ProxyMetrics metrics) {

  CancelKeys keys() {
    return cancels.keys();
  }

  /** How clients log in, as it was read last. */
  Logins logins() {
    return reloaded.current().logins();
  }

  /** Guard's own certificate, as it was read last; null without TLS. */
  @Nullable OwnTls tls() {
    return reloaded.current().tls();
  }
}
