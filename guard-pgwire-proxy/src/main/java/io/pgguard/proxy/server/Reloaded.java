package io.pgguard.proxy.server;

import io.pgguard.GuardConfig;
import io.pgguard.GuardConfigException;
import io.pgguard.ProxyConfig;
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
    static Parts read(GuardConfig config, ProxyConfig proxy) {
      ProxyConfig.Tls tls = proxy.tls();
      return new Parts(
          Logins.read(config, proxy), tls == null ? null : OwnTls.read(tls, config.directory()));
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
