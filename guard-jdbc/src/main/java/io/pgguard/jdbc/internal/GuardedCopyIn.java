package io.pgguard.jdbc.internal;

import java.sql.SQLException;
import org.postgresql.copy.CopyIn;
import org.postgresql.util.ByteStreamWriter;

/** A COPY FROM STDIN that runs. */
final class GuardedCopyIn extends GuardedCopy implements CopyIn {
  private final CopyIn copy;

  GuardedCopyIn(GuardedConnection connection, CopyIn copy) {
    super(connection, copy);
    this.copy = copy;
  }

  @Override
  public void writeToCopy(byte[] bytes, int offset, int length) throws SQLException {
    toldVoid(() -> copy.writeToCopy(bytes, offset, length));
  }

  @Override
  public void writeToCopy(ByteStreamWriter from) throws SQLException {
    toldVoid(() -> copy.writeToCopy(from));
  }

  @Override
  public void flushCopy() throws SQLException {
    toldVoid(copy::flushCopy);
  }

  @Override
  public long endCopy() throws SQLException {
    return told(copy::endCopy);
  }
}
