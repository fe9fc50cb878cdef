package io.pgguard;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How who asks is proved: the key {@code identity} of {@code guard.yaml} (docs/identity.md).
 * Immutable.
 *
 * @param claimed whether the JDBC driver takes what an application says of who asks, unproved
 * @param issuers whose tokens are taken
 * @param denied a file of revoked subjects and tokens, or null
 */
public record IdentityConfig(boolean claimed, List<IssuerConfig> issuers, @Nullable String denied) {
  public IdentityConfig {
    issuers = List.copyOf(issuers);
    Set<String> seen = new HashSet<>();
    for (IssuerConfig issuer : issuers) {
      if (!seen.add(issuer.issuer())) {
        throw new IllegalArgumentException("identity.issuers names " + issuer.issuer() + " twice");
      }
    }
  }

  /** Without any issuer an application may say who asks, as long as nothing else is configured. */
  @JsonCreator
  static IdentityConfig of(
      @JsonProperty("claimed") @Nullable Boolean claimed,
      @JsonProperty("issuers") @Nullable List<IssuerConfig> issuers,
      @JsonProperty("denied") @Nullable String denied) {
    List<IssuerConfig> named = issuers == null ? List.of() : issuers;
    return new IdentityConfig(claimed != null && claimed, named, denied);
  }

  /** The short form {@code identity: claimed}. */
  @JsonCreator
  static IdentityConfig of(String word) {
    if (!word.equals("claimed")) {
      throw new IllegalArgumentException(
          "identity must be claimed, or { claimed, issuers, denied }, not " + word);
    }
    return new IdentityConfig(true, List.of(), null);
  }

  /** Whether the JDBC driver takes what an application says of who asks. */
  public static boolean takesClaims(GuardConfig config) {
    return config.identity() == null || config.identity().claimed();
  }

  /** Whose tokens are taken: what is named here, or else what {@code proxy.tokens} names. */
  static List<IssuerConfig> issuers(@Nullable IdentityConfig own, @Nullable ProxyConfig proxy) {
    if (own != null && !own.issuers().isEmpty()) {
      return own.issuers();
    }
    ProxyConfig.Tokens tokens = proxy == null ? null : proxy.tokens();
    IssuerConfig issuer = tokens == null ? null : tokens.ownIssuer();
    return issuer == null ? List.of() : List.of(issuer);
  }

  /**
   * @throws IllegalArgumentException when what is said here and of the proxy's tokens do not fit
   */
  static void check(@Nullable IdentityConfig own, @Nullable ProxyConfig proxy) {
    ProxyConfig.Tokens tokens = proxy == null ? null : proxy.tokens();
    if (tokens != null) {
      tokens.checkIssuers(own == null ? List.of() : own.issuers());
    }
  }
}
