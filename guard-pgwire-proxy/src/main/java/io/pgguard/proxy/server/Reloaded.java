package io.pgguard.proxy.server;

import io.pgguard.GuardConfig;
import io.pgguard.GuardConfigException;
import io.pgguard.ProxyConfig;
import io.pgguard.identity.DenyList;
import io.pgguard.proxy.login.Logins;
import org.jspecify.annotations.Nullable;

/**
 * What can be read anew while clients are served: accounts, keys of tokens, Guard's certificate.
 * Thread-safe.
 */
final class Reloaded {
  private volatile Parts parts;

  /** All of it, read at one time. */
  record Parts(Logins logins, @Nullable OwnTls tls) {

    /**
     * @throws GuardConfigException when it cannot be used
     */
    static Parts read(GuardConfig config, ProxyConfig proxy, DenyList denied) {
      return with(Logins.read(config, proxy, denied), config, proxy);
    }

    /**
     * Reads it all and asks no issuer of tokens.
     *
     * @throws GuardConfigException when it cannot be used
     */
    static Parts check(GuardConfig config, ProxyConfig proxy) {
      return with(Logins.check(config, proxy), config, proxy);
    }

    private static Parts with(Logins logins, GuardConfig config, ProxyConfig proxy) {
      ProxyConfig.Tls tls = proxy.tls();
      return new Parts(logins, tls == null ? null : OwnTls.read(tls, config.directory()));
    }
  }

  Reloaded(Parts parts) {
    this.parts = parts;
  }

  Parts current() {
    return parts;
  }

  void replace(Parts read) {
    parts = read;
  }
}
