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
}
