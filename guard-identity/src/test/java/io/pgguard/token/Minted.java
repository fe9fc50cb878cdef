package io.pgguard.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.Base64;
import java.util.List;

/** Keys of a provider, and tokens of any header and payload that they sign. */
final class Minted {
  static final String ISSUER = "https://login.example/realms/main";
  static final long NOW = 1_800_000_000L;
  static final String HEADER = "{\"alg\":\"RS256\",\"kid\":\"rsa\",\"typ\":\"JWT\"}";
  static final String PAYLOAD =
      """
      {"iss":"https://login.example/realms/main","aud":["guard","other"],"sub":"ana-1",\
      "azp":"sql-agent","jti":"t-1","iat":1799999990,"nbf":1799999990,"exp":1800000300,\
      "email":"ana@example.com","groups":["analysts","dba"],"typ":"Bearer"}""";

  final RSAKey rsa = rsa("rsa");
  final RSAKey other = rsa("other");
  final ECKey ec = ec("ec");

  private static RSAKey rsa(String id) {
    try {
      return new RSAKeyGenerator(2048).keyID(id).generate();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  private static ECKey ec(String id) {
    try {
      return new ECKeyGenerator(Curve.P_256).keyID(id).generate();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What the provider publishes: also keys that sign nothing. */
  String published() {
    RSAKey encrypts = new RSAKey.Builder(rsa("enc")).keyUse(KeyUse.ENCRYPTION).build();
    RSAKey named = new RSAKey.Builder(other).algorithm(JWSAlgorithm.PS256).build();
    List<JWK> keys = List.of(rsa, named, ec, encrypts);
    return new JWKSet(keys).toPublicJWKSet().toString();
  }

  KeySet keys() {
    try {
      return KeySet.read(published());
    } catch (ParseException e) {
      throw new IllegalStateException(e);
    }
  }

  String good() {
    return rsa(HEADER, PAYLOAD);
  }

  /** A token with that header and payload, signed by the key "rsa" whatever its header says. */
  String rsa(String header, String payload) {
    return signed(rsa, "RS256", header, payload);
  }

  String signed(JWK key, String algorithm, String header, String payload) {
    String signed = part(header) + "." + part(payload);
    JWSHeader by = new JWSHeader(JWSAlgorithm.parse(algorithm));
    byte[] bytes = signed.getBytes(StandardCharsets.US_ASCII);
    try {
      return signed
          + "."
          + (key instanceof RSAKey ours
              ? new RSASSASigner(ours).sign(by, bytes)
              : new ECDSASigner(key.toECKey()).sign(by, bytes));
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  static String part(String json) {
    return part(json.getBytes(StandardCharsets.UTF_8));
  }

  static String part(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
