package io.pgguard.jdbc.internal;

import java.sql.SQLFeatureNotSupportedException;

/** Says that something is not guarded yet, and what to do instead. */
final class Unsupported {
  private Unsupported() {}

  static SQLFeatureNotSupportedException feature(String what, String instead) {
    return new SQLFeatureNotSupportedException(
        "Guard does not support "
            + what
            + ": it is refused rather than passed on unguarded. "
            + instead,
        "0A000");
  }

  /** A change through a result: an UPDATE says what it changes, a cursor does not. */
  static SQLFeatureNotSupportedException change() {
    return feature(
        "changing data through a ResultSet", "Run an UPDATE, INSERT or DELETE statement instead.");
  }
}
