package io.pgguard.proxy.server;

import io.pgguard.Guard;
import io.pgguard.ProxyConfig;
import io.pgguard.proxy.database.ServedDatabase;
import io.pgguard.proxy.login.Logins;
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
    Logins logins,
    @Nullable OwnTls tls,
    BackConnector connector,
    Workers workers,
    CancelKeys keys,
    Places places) {}
