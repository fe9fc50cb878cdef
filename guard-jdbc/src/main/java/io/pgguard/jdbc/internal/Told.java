package io.pgguard.jdbc.internal;

import io.pgguard.wording.Said;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import org.jspecify.annotations.Nullable;

/** Turns a wording of the catalog into the exception that tells it. */
public final class Told {
  private Told() {}

  /** An exception with the wording's own SQLSTATE. */
  public static SQLException of(Said said) {
    return of(said, null);
  }

  static SQLException of(Said said, @Nullable Throwable cause) {
    return of(said, said.sqlState(), cause);
  }

  /** An exception with a SQLSTATE that the server gave. */
  static SQLException of(Said said, String sqlState, @Nullable Throwable cause) {
    return new SQLException(said.message(), sqlState, cause);
  }

  /** That something is not supported. */
  public static SQLFeatureNotSupportedException unsupported(Said said) {
    return new SQLFeatureNotSupportedException(said.message(), said.sqlState());
  }
}
