package io.pgguard.jdbc.internal;

import io.pgguard.wording.DriverWording;
import java.sql.SQLFeatureNotSupportedException;

/** Says that something is not guarded yet, and what to do instead. */
final class Unsupported {
  private Unsupported() {}

  static SQLFeatureNotSupportedException feature(String what, String instead) {
    return Told.unsupported(DriverWording.UNSUPPORTED.say(what, instead));
  }

  /** A change through a result: an UPDATE says what it changes, a cursor does not. */
  static SQLFeatureNotSupportedException change() {
    return feature(
        "changing data through a ResultSet", "Run an UPDATE, INSERT or DELETE statement instead.");
  }
}
