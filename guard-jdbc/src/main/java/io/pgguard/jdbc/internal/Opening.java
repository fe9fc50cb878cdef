package io.pgguard.jdbc.internal;

import io.pgguard.Guard;
import io.pgguard.GuardConfigException;
import io.pgguard.GuardContext;
import io.pgguard.audit.AuditUnavailableException;
import io.pgguard.catalog.CatalogUnavailableException;
import io.pgguard.identity.NoStandingException;
import io.pgguard.identity.Principal;
import io.pgguard.identity.Standing;
import io.pgguard.jdbc.TokenSupplier;
import io.pgguard.jdbc.internal.wire.GuardedConnections;
import io.pgguard.jdbc.internal.wire.GuardedConnections.Target;
import io.pgguard.policy.Limits;
import io.pgguard.policy.Policy;
import io.pgguard.session.Explanation;
import io.pgguard.session.GuardSession;
import io.pgguard.session.SessionRequest;
import io.pgguard.wording.DriverWording;
import io.pgguard.wording.RuleWording;
import java.lang.ref.WeakReference;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.postgresql.jdbc.PgConnection;
import org.postgresql.util.PSQLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens a guarded connection: configuration, principal, server, session, in this order; nothing
 * stays half open.
 */
public final class Opening {
  private static final Logger LOG = LoggerFactory.getLogger(Opening.class);

  private Opening() {}

  /**
   * Opens a guarded connection.
   *
   * @throws SQLException in one clear sentence: a wrong property, an unreadable configuration or
   *     policy, an unreachable server, an audit log that takes no entries
   */
  public static GuardedConnection open(GuardUrl url) throws SQLException {
    return open(url, null);
  }

  /**
   * Opens one that shows fresh tokens by itself.
   *
   * @param tokens gives the token of who asks now, or null
   * @throws SQLException as {@link #open(GuardUrl)} does, or as the supplier does
   */
  public static GuardedConnection open(GuardUrl plain, @Nullable TokenSupplier tokens)
      throws SQLException {
    GuardUrl url = tokens == null ? plain : plain.with(GuardUrl.TOKEN, FreshTokens.asked(tokens));
    return told(
        () -> {
          Guard guard = Guards.of(url.config());
          Principal principal = Principals.of(url, guard);
          ScopeUse scopes = ScopeUse.of(url);
          String shown = ScopeUse.token();
          FreshTokens.Link link = link(url, guard, principal);
          FreshTokens fresh =
              new FreshTokens(
                  tokens,
                  shown == null ? url.property(GuardUrl.TOKEN) : shown,
                  scopes,
                  token -> told(() -> again(with(url, token), guard)));
          return new GuardedConnection(url.shown(), link, intent(url), fresh);
        });
  }

  /** What Guard would make of a text, without running it. */
  public static Explanation explain(GuardUrl url, String sql) throws SQLException {
    return told(
        () -> {
          Guard guard = Guards.of(url.config());
          Principal principal = Principals.of(url, guard);
          ServerAccount account = ServerAccount.of(url, guard.config());
          SessionRequest request =
              new SessionRequest(
                  principal,
                  "jdbc",
                  new JdbcDatabaseAccess(account),
                  guard.role(principal),
                  Map.of(),
                  () -> {});
          return guard.explain(request, sql);
        });
  }

  /** Something that can fail for each of the reasons that keep a connection from opening. */
  private interface Attempt<T> {
    T run() throws SQLException;
  }

  private static <T> T told(Attempt<T> attempt) throws SQLException {
    try {
      return attempt.run();
    } catch (PSQLException e) {
      throw credential(e);
    } catch (NoStandingException e) {
      throw Told.of(DriverWording.NO_STANDING.say(String.valueOf(e.getMessage())), e);
    } catch (GuardConfigException e) {
      throw Told.of(DriverWording.CONFIGURATION.say(String.valueOf(e.getMessage())), e);
    } catch (AuditUnavailableException e) {
      throw Told.of(DriverWording.NOT_LOGGED.say(String.valueOf(e.getMessage())), e);
    } catch (CatalogUnavailableException e) {
      throw Told.of(DriverWording.CATALOG_UNKNOWN.say(String.valueOf(e.getMessage())), e);
    }
  }

  /** The agent can do nothing about a credential that it never sees. */
  private static SQLException credential(PSQLException e) {
    String state = e.getSQLState();
    return state == null || !state.startsWith("28")
        ? e
        : Told.of(DriverWording.CREDENTIAL_NOT_TAKEN.say(String.valueOf(e.getMessage())), state, e);
  }

