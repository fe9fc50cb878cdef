package io.pgguard.jdbc.internal.wire;

import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How the connection to the server is encrypted. It happens under PgJDBC, which sees plain bytes;
 * SCRAM channel binding is therefore not available to it. Immutable.
 *
 * @param mode what is demanded
 * @param authorities a PEM file of certificate authorities, or null for the system's
 */
public record ServerTls(Mode mode, @Nullable Path authorities) {

  /** What is demanded; the names are libpq's {@code sslmode} (PostgreSQL, "SSL Support"). */
  public enum Mode {
    /** No encryption. */
    DISABLE,
    /** Encryption with whoever answers. */
    REQUIRE,
    /** Encryption with a server whose certificate a known authority signed. */
    VERIFY_CA,
    /** The same, and the certificate names the host. */
    VERIFY_FULL
  }

  /** No encryption. */
  public static final ServerTls DISABLED = new ServerTls(Mode.DISABLE, null);

  public ServerTls {
    Objects.requireNonNull(mode, "mode");
  }
}
