package io.pgguard.jdbc.internal;

import io.pgguard.GuardConfig;
import io.pgguard.Secret;
import io.pgguard.jdbc.internal.wire.ServerTls;
import io.pgguard.wording.DriverWording;
import java.net.InetAddress;
import java.net.URLEncoder;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Properties;

/**
 * Where the server is and what logs in there: from the URL and the configuration, never from the
 * agent.
 *
 * @param password never shown
 */
record ServerAccount(
    String host, int port, String database, String user, String password, ServerTls tls) {

  static ServerAccount of(GuardUrl url, GuardConfig config) throws SQLException {
    Secret password = config.database().password();
    return new ServerAccount(
        url.host(),
        url.port(),
        url.database(),
        config.database().user(),
        password == null ? "" : password.read(config.directory()),
        tls(url.host(), config));
  }

  /** Verified in full unless configured otherwise; a loopback address needs none. */
  private static ServerTls tls(String host, GuardConfig config) throws SQLException {
    String mode = config.database().tls();
    String ca = config.database().tlsCa();
    Path authorities = ca == null ? null : config.directory().resolve(ca);
    if (mode == null) {
      return loopback(host)
          ? ServerTls.DISABLED
          : new ServerTls(ServerTls.Mode.VERIFY_FULL, authorities);
    }
    try {
      String name = mode.toUpperCase(Locale.ROOT).replace('-', '_');
      return new ServerTls(ServerTls.Mode.valueOf(name), authorities);
    } catch (IllegalArgumentException e) {
      throw Told.of(DriverWording.TLS_MODE.say(mode), e);
    }
  }

  private static boolean loopback(String host) throws SQLException {
    try {
      String bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
      return InetAddress.getByName(bare).isLoopbackAddress();
    } catch (UnknownHostException e) {
      throw Told.of(DriverWording.UNKNOWN_HOST.say(host), e);
    }
  }

  /** For PgJDBC without the guard. */
  String plainUrl() {
    return "jdbc:postgresql://"
        + host
        + ":"
        + port
        + "/"
        + URLEncoder.encode(database, StandardCharsets.UTF_8);
  }

  /** For PgJDBC without the guard. */
  Properties properties() {
    Properties properties = new Properties();
    properties.setProperty("user", user);
    properties.setProperty("password", password);
    properties.setProperty("assumeMinServerVersion", "12");
    properties.setProperty("connectTimeout", "10");
    properties.setProperty("gssEncMode", "disable");
    switch (tls.mode()) {
      case DISABLE -> properties.setProperty("sslmode", "disable");
      case REQUIRE -> properties.setProperty("sslmode", "require");
      case VERIFY_CA -> properties.setProperty("sslmode", "verify-ca");
      case VERIFY_FULL -> properties.setProperty("sslmode", "verify-full");
    }
    Path authorities = tls.authorities();
    if (authorities != null) {
      properties.setProperty("sslrootcert", authorities.toString());
    } else if (tls.mode() != ServerTls.Mode.DISABLE) {
      properties.setProperty("sslfactory", "org.postgresql.ssl.DefaultJavaSSLFactory");
    }
    return properties;
  }

  @Override
  public String toString() {
    return user + "@" + host + ":" + port + "/" + database;
  }
}
