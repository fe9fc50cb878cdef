package io.pgguard;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * The credential that statements run with: the key {@code database} of {@code guard.yaml}.
 * Immutable.
 *
 * @param user the PostgreSQL role that logs in
 * @param password its password
 * @param tls {@code disable}, {@code require}, {@code verify-ca} or {@code verify-full} (the
 *     default except for a loopback address)
 * @param tlsCa a PEM file of certificate authorities; the JVM's own when absent
 * @param tlsCertificate Guard's own certificate for the server, a PEM file, or null
 * @param tlsKey its private key (PKCS #8), or null
 */
public record DatabaseConfig(
    String user,
    @Nullable Secret password,
    @Nullable String tls,
    @Nullable String tlsCa,
    @Nullable String tlsCertificate,
    @Nullable String tlsKey) {
  @JsonCreator
  public DatabaseConfig(
      @JsonProperty("user") @Nullable String user,
      @JsonProperty("password") @Nullable Secret password,
      @JsonProperty("tls") @Nullable String tls,
      @JsonProperty("tlsCa") @Nullable String tlsCa,
      @JsonProperty("tlsCertificate") @Nullable String tlsCertificate,
      @JsonProperty("tlsKey") @Nullable String tlsKey) {
    if (user == null) {
      throw new IllegalArgumentException("missing database.user: the PostgreSQL role that logs in");
    }
    this.user = user;
    this.password = password;
    this.tls = tls;
    this.tlsCa = tlsCa;
    this.tlsCertificate = tlsCertificate;
    this.tlsKey = tlsKey;
    if ((tlsCertificate == null) != (tlsKey == null)) {
      throw new IllegalArgumentException("database.tlsCertificate needs database.tlsKey");
    }
  }
}
