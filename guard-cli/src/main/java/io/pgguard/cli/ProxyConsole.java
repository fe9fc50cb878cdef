package io.pgguard.cli;

import io.pgguard.console.Console;
import io.pgguard.console.Explaining;
import io.pgguard.identity.Principal;
import io.pgguard.proxy.Proxy;
import io.pgguard.session.Explanation;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;

/** The console of a proxy. */
final class ProxyConsole {
  private ProxyConsole() {}

  /** Starts it and prints where it is; the proxy does not stay open when that fails. */
  static Console start(Proxy proxy, PrintWriter out) {
    try {
      Console console = Console.start(proxy.guard(), explaining(proxy));
      out.println("guard: console at " + console.url());
      console.loginLink().ifPresent(link -> out.println("guard: log in once with " + link));
      return console;
    } catch (RuntimeException e) {
      proxy.close();
      throw e;
    }
  }

  private static Explaining explaining(Proxy proxy) {
    return new Explaining() {
      @Override
      public List<String> databases() {
        return proxy.databases();
      }

      @Override
      public Optional<Explanation> explain(String database, Principal principal, String text) {
        return proxy.explain(database, principal, text);
      }
    };
  }
}