  private static @Nullable String intent(GuardUrl url) {
    return GuardContext.current()
        .flatMap(GuardContext::intent)
        .orElse(url.property("guard.intent"));
  }

  private static GuardUrl with(GuardUrl url, @Nullable String token) {
    return token == null ? url : url.with(GuardUrl.TOKEN, token);
  }

  private static FreshTokens.Link again(GuardUrl url, Guard guard) throws SQLException {
    return link(url, guard, Principals.of(url, guard));
  }

  private static FreshTokens.Link link(GuardUrl url, Guard guard, Principal principal)
      throws SQLException {
    FreshTokens.Link link =
        Servers.open(
            url,
            one -> {
              ServerAccount account = ServerAccount.of(one, guard.config());
              TlsWish.check(url, account.tls());
              return link(one, guard, principal, account);
            });
    try {
      CurrentSchema.set(url, link.connection());
    } catch (SQLException e) {
      FreshTokens.close(link);
      throw e;
    }
    return link;
  }

  private static FreshTokens.Link link(
      GuardUrl url, Guard guard, Principal principal, ServerAccount account) throws SQLException {
    Standing standing = guard.standing(principal);
    // Weak: the socket leads to the session, and PgJDBC keeps the socket of a connection that
    // nobody
    // closes until that connection is garbage.
    AtomicReference<@Nullable WeakReference<PgConnection>> opened = new AtomicReference<>();
    AtomicReference<@Nullable GuardSession> session = new AtomicReference<>();
    Target target =
        new Target(
            account.host(),
            account.port(),
            account.database(),
            account.user(),
            account.password(),
            account.tls(),
            properties(url, guard, standing, account));
    PgConnection connection =
        GuardedConnections.open(
            target,
            facts -> {
              GuardSession made =
                  guard.open(
                      new SessionRequest(
                          principal,
                          "jdbc",
                          new JdbcDatabaseAccess(account),
                          standing.role(),
                          facts.parameters(),
                          () -> cancel(opened.get()),
                          facts.wake(),
                          Principals.renewing(guard, principal)));
              session.set(made);
              return made;
            });
    opened.set(new WeakReference<>(connection));
    return new FreshTokens.Link(
        connection, Objects.requireNonNull(session.get(), "the session of an open connection"));
  }

  /** The server's own settings of the session: what the policy limits, and the role. */
  private static Map<String, String> properties(
      GuardUrl url, Guard guard, Standing standing, ServerAccount account) {
    Map<String, String> properties = new HashMap<>(url.driver());
    StringBuilder options = new StringBuilder();
    if (!standing.role().equals(account.user())) {
      option(options, "role", standing.role());
    }
    standing.settings().forEach((name, value) -> option(options, name, ascii(name, value)));
    Limits limits = guard.policy().limits();
    if (guard.policy().mode() == Policy.Mode.ENFORCE) {
      option(options, "statement_timeout", limits.statementTime());
      option(options, "idle_in_transaction_session_timeout", limits.idleTime());
    }
    if (options.length() > 0) {
      properties.put("options", options.toString());
    }
    properties.put("assumeMinServerVersion", "12");
    return properties;
  }

  /** The server takes the options apart byte by byte, at what its locale calls a space. */
  private static String ascii(String name, String value) {
    if (value.chars().anyMatch(c -> c < ' ' || c > '~')) {
      throw new NoStandingException(RuleWording.CLAIM_NOT_ASCII.words(name));
    }
    return value;
  }

  private static void option(StringBuilder options, String name, @Nullable Duration time) {
    if (time != null) {
      option(options, name, time.toMillis() + "ms");
    }
  }

  /**
   * A space or a backslash in a value is escaped by a backslash (PostgreSQL, "postgres -c", libpq's
   * options).
   */
  private static void option(StringBuilder options, String name, String value) {
    if (options.length() > 0) {
      options.append(' ');
    }
    options.append("-c ").append(name).append('=');
    options.append(value.replace("\\", "\\\\").replace(" ", "\\ "));
  }

  private static void cancel(@Nullable WeakReference<PgConnection> opened) {
    PgConnection connection = opened == null ? null : opened.get();
    if (connection == null) {
      return;
    }
    try {
      connection.cancelQuery();
    } catch (SQLException e) {
      LOG.warn("a statement over its time limit could not be cancelled", e);
    }
  }
}
