package io.pgguard.pgwire.opening.client;

import io.pgguard.pgwire.message.Authentication;
import io.pgguard.pgwire.message.MessageReader;
import io.pgguard.pgwire.message.MessageWriter;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The server's part of SCRAM-SHA-256 and SCRAM-SHA-256-PLUS (RFC 5802, RFC 7677, RFC 5929
 * tls-server-end-point). The name in the client's messages is not looked at, as PostgreSQL does
 * not: the startup packet has it.
 */
public final class ScramLogin implements Login {
  private static final String PLAIN = "SCRAM-SHA-256";
  private static final String PLUS = "SCRAM-SHA-256-PLUS";
  private static final String BINDING = "p=tls-server-end-point";
  private static final int SASL = 10;
  private static final int SASL_CONTINUE = 11;
  private static final int SASL_FINAL = 12;
  private static final int MOST_NONCE = 1024;
  private static final SecureRandom RANDOM = new SecureRandom();

  private final ScramVerifier verifier;
  private final byte @Nullable [] endPoint;
  private final String serverNonce;
  private @Nullable Exchange exchange;

  /** The first messages, once they have been exchanged. */
  private record Exchange(String header, boolean plus, String bare, String first, String nonce) {}

  /**
   * @param endPoint the hash of Guard's own certificate (tls-server-end-point), or null without TLS
   */
  public ScramLogin(ScramVerifier verifier, byte @Nullable [] endPoint) {
    this(verifier, endPoint, nonce());
  }

  ScramLogin(ScramVerifier verifier, byte @Nullable [] endPoint, String serverNonce) {
    this.verifier = verifier;
    this.endPoint = endPoint;
    this.serverNonce = serverNonce;
  }

  private static String nonce() {
    byte[] random = new byte[18];
    RANDOM.nextBytes(random);
    return Base64.getEncoder().encodeToString(random);
  }

  @Override
  public LoginStep begin() {
    MessageWriter names = new MessageWriter();
    if (endPoint != null) {
      names.text(PLUS);
    }
    return ask(SASL, names.text(PLAIN).text("").toByteArray());
  }

  private static LoginStep ask(int code, byte[] data) {
    return new LoginStep.Ask(new Authentication(code, data));
  }

  @Override
  public LoginStep answer(byte[] body) {
    Exchange begun = exchange;
    return begun == null ? first(body) : last(begun, new String(body, StandardCharsets.UTF_8));
  }

  private LoginStep first(byte[] body) {
    MessageReader in = new MessageReader().over("SASLInitialResponse", body, 0, body.length);
    String mechanism = in.text();
    int length = in.int32();
    if (length < 0) {
      return failed("no first message came with the mechanism");
    }
    String message = new String(in.bytes(length), StandardCharsets.UTF_8);
    in.end();
    boolean plus = mechanism.equals(PLUS) && endPoint != null;
    if (!plus && !mechanism.equals(PLAIN)) {
      return failed("the mechanism was not offered");
    }
    int flagEnd = message.indexOf(',');
    int headerEnd = flagEnd < 0 ? -1 : message.indexOf(',', flagEnd + 1);
    if (headerEnd < 0) {
      return failed("the first message has no header");
    }
    String flag = message.substring(0, flagEnd);
    if (!flagFits(flag, plus) || headerEnd > flagEnd + 1) {
      return failed("the channel binding or authorization identity " + flag + " does not fit");
    }
    return begin(message.substring(0, headerEnd + 1), plus, message.substring(headerEnd + 1));
  }

  /** Flag y says that the client knows channel binding and thinks that Guard does not. */
  private boolean flagFits(String flag, boolean plus) {
    return plus ? flag.equals(BINDING) : flag.equals("n") || (flag.equals("y") && endPoint == null);
  }

  private LoginStep begin(String header, boolean plus, String bare) {
    String[] parts = bare.split(",", -1);
    if (parts.length < 2
        || !parts[0].startsWith("n=")
        || !parts[1].startsWith("r=")
        || parts[1].length() < 3
        || parts[1].length() > MOST_NONCE) {
      return failed("the first message is malformed");
    }
    String nonce = parts[1].substring(2) + serverNonce;
    String first =
        "r="
            + nonce
            + ",s="
            + Base64.getEncoder().encodeToString(verifier.salt())
            + ",i="
            + verifier.iterations();
    exchange = new Exchange(header, plus, bare, first, nonce);
    return ask(SASL_CONTINUE, first.getBytes(StandardCharsets.UTF_8));
  }

  private LoginStep last(Exchange begun, String message) {
    int proofAt = message.lastIndexOf(",p=");
    if (proofAt < 0) {
      return failed("the last message has no proof");
    }
    String withoutProof = message.substring(0, proofAt);
    Map<String, String> parts = parts(withoutProof);
    if (!begun.nonce().equals(parts.get("r"))) {
      return failed("the nonce is another");
    }
    if (!Arrays.equals(binding(begun), decoded(parts.get("c")))) {
      return failed("the channel binding is another");
    }
    String all = begun.bare() + "," + begun.first() + "," + withoutProof;
    byte[] clientKey = decoded(message.substring(proofAt + 3));
    byte[] signature = Hmac.of(verifier.storedKey(), all);
    if (clientKey == null || clientKey.length != signature.length) {
      return failed("the proof is malformed");
    }
    Hmac.xor(clientKey, signature);
    if (!MessageDigest.isEqual(Hmac.sha256(clientKey), verifier.storedKey())) {
      return failed("the password is another, or there is no such account");
    }
    String proof = "v=" + Base64.getEncoder().encodeToString(Hmac.of(verifier.serverKey(), all));
    return new LoginStep.Proved(
        new Authentication(SASL_FINAL, proof.getBytes(StandardCharsets.UTF_8)));
  }

  private byte[] binding(Exchange begun) {
    byte[] header = begun.header().getBytes(StandardCharsets.UTF_8);
    byte[] hash = endPoint;
    if (!begun.plus() || hash == null) {
      return header;
    }
    byte[] both = Arrays.copyOf(header, header.length + hash.length);
    System.arraycopy(hash, 0, both, header.length, hash.length);
    return both;
  }

  private static Map<String, String> parts(String message) {
    Map<String, String> parts = new java.util.HashMap<>();
    for (String part : message.split(",", -1)) {
      if (part.length() >= 2 && part.charAt(1) == '=') {
        parts.putIfAbsent(part.substring(0, 1), part.substring(2));
      }
    }
    return parts;
  }

  private static byte @Nullable [] decoded(@Nullable String base64) {
    try {
      return base64 == null ? null : Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      return null; // malformed is as wrong as any other value
    }
  }

  private static LoginStep failed(String reason) {
    return new LoginStep.Failed(reason);
  }
}
