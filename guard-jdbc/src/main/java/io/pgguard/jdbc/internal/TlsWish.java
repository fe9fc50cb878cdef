package io.pgguard.jdbc.internal;

import io.pgguard.jdbc.internal.wire.ServerTls;
import io.pgguard.wording.DriverWording;
import java.sql.SQLException;
import java.util.Map;

/**
 * What a URL wishes for the way to the server. How it is protected is the configuration's to say; a
 * wish that is already fulfilled passes, and one for more is told, never ignored.
 */
final class TlsWish {
  /** PgJDBC's words, from the least: the first three are content with what there is. */
  private static final Map<String, ServerTls.Mode> WISHES =
      Map.of(
          "disable", ServerTls.Mode.DISABLE,
          "allow", ServerTls.Mode.DISABLE,
          "prefer", ServerTls.Mode.DISABLE,
          "require", ServerTls.Mode.REQUIRE,
          "verify-ca", ServerTls.Mode.VERIFY_CA,
          "verify-full", ServerTls.Mode.VERIFY_FULL);

  private TlsWish() {}

  /**
   * @throws SQLException where the configuration gives less than the URL wishes
   */
  static void check(GuardUrl url, ServerTls tls) throws SQLException {
    String ssl = url.property("ssl");
    String mode = url.property("sslmode");
    if (mode == null && ssl != null && !ssl.equals("false")) {
      mode = "verify-full"; // what PgJDBC takes ssl=true for
    }
    if (mode != null) {
      ServerTls.Mode wished = WISHES.get(mode);
      if (wished == null) {
        throw refused("sslmode is one of " + WISHES.keySet().stream().sorted().toList());
      }
      if (tls.mode().compareTo(wished) < 0) {
        throw refused(
            "sslmode="
                + mode
                + " asks for more than database.tls of the guard.config file gives; set it there");
      }
    }
    if ("require".equals(url.property("gssEncMode"))) {
      throw refused("GSSAPI encryption is not supported; protect the way by database.tls");
    }
  }

  private static SQLException refused(String why) {
    return Told.of(DriverWording.PROPERTY.say(why));
  }
}
