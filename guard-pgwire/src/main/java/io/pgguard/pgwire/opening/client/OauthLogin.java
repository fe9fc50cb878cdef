package io.pgguard.pgwire.opening.client;

import io.pgguard.pgwire.message.Authentication;
import io.pgguard.pgwire.message.MessageReader;
import io.pgguard.pgwire.message.MessageWriter;
import io.pgguard.wording.ConnectWording;
import io.pgguard.wording.Said;
import java.nio.charset.StandardCharsets;

/**
 * A bearer token by SASL OAUTHBEARER (RFC 7628), as libpq of PostgreSQL 18 speaks it: an empty
 * token asks where tokens come from, and is answered with that and a failure. The caller sees to it
 * that the connection is encrypted.
 */
public final class OauthLogin implements Login {
  private static final String NAME = "OAUTHBEARER";
  private static final String SEPARATOR = "\001";
  private static final String AUTH = "auth=";
  private static final int SASL = 10;
  private static final int SASL_CONTINUE = 11;

  private final String challenge;
  private boolean over;
  private boolean asked;

  /**
   * @param discovery the issuer's openid-configuration
   * @param scope what a client is to ask for
   */
  public OauthLogin(String discovery, String scope) {
    this.challenge =
        "{\"status\":\"invalid_token\",\"openid-configuration\":\""
            + escaped(discovery)
            + "\",\"scope\":\""
            + escaped(scope)
            + "\"}";
  }

  private static String escaped(String text) {
    return text.replace("\\", "\\\\").replace("\"", "\\\"");
  }

  @Override
  public LoginStep begin() {
    return new LoginStep.Ask(
        new Authentication(SASL, new MessageWriter().text(NAME).text("").toByteArray()));
  }

  @Override
  public LoginStep answer(byte[] body) {
    if (over) {
      return new LoginStep.Failed("no token that is taken"); // whatever the client answers
    }
    MessageReader in = new MessageReader().over("SASLInitialResponse", body, 0, body.length);
    String mechanism = in.text();
    int length = in.int32();
    if (!mechanism.equals(NAME) || length < 0) {
      return new LoginStep.Failed("the mechanism was not offered");
    }
    String message = new String(in.bytes(length), StandardCharsets.UTF_8);
    in.end();
    int header = message.indexOf(SEPARATOR);
    String flags = header < 0 ? "" : message.substring(0, header);
    if (!(flags.equals("n,,") || flags.equals("y,,")) || !message.endsWith(SEPARATOR + SEPARATOR)) {
      return new LoginStep.Failed("the bearer message is malformed");
    }
    return token(message.substring(header + 1, message.length() - 2).split(SEPARATOR, -1));
  }

  private LoginStep token(String[] pairs) {
    String auth = null;
    for (String pair : pairs) {
      if (pair.startsWith(AUTH)) {
        if (auth != null) {
          return new LoginStep.Failed("two tokens");
        }
        auth = pair.substring(AUTH.length());
      }
    }
    if (auth == null) {
      return new LoginStep.Failed("no token in the bearer message");
    }
    if (auth.isEmpty()) {
      asked = true;
      return notTaken("asks where tokens come from");
    }
    String scheme = "Bearer ";
    return auth.regionMatches(true, 0, scheme, 0, scheme.length())
        ? new LoginStep.Check(new Evidence.Token(auth.substring(scheme.length()).strip()))
        : new LoginStep.Failed("another scheme than Bearer");
  }

  @Override
  public LoginStep notTaken(String reason) {
    over = true;
    return new LoginStep.Ask(
        new Authentication(SASL_CONTINUE, challenge.getBytes(StandardCharsets.UTF_8)));
  }

  /** A client that knows no issuer yet asks first, and fails (RFC 7628, 3.2.2). */
  @Override
  public boolean tried() {
    return !asked;
  }

  @Override
  public Said failure(String user) {
    return ConnectWording.TOKEN_NOT_TAKEN.say(user);
  }
}
