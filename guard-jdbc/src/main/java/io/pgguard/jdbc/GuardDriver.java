package io.pgguard.jdbc;

import io.pgguard.Guard;
import io.pgguard.jdbc.internal.GuardUrl;
import io.pgguard.jdbc.internal.Guards;
import io.pgguard.jdbc.internal.Opening;
import io.pgguard.session.Explanation;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.Properties;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The driver of {@code jdbc:guard:postgresql://host:port/database?guard.config=guard.yaml}, found
 * by {@link DriverManager}. Thread-safe.
 *
 * <p>Who asks is said by the properties {@code guard.subject}, {@code guard.groups}
 * (comma-separated), {@code guard.agent}, {@code guard.model} and {@code guard.intent}, or by an
 * {@link io.pgguard.GuardContext}, or proved by a token ({@code guard.token}). Connections of one
 * configuration file share one {@link Guard}: its approvals, audit log and catalog.
 */
public final class GuardDriver implements Driver {

  static {
    try {
      DriverManager.registerDriver(new GuardDriver());
    } catch (SQLException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  /**
   * The Guard that connections of a configuration file use; opened at the first call, for approvals
   * and explanations.
   *
   * @throws io.pgguard.GuardConfigException when the configuration or the policy cannot be used
   */
  public static Guard guard(Path config) {
    return Guards.of(config);
  }

  /**
   * What Guard would make of a text from a principal, without running it: for people who write
   * policies.
   *
   * @param url as for a connection
   * @param info as for a connection
   * @throws SQLException when the URL or a property is wrong, or the configuration cannot be used
   */
  public static Explanation explain(String url, Properties info, String sql) throws SQLException {
    return Opening.explain(GuardUrl.read(url, info), sql);
  }

  @Override
  public @Nullable Connection connect(String url, @Nullable Properties info) throws SQLException {
    if (!acceptsURL(url)) {
      return null; // java.sql.Driver: the wrong kind of driver for the URL
    }
    return Opening.open(GuardUrl.read(url, info == null ? new Properties() : info));
  }

  @Override
  public boolean acceptsURL(String url) {
    return url != null && url.startsWith(GuardUrl.PREFIX);
  }

  @Override
  public DriverPropertyInfo[] getPropertyInfo(String url, Properties info) {
    return new DriverPropertyInfo[] {
      property("guard.config", "the configuration file", true),
      property("guard.subject", "who asks", false),
      property("guard.groups", "the groups of who asks, comma-separated", false),
      property("guard.agent", "the agent that asks for them", false),
      property("guard.model", "the model behind the agent", false),
      property("guard.intent", "why", false),
      property("guard.scope", "required: no statement runs outside of a GuardContext", false),
      property("guard.token", "the token that proves who asks", false),
    };
  }

  private static DriverPropertyInfo property(String name, String description, boolean required) {
    DriverPropertyInfo property = new DriverPropertyInfo(name, null);
    property.description = description;
    property.required = required;
    return property;
  }

  @Override
  public int getMajorVersion() {
    return 0;
  }

  @Override
  public int getMinorVersion() {
    return 1;
  }

  @Override
  public boolean jdbcCompliant() {
    return false;
  }

  @Override
  public Logger getParentLogger() throws SQLFeatureNotSupportedException {
    throw new SQLFeatureNotSupportedException("Guard logs through SLF4J.");
  }
}
