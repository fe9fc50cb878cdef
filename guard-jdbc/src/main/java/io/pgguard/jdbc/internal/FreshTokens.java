package io.pgguard.jdbc.internal;

import io.pgguard.jdbc.TokenSupplier;
import io.pgguard.session.GuardSession;
import io.pgguard.session.Refusal;
import io.pgguard.wording.DriverWording;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The tokens that one connection shows. One that was taken is not shown again. Not thread-safe
 * beyond what JDBC asks of a connection.
 */
final class FreshTokens {
  private final @Nullable TokenSupplier supplier;
  private final Reopening reopening;
  private ScopeUse scopes;
  private @Nullable String taken;

  /** A connection of the server's with the session that guards it. */
  record Link(Connection connection, GuardSession session) {}

  /** Opens the same for whoever a token names, or the scope in force where there is none. */
  @FunctionalInterface
  interface Reopening {
    Link open(@Nullable String token) throws SQLException;
  }

  /**
   * @param taken what the connection was opened with, or null
   */
  FreshTokens(
      @Nullable TokenSupplier supplier,
      @Nullable String taken,
      ScopeUse scopes,
      Reopening reopening) {
    this.scopes = scopes;
    this.supplier = supplier;
    this.taken = taken;
    this.reopening = reopening;
  }

  /**
   * Shows the token that the supplier has now, where it is another than before.
   *
   * @throws SQLException when it is not taken, as that of another principal is not
   */
  void look(GuardSession session) throws SQLException {
    scopes.checkNamed();
    String token = another();
    if (token != null) {
      show(session, token);
    }
  }

  /**
   * The same where nothing runs: a pooled connection passes to another principal by being opened
   * anew, with the settings that it has.
   *
   * @return what takes its place; null where it stays
   */
  @Nullable Link lookBetween(Link now) throws SQLException {
    scopes.checkNamed();
    String token = another();
    boolean others = token == null && scopes.belongsToAnother(now.session().principal());
    if (!others && (token == null || now.session().present(token).isEmpty())) {
      taken = token == null ? taken : token;
      return null;
    }
    CarriedSettings settings = CarriedSettings.of(now.connection());
    Link fresh = reopening.open(token);
    try {
      settings.into(fresh.connection());
    } catch (SQLException e) {
      close(fresh);
      throw e;
    }
    taken = token;
    scopes = new ScopeUse(scopes.required(), scopes.ofScope() || token == null);
    close(now);
    return fresh;
  }

  private @Nullable String another() throws SQLException {
    String scoped = ScopeUse.token();
    String token = scoped != null || supplier == null ? scoped : asked(supplier);
    return token == null || token.equals(taken) ? null : token;
  }

  /**
   * Who has no token is not whoever used the connection before.
   *
   * @throws SQLException when the supplier has none, however it says so
   */
  static String asked(TokenSupplier supplier) throws SQLException {
    @Nullable String token = supplier.token();
    if (token == null) {
      throw Told.of(DriverWording.NO_TOKEN.say());
    }
    return token;
  }

  /** What the scope in force means for the connection. */
  ScopeUse scopes() {
    return scopes;
  }

  static void close(Link link) throws SQLException {
    try {
      link.connection().close();
    } finally {
      link.session().close();
    }
  }

  /** Shows a token. */
  void show(GuardSession session, String token) throws SQLException {
    Optional<Refusal> refusal = session.present(token);
    if (refusal.isPresent()) {
      throw new SQLException(refusal.get().message(), refusal.get().sqlState());
    }
    taken = token;
  }
}
