package io.pgguard.proxy.login;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import io.pgguard.GuardConfigException;
import io.pgguard.ProxyConfig;
import io.pgguard.identity.Principal;
import java.io.IOException;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Verifies signed tokens by keys in a file (RFC 7515, RFC 7519, RFC 9068). It demands a key id,
 * issuer, audience, subject and expiry, and refuses what says that it is an ID token. Thread-safe.
 */
public final class KeyFileTokens implements TokenVerifier {
  /** A token with 200 groups takes 10 KB. */
  private static final int MOST_CHARACTERS = 32 << 10;

  private static final Set<JWSAlgorithm> ALGORITHMS =
      Set.of(
          JWSAlgorithm.RS256,
          JWSAlgorithm.RS384,
          JWSAlgorithm.RS512,
          JWSAlgorithm.PS256,
          JWSAlgorithm.PS384,
          JWSAlgorithm.PS512,
          JWSAlgorithm.ES256,
          JWSAlgorithm.ES384,
          JWSAlgorithm.ES512);

  private final ProxyConfig.Tokens settings;
  private final DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();

  /**
   * Reads the keys.
   *
   * @throws GuardConfigException when they cannot be read
   */
  public KeyFileTokens(ProxyConfig.Tokens settings, Path directory) {
    this.settings = settings;
    Path file = directory.resolve(settings.keys());
    try {
      JWKSet keys = JWKSet.load(file.toFile()).toPublicJWKSet();
      if (keys.getKeys().isEmpty()) {
        throw new GuardConfigException("proxy.tokens.keys: no public key in " + file);
      }
      processor.setJWSKeySelector(
          new JWSVerificationKeySelector<>(ALGORITHMS, new ImmutableJWKSet<>(keys)));
    } catch (IOException | ParseException e) {
      throw new GuardConfigException("proxy.tokens.keys: " + file + " is no JWK Set", e);
    }
    processor.setJWSTypeVerifier(
        new DefaultJOSEObjectTypeVerifier<>(
            JOSEObjectType.JWT,
            new JOSEObjectType("at+jwt"),
            new JOSEObjectType("application/at+jwt"),
            null)); // some issuers name no type
    processor.setJWTClaimsSetVerifier(
        new DefaultJWTClaimsVerifier<>(
            settings.audience(),
            new JWTClaimsSet.Builder().issuer(settings.issuer()).build(),
            Set.of("sub", "exp")));
  }

  @Override
  public Shown verify(String token) throws TokenRefusedException {
    if (token.length() > MOST_CHARACTERS) {
      throw new TokenRefusedException("a token of " + token.length() + " characters");
    }
    try {
      SignedJWT signed = SignedJWT.parse(token);
      if (signed.getHeader().getKeyID() == null) {
        throw new TokenRefusedException("the token names no key");
      }
      return shown(processor.process(signed, null));
    } catch (ParseException e) {
      throw new TokenRefusedException("no signed token", e);
    } catch (BadJOSEException | JOSEException e) {
      throw new TokenRefusedException(String.valueOf(e.getMessage()), e);
    }
  }

  private Shown shown(JWTClaimsSet claims) throws TokenRefusedException, ParseException {
    if ("ID".equals(claims.getClaim("typ"))) {
      throw new TokenRefusedException(
          "an ID token says who logged in somewhere, not who asks here");
    }
    if (!(claims.getClaim("sub") instanceof String subject) || subject.isBlank()) {
      throw new TokenRefusedException("the token's subject is no text");
    }
    Instant expires = Objects.requireNonNull(claims.getExpirationTime(), "exp").toInstant();
    return new Shown(new Principal(subject, groups(claims), agent(claims), null), expires);
  }

  private Set<String> groups(JWTClaimsSet claims) {
    return claims.getClaim(settings.groups()) instanceof List<?> groups
        ? Set.copyOf(groups.stream().filter(String.class::isInstance).map(g -> (String) g).toList())
        : Set.of();
  }

  /** Who acts for the subject: the actor where the issuer names one, else the client. */
  private static @Nullable String agent(JWTClaimsSet claims) {
    if (claims.getClaim("act") instanceof Map<?, ?> actor
        && actor.get("sub") instanceof String sub) {
      return sub;
    }
    Object client =
        claims.getClaim("azp") == null ? claims.getClaim("client_id") : claims.getClaim("azp");
    return client instanceof String name ? name : null;
  }
}
