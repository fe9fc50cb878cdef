package io.pgguard.jdbc.internal.wire;

import io.pgguard.pgwire.codec.WireLimits;
import io.pgguard.session.GuardSession;
import io.pgguard.wording.DriverWording;
import io.pgguard.wording.Said;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.postgresql.Driver;
import org.postgresql.jdbc.PgConnection;

/** Opens PgJDBC connections whose every byte is guarded. Thread-safe. */
public final class GuardedConnections {
  private static final Driver DRIVER = new Driver();
  private static final Pattern HOST = Pattern.compile("[\\p{L}\\p{N}._:%-]+");

  private GuardedConnections() {}

  /**
   * Where to connect and as whom.
   *
   * @param properties further PgJDBC properties; those that this class sets win
   */
  public record Target(
      String host,
      int port,
      String database,
      String user,
      String password,
      ServerTls tls,
      Map<String, String> properties) {
    public Target {
      Objects.requireNonNull(host, "host");
      if (!HOST.matcher(host).matches()) {
        throw new IllegalArgumentException("not the name or address of one host: " + host);
      }
      Objects.requireNonNull(database, "database");
      Objects.requireNonNull(user, "user");
      Objects.requireNonNull(password, "password");
      Objects.requireNonNull(tls, "tls");
      properties = Map.copyOf(properties);
    }

    /** Never the password. */
    @Override
    public String toString() {
      return user + "@" + host + ":" + port + "/" + database;
    }
  }

  /**
   * A raw PgJDBC connection: PgJDBC's own queries are guarded too. The guarded session is closed
   * with it.
   *
   * @param guard makes the session once the server has let the connection in
   * @throws SQLException when the server is not reached or does not let it in, or the guard closes
   *     the session at once
   */
  public static PgConnection open(Target target, Function<StartupFacts, GuardSession> guard)
      throws SQLException {
    ConnectionHooks hooks = new ConnectionHooks(target.tls(), WireLimits.DEFAULT, guard);
    String key = PendingConnections.offer(hooks);
    try {
      Connection connection = DRIVER.connect(url(target), properties(target, key));
      if (connection == null) {
        Said said = DriverWording.NOT_TAKEN.say("its own URL");
        throw new SQLException(said.message(), said.sqlState());
      }
      return connection.unwrap(PgConnection.class);
    } finally {
      PendingConnections.withdraw(key);
    }
  }

  /** What stands in the URL wins over properties, so nothing in them can lead elsewhere. */
  private static String url(Target target) {
    String host = target.host().indexOf(':') < 0 ? target.host() : "[" + target.host() + "]";
    String database = URLEncoder.encode(target.database(), StandardCharsets.UTF_8);
    return "jdbc:postgresql://" + host + ":" + target.port() + "/" + database;
  }

  private static Properties properties(Target target, String key) {
    Properties properties = new Properties();
    properties.setProperty("preferQueryMode", "extended");
    target.properties().forEach(properties::setProperty);
    properties.setProperty("user", target.user());
    properties.setProperty("password", target.password());
    properties.setProperty("socketFactory", GuardedSocketFactory.class.getName());
    properties.setProperty("socketFactoryArg", key);
    properties.setProperty("sslmode", "disable");
    properties.setProperty("gssEncMode", "disable");
    return properties;
  }
}
