package io.pgguard.jdbc.internal;

import io.pgguard.wording.DriverWording;
import java.sql.SQLException;

/**
 * Answers {@code unwrap} with the guarded object itself or not at all: never with what is inside.
 */
final class Unwrapping {
  private Unwrapping() {}

  static <T> T of(Object guarded, Class<T> type) throws SQLException {
    if (type.isInstance(guarded)) {
      return type.cast(guarded);
    }
    throw Told.of(DriverWording.UNWRAP.say(type.getName()));
  }
}
