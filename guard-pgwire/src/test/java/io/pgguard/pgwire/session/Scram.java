package io.pgguard.pgwire.session;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/** The client's part of SCRAM-SHA-256 (RFC 5802, RFC 7677), for test servers that ask for it. */
final class Scram {
  static final String FIRST_BARE = "n=,r=rOprNGfwEbeRWgbNEkqO";

  private Scram() {}

  static String last(String serverFirst, String password) throws GeneralSecurityException {
    String[] parts = serverFirst.split(",");
    String nonce = parts[0].substring(2);
    byte[] salt = Base64.getDecoder().decode(parts[1].substring(2));
    int rounds = Integer.parseInt(parts[2].substring(2));
    byte[] salted =
        SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
            .generateSecret(new PBEKeySpec(password.toCharArray(), salt, rounds, 256))
            .getEncoded();
    byte[] clientKey = hmac(salted, "Client Key");
    byte[] stored = MessageDigest.getInstance("SHA-256").digest(clientKey);
    String withoutProof = "c=biws,r=" + nonce;
    byte[] signature = hmac(stored, FIRST_BARE + "," + serverFirst + "," + withoutProof);
    byte[] proof = new byte[clientKey.length];
    for (int i = 0; i < proof.length; i++) {
      proof[i] = (byte) (clientKey[i] ^ signature[i]);
    }
    return withoutProof + ",p=" + Base64.getEncoder().encodeToString(proof);
  }

  private static byte[] hmac(byte[] key, String text) throws GeneralSecurityException {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key, "HmacSHA256"));
    return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
  }
}
