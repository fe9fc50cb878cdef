package io.pgguard.pgwire.opening.client;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a password can be checked by without knowing it, in the form of {@code pg_authid}: {@code
 * SCRAM-SHA-256$iterations:salt$StoredKey:ServerKey}. Immutable as long as nobody writes to its
 * arrays; never printed.
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record ScramVerifier(int iterations, byte[] salt, byte[] storedKey, byte[] serverKey) {
  private static final Pattern FORM =
      Pattern.compile("SCRAM-SHA-256\\$([1-9][0-9]{0,8}):([^$:]+)\\$([^$:]+):([^$:]+)");
  private static final int KEY = 32;

  /** What PostgreSQL itself takes by default ({@code scram_iterations}). */
  private static final int USUAL_ITERATIONS = 4096;

  private static final int USUAL_SALT = 16;

  public ScramVerifier {
    if (iterations < 1 || salt.length == 0 || storedKey.length != KEY || serverKey.length != KEY) {
      throw new IllegalArgumentException("not a verifier for SCRAM-SHA-256");
    }
  }

  /**
   * Reads the form of {@code pg_authid}.
   *
   * @throws IllegalArgumentException when the text is no such verifier; never shows the text
   */
  public static ScramVerifier read(String text) {
    Matcher parts = FORM.matcher(text);
    if (!parts.matches()) {
      throw new IllegalArgumentException(
          "a verifier looks like SCRAM-SHA-256$4096:SALT$STOREDKEY:SERVERKEY, as in pg_authid");
    }
    Base64.Decoder base64 = Base64.getDecoder();
    return new ScramVerifier(
        Integer.parseInt(parts.group(1)),
        base64.decode(parts.group(2)),
        base64.decode(parts.group(3)),
        base64.decode(parts.group(4)));
  }

  /** The verifier of a password. Takes as long as its iterations take. */
  public static ScramVerifier of(String password, byte[] salt, int iterations) {
    byte[] salted = Hmac.derive(password.getBytes(StandardCharsets.UTF_8), salt, iterations);
    return new ScramVerifier(
        iterations,
        salt,
        Hmac.sha256(Hmac.of(salted, "Client Key")),
        Hmac.of(salted, "Server Key"));
  }

  /**
   * A verifier that no password has, the same each time for one name: an unknown name is answered
   * as a known one is.
   *
   * @param secret of this process
   */
  public static ScramVerifier ofNobody(String name, byte[] secret) {
    byte[] salt = Arrays.copyOf(Hmac.of(secret, "salt of " + name), USUAL_SALT);
    return new ScramVerifier(
        USUAL_ITERATIONS,
        salt,
        Hmac.of(secret, "stored key of " + name),
        Hmac.of(secret, "server key of " + name));
  }

  /** The form of {@code pg_authid}. */
  public String text() {
    Base64.Encoder base64 = Base64.getEncoder();
    return "SCRAM-SHA-256$"
        + iterations
        + ":"
        + base64.encodeToString(salt)
        + "$"
        + base64.encodeToString(storedKey)
        + ":"
        + base64.encodeToString(serverKey);
  }

  @Override
  public String toString() {
    return "ScramVerifier";
  }
}
