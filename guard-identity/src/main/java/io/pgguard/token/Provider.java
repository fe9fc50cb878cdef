package io.pgguard.token;

import static io.pgguard.token.CompactToken.no;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.factories.DefaultJWSVerifierFactory;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64URL;
import io.pgguard.IssuerConfig;
import io.pgguard.identity.Principal;
import io.pgguard.identity.TokenProblem;
import io.pgguard.identity.TokenRefusedException;
import java.security.Key;
import java.text.ParseException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One provider of tokens: its keys, and what of its tokens is believed (RFC 7519, RFC 8725, RFC
 * 9068). Thread-safe; may wait for keys.
 */
final class Provider {
  private static final Set<String> TYPES = Set.of("jwt", "at+jwt", "application/at+jwt");

  /** What providers write into the payload of an access token, as Keycloak does. */
  private static final Set<String> KINDS = Set.of("Bearer", "JWT", "at+jwt");

  /** What only ID tokens hold (OpenID Connect Core, sections 2, 3.1.3.6 and 3.3.2.11). */
  private static final List<String> OF_ID_TOKENS = List.of("nonce", "at_hash", "c_hash");

  private final IssuerConfig config;
  private final IssuerKeys keys;
  private final ClaimedPrincipal principals;
  private final DefaultJWSVerifierFactory verifiers = new DefaultJWSVerifierFactory();

  Provider(IssuerConfig config, IssuerKeys keys) {
    this.config = config;
    this.keys = keys;
    this.principals = new ClaimedPrincipal(config);
  }

  IssuerKeys keys() {
    return keys;
  }

  /** Who a token names, and the key that vouches for it. */
  record Vouched(Principal principal, String keyId, JWK key) {}

  /**
   * Verifies a token of this issuer.
   *
   * @throws TokenRefusedException when it does not prove who asks
   */
  Vouched verify(CompactToken token, Instant now) throws TokenRefusedException {
    checkHeader(token);
    String keyId = text(token, "kid");
    if (keyId == null) {
      throw no(TokenProblem.NO_KEY_ID, "it names no key (kid)");
    }
    JWK key = signer(token, keyId);
    Claims claims = new Claims(token.payload());
    checkKind(claims, token.payload().get("typ"));
    if (claims.has("cnf")) {
      throw no(
          TokenProblem.BOUND, "it is bound to a key of its client (cnf), which shows no proof");
    }
    if (!claims.holds("aud", config.audience())) {
      throw no(TokenProblem.AUDIENCE, "it is not for the audience " + config.audience());
    }
    Instant expires = claims.moment("exp", TokenProblem.NO_EXPIRY);
    if (expires == null) {
      throw no(TokenProblem.NO_EXPIRY, "it never expires");
    }
    if (!now.isBefore(expires)) {
      throw no(TokenProblem.EXPIRED, "it has expired at " + expires);
    }
    Instant from = claims.moment("nbf", TokenProblem.NOT_YET);
    if (from != null && from.isAfter(now.plus(config.skew()))) {
      throw no(TokenProblem.NOT_YET, "it only holds from " + from + " on");
    }
    return new Vouched(principals.of(claims, expires), keyId, key);
  }

  private void checkHeader(CompactToken token) throws TokenRefusedException {
    String algorithm = text(token, "alg");
    if (algorithm == null || !config.algorithms().contains(algorithm)) {
      throw no(
          TokenProblem.ALGORITHM,
          "its algorithm is " + algorithm + ", and only " + config.algorithms() + " are taken");
    }
    String type = text(token, "typ");
    if (token.header().has("typ")
        && (type == null || !TYPES.contains(type.toLowerCase(Locale.ROOT)))) {
      throw no(TokenProblem.TYPE, "its typ is " + type + ", not that of an access token");
    }
    if (token.header().has("crit")) {
      throw no(TokenProblem.CRITICAL, "it demands an extension (crit) that Guard does not know");
    }
    if (token.header().has("cty")) {
      throw no(TokenProblem.NESTED, "it holds another token (cty)");
    }
    for (String name : List.of("zip", "b64", "enc")) {
      if (token.header().has(name)) {
        throw no(TokenProblem.CRITICAL, "its header has " + name + ", which no access token needs");
      }
    }
  }

  private static @Nullable String text(CompactToken token, String name) {
    JsonNode node = token.header().get(name);
    return node != null && node.isTextual() ? node.textValue() : null;
  }

  /** The key of that id that has signed the token. */
  private JWK signer(CompactToken token, String keyId) throws TokenRefusedException {
    boolean fits = false;
    for (JWK key : keys.find(keyId)) {
      try {
        JWSHeader header = JWSHeader.parse(new Base64URL(token.headerPart()));
        if (key.getAlgorithm() != null
            && !key.getAlgorithm().getName().equals(header.getAlgorithm().getName())) {
          continue;
        }
        JWSVerifier verifier = verifiers.createJWSVerifier(header, publicKey(key));
        fits = true;
        if (verifier.verify(header, token.signed(), new Base64URL(token.signaturePart()))) {
          return key;
        }
      } catch (ParseException e) {
        throw no(TokenProblem.NOT_JSON, "its header is not that of a signed token");
      } catch (JOSEException e) {
        continue; // a key of another kind than the algorithm's: told below
      }
    }
    throw fits
        ? no(TokenProblem.SIGNATURE, "its signature is wrong")
        : no(TokenProblem.KEY_MISFIT, "the key that it names is not one for its algorithm");
  }

  private static Key publicKey(JWK key) throws JOSEException {
    return key instanceof RSAKey rsa ? rsa.toRSAPublicKey() : key.toECKey().toECPublicKey();
  }

  private void checkKind(Claims claims, @Nullable JsonNode kind) throws TokenRefusedException {
    if (config.acceptsIdTokens()) {
      return;
    }
    boolean told = kind != null && !(kind.isTextual() && KINDS.contains(kind.textValue()));
    if (told || OF_ID_TOKENS.stream().anyMatch(claims::has)) {
      throw no(
          TokenProblem.ID_TOKEN,
          "it is an ID token, or none for access: it says who logged in somewhere, not who asks here");
    }
  }
}
