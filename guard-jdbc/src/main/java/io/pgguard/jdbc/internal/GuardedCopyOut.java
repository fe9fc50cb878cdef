package io.pgguard.jdbc.internal;

import java.sql.SQLException;
import org.postgresql.copy.CopyOut;

/** A COPY TO STDOUT that runs. */
final class GuardedCopyOut extends GuardedCopy implements CopyOut {
  private final CopyOut copy;

  GuardedCopyOut(GuardedConnection connection, CopyOut copy) {
    super(connection, copy);
    this.copy = copy;
  }

  @Override
  public byte[] readFromCopy() throws SQLException {
    return readFromCopy(true);
  }

  @Override
  @SuppressWarnings("NullAway") // null is PgJDBC's word for the end
  public byte[] readFromCopy(boolean block) throws SQLException {
    return told(() -> copy.readFromCopy(block));
  }
}
