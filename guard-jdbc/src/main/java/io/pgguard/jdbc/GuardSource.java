package io.pgguard.jdbc;

import io.pgguard.jdbc.internal.GuardUrl;
import io.pgguard.jdbc.internal.GuardedConnection;
import io.pgguard.jdbc.internal.Opening;
import io.pgguard.jdbc.internal.Told;
import io.pgguard.wording.DriverWording;
import java.io.PrintWriter;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Wrapper;
import java.util.Properties;
import java.util.logging.Logger;
import javax.sql.CommonDataSource;
import org.jspecify.annotations.Nullable;

/**
 * What all data sources of Guard are set to. Set the URL and properties first; then thread-safe.
 *
 * @param <S> the data source itself
 */
public abstract class GuardSource<S extends GuardSource<S>> implements CommonDataSource, Wrapper {
  private static final GuardDriver DRIVER = new GuardDriver();

  private @Nullable String url;
  private final Properties properties = new Properties();
  private @Nullable TokenSupplier tokens;
  private int loginTimeoutSeconds;

  GuardSource() {}

  /** This data source, for calls in a row. */
  abstract S self();

  /**
   * @param url {@code jdbc:guard:postgresql://host:port/database?guard.config=guard.yaml}; what is
   *     set beside it need not stand in it
   * @throws IllegalArgumentException when the URL is not a Guard URL
   */
  public void setUrl(String url) {
    if (!DRIVER.acceptsURL(url)) {
      throw new IllegalArgumentException(
          "a Guard URL begins with jdbc:guard:postgresql:, not " + url);
    }
    this.url = url;
  }

  /** The same as {@link #setUrl}, by the name that some pools use. */
  public void setURL(String url) {
    setUrl(url);
  }

  public @Nullable String getUrl() {
    return url;
  }

  /** The configuration file. */
  public void setConfig(String file) {
    with("guard.config", file);
  }

  /** Who asks, where no {@link io.pgguard.GuardContext} says. */
  public void setSubject(String subject) {
    with("guard.subject", subject);
  }

  /** The groups of who asks, comma-separated. */
  public void setGroups(String groups) {
    with("guard.groups", groups);
  }

  /** The agent that asks. */
  public void setAgent(String agent) {
    with("guard.agent", agent);
  }

  /** The model behind the agent. */
  public void setModel(String model) {
    with("guard.model", model);
  }

  /** Why, where nothing else says. */
  public void setIntent(String intent) {
    with("guard.intent", intent);
  }

  /** {@code required}: no statement runs outside of a {@link io.pgguard.GuardContext}. */
  public void setScope(String scope) {
    with("guard.scope", scope);
  }

  /** Any properties of the driver, for pools that set each by a method of its own. */
  public void setProperties(Properties all) {
    for (String name : all.stringPropertyNames()) {
      with(name, all.getProperty(name));
    }
  }

  /** Sets a property of {@link GuardDriver}, such as {@code guard.subject}. */
  public S with(String name, String value) {
    properties.setProperty(name, value);
    return self();
  }

  /**
   * Has every connection show the tokens that a supplier gives, a fresh one whenever there is one.
   */
  public S with(TokenSupplier supplier) {
    tokens = supplier;
    return self();
  }

  /** A connection of who asks now. */
  final GuardedConnection connect() throws SQLException {
    Properties all = new Properties();
    all.putAll(properties);
    if (loginTimeoutSeconds > 0) {
      all.setProperty("loginTimeout", Integer.toString(loginTimeoutSeconds));
    }
    String to = url;
    if (to == null) {
      throw Told.of(DriverWording.NO_URL.say());
    }
    return Opening.open(GuardUrl.read(to, all), tokens);
  }

  /** The database's credential is never the caller's. */
  static SQLException otherCredential() {
    return Told.unsupported(DriverWording.OTHER_CREDENTIAL.say());
  }

  @Override
  public @Nullable PrintWriter getLogWriter() {
    return null;
  }

  @Override
  public void setLogWriter(@Nullable PrintWriter out) throws SQLException {
    throw Told.unsupported(DriverWording.LOG_WRITER.say());
  }

  @Override
  public void setLoginTimeout(int seconds) {
    loginTimeoutSeconds = seconds;
  }

  @Override
  public int getLoginTimeout() {
    return loginTimeoutSeconds;
  }

  @Override
  public Logger getParentLogger() throws SQLFeatureNotSupportedException {
    throw Told.unsupported(DriverWording.LOG_WRITER.say());
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    if (type.isInstance(this)) {
      return type.cast(this);
    }
    throw Told.of(DriverWording.WRAPS_NOTHING.say());
  }

  @Override
  public boolean isWrapperFor(Class<?> type) {
    return type.isInstance(this);
  }
}
