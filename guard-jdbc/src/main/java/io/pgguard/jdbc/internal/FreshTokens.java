package io.pgguard.jdbc.internal;

import io.pgguard.jdbc.TokenSupplier;
import io.pgguard.session.GuardSession;
import io.pgguard.session.Refusal;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The tokens that one connection shows. One that was taken is not shown again. Not thread-safe
 * beyond what JDBC asks of a connection.
 */
final class FreshTokens {
  private final @Nullable TokenSupplier supplier;
  private @Nullable String taken;

  /**
   * @param taken what the connection was opened with, or null
   */
  FreshTokens(@Nullable TokenSupplier supplier, @Nullable String taken) {
    this.supplier = supplier;
    this.taken = taken;
  }

  /** Shows the token that the supplier has now, where it is another than before. */
  void look(GuardSession session) throws SQLException {
    if (supplier != null) {
      String token = supplier.token();
      if (!token.equals(taken)) {
        show(session, token);
      }
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
