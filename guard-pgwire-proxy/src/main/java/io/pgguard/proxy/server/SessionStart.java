package io.pgguard.proxy.server;

import io.pgguard.Guard;
import io.pgguard.identity.Principal;
import io.pgguard.identity.Standing;
import io.pgguard.policy.Limits;
import io.pgguard.policy.Policy;
import io.pgguard.proxy.database.ServedDatabase;
import io.pgguard.proxy.login.RefusedSettingException;
import io.pgguard.proxy.login.StartupSettings;
import io.pgguard.session.SessionRequest;
import java.net.InetAddress;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a session starts with at a server: what the policy and Guard set, what the client asks for
 * as far as it may, and who it is. Immutable.
 *
 * @param asked the parameters of the client's startup packet
 * @param client the client's address, or null where it has none
 */
record SessionStart(
    Guard guard,
    Principal principal,
    Standing standing,
    Map<String, String> asked,
    @Nullable InetAddress client) {
  /** A backend that runs something ends so long after the proxy's process was killed. */
  private static final String LOOKS_EVERY = "5s";

  /**
   * The parameters of the startup packet for one server. May wait for its catalog.
   *
   * @throws RefusedSettingException when the client asks for what it may not set
   */
  Map<String, String> settings(ServedDatabase database, ServedDatabase.Server server)
      throws RefusedSettingException {
    SessionRequest asking =
        new SessionRequest(principal, "proxy", server.access(), standing.role(), Map.of(), () -> {})
            .between(client, database.environment());
    Map<String, String> settings = new LinkedHashMap<>();
    if (guard.policy().mode() == Policy.Mode.ENFORCE) {
      Limits limits = guard.policy().limits();
      time(settings, "statement_timeout", limits.statementTime());
      time(settings, "idle_in_transaction_session_timeout", limits.idleTime());
    }
    settings.put("client_encoding", "UTF8");
    settings.put("extra_float_digits", "1"); // what it is reset to shows each float whole
    if (server.access().looksForClients()) {
      settings.put("client_connection_check_interval", LOOKS_EVERY);
    }
    settings.putAll(StartupSettings.judged(asked, text -> guard.explain(asking, text)));
    settings.putAll(identity(settings.getOrDefault("application_name", "")));
    settings.putAll(standing.settings());
    if (!standing.role().equals(database.user())) {
      settings.put("role", standing.role());
    }
    settings.put("user", database.user());
    settings.put("database", database.database());
    return settings;
  }

  private static void time(Map<String, String> settings, String name, @Nullable Duration limit) {
    if (limit != null) {
      settings.put(name, limit.toMillis() + "ms");
    }
  }

  /** Who asks, as row policies and the server's own views may see it. */
  private Map<String, String> identity(String application) {
    Map<String, String> settings = new LinkedHashMap<>();
    String subject = principal.subject();
    settings.put("guard.principal", subject);
    settings.put("guard.agent", Objects.requireNonNullElse(principal.agent(), ""));
    settings.put("application_name", application.isEmpty() ? "guard: " + subject : application);
    return settings;
  }
}
