package io.pgguard.pgwire.opening.client;

import io.pgguard.pgwire.message.Authentication;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * A token in the password message (PostgreSQL documentation, "AuthenticationCleartextPassword").
 * The caller sees to it that the connection may carry it.
 */
public final class PasswordLogin implements Login {
  private static final int CLEARTEXT = 3;

  @Override
  public LoginStep begin() {
    return new LoginStep.Ask(new Authentication(CLEARTEXT, new byte[0]));
  }

  @Override
  public LoginStep answer(byte[] body) {
    if (body.length == 0 || body[body.length - 1] != 0) {
      return new LoginStep.Failed("the password message does not end with a zero byte");
    }
    try {
      String token =
          StandardCharsets.UTF_8
              .newDecoder()
              .decode(ByteBuffer.wrap(body, 0, body.length - 1))
              .toString();
      return token.isEmpty() || token.indexOf('\0') >= 0
          ? new LoginStep.Failed("no token was sent")
          : new LoginStep.Check(new Evidence.Token(token));
    } catch (CharacterCodingException e) {
      return new LoginStep.Failed("the token is not UTF-8");
    }
  }
}
