package io.pgguard;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What the keys under {@code proxy} must be to each other. */
final class ProxyConfigRules {
  private static final int MOST_NODE = 127;

  private ProxyConfigRules() {}

  /**
   * Holds them against each other.
   *
   * @throws IllegalArgumentException when they do not fit; it names the key
   */
  static void check(ProxyConfig proxy) {
    nodes(proxy);
    certificates(proxy);
    unique("proxy.databases", proxy.databases().stream().map(ProxyConfig.Served::name).toList());
    unique("proxy.accounts", proxy.accounts().stream().map(ProxyConfig.Account::name).toList());
    if (proxy.accounts().isEmpty() && proxy.tokens() == null) {
      throw new IllegalArgumentException(
          "proxy needs accounts or tokens, so that somebody can log in");
    }
    if (!proxy.accounts().isEmpty() && proxy.tokens() != null && proxy.accountNames() == null) {
      throw new IllegalArgumentException(
          "proxy.accountNames must say which user names log in with a password, as svc_*, since"
              + " there are accounts and tokens");
    }
  }

  private static void certificates(ProxyConfig proxy) {
    ProxyConfig.Tls tls = proxy.tls();
    boolean any = proxy.accounts().stream().anyMatch(a -> a.certificate() != null);
    boolean named = proxy.certificateNames() != null;
    boolean verified = tls != null && tls.clientCa() != null;
    if ((any || named) && !(named && verified)) {
      throw new IllegalArgumentException(
          "accounts that log in with a certificate need proxy.certificateNames, which says whose"
              + " user names do, and proxy.tls.clientCa, which says whose certificates are taken");
    }
  }

  private static void nodes(ProxyConfig proxy) {
    for (int each : proxy.peers().keySet()) {
      number("proxy.peers", each);
    }
    if (proxy.node() != 0 || !proxy.peers().isEmpty()) {
      number("proxy.node", proxy.node());
    }
  }

  private static void number(String key, int node) {
    if (node < 1 || node > MOST_NODE) {
      throw new IllegalArgumentException(
          key + ": a node has a number from 1 to " + MOST_NODE + ", not " + node);
    }
  }

  private static void unique(String key, List<String> names) {
    Set<String> seen = new HashSet<>();
    for (String name : names) {
      if (!seen.add(name)) {
        throw new IllegalArgumentException(key + " names " + name + " twice");
      }
    }
  }
}
