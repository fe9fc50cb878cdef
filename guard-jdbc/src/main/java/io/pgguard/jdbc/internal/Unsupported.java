package io.pgguard.jdbc.internal;

import io.pgguard.wording.DriverWording;
import java.sql.SQLFeatureNotSupportedException;

/** Says that something is not guarded yet, and what to do instead. */
final class Unsupported {
  private Unsupported() {}

  static SQLFeatureNotSupportedException feature(String what, String instead) {
    return Told.unsupported(DriverWording.UNSUPPORTED.say(what, instead));
  }

  /** Values that lie in large objects, or references: only calls by number reach them. */
  static SQLFeatureNotSupportedException largeObjects() {
    return feature(
        "large objects and references", "Use updateBytes, updateString or a stream updater.");
  }
}
