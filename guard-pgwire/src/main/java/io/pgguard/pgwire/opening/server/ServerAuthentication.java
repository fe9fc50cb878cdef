package io.pgguard.pgwire.opening.server;

import io.pgguard.pgwire.message.Authentication;
import io.pgguard.pgwire.message.MalformedMessageException;
import io.pgguard.pgwire.message.MessageReader;
import io.pgguard.pgwire.message.MessageWriter;
import io.pgguard.pgwire.message.PasswordMessage;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Answers what a server asks before it lets Guard in: SCRAM-SHA-256 with or without channel
 * binding, MD5, and a password in the clear over TLS only.
 */
final class ServerAuthentication {
  private final ServerRequest request;
  private final SaslMechanisms mechanisms;
  private SaslMechanisms.@Nullable Exchange exchange;
  private boolean proved;
  private boolean done;

  ServerAuthentication(ServerRequest request, SaslMechanisms mechanisms) {
    this.request = request;
    this.mechanisms = mechanisms;
  }

  /** Whether the server has let Guard in. */
  boolean done() {
    return done;
  }

  /** The answer, or null when none is due. */
  @Nullable PasswordMessage answer(
      Authentication asked, boolean encrypted, byte @Nullable [] endPoint) {
    try {
      return switch (asked.code()) {
        case 0 -> {
          if (exchange != null && !proved) {
            throw violation("the server let Guard in without showing that it knows the password");
          }
          done = true;
          yield null;
        }
        case 3 -> {
          if (!encrypted) {
            throw violation("the server wants a password in the clear without TLS");
          }
          yield new PasswordMessage(zeroTerminated(request.password()));
        }
        case 5 -> new PasswordMessage(zeroTerminated(md5(asked.data())));
        case 10 -> begin(asked.data(), endPoint);
        case 11 -> new PasswordMessage(bytes(begun().answer(text(asked.data()))));
        case 12 -> {
          begun().verify(text(asked.data()));
          proved = true;
          yield null;
        }
        default ->
            throw violation(
                "the server wants a way to log in that Guard does not know: " + asked.code());
      };
    } catch (IllegalArgumentException e) {
      throw violation(String.valueOf(e.getMessage()));
    }
  }

  private PasswordMessage begin(byte[] data, byte @Nullable [] endPoint) {
    if (exchange != null) {
      throw violation("the server began SASL twice");
    }
    MessageReader in = new MessageReader().over("AuthenticationSASL", data, 0, data.length);
    List<String> offered = new ArrayList<>();
    for (String name = in.text(); !name.isEmpty(); name = in.text()) {
      offered.add(name);
    }
    SaslMechanisms.Exchange begun = mechanisms.begin(offered, request.password(), endPoint);
    exchange = begun;
    byte[] first = bytes(begun.first());
    return new PasswordMessage(
        new MessageWriter().text(begun.mechanism()).int32(first.length).bytes(first).toByteArray());
  }

  private SaslMechanisms.Exchange begun() {
    SaslMechanisms.Exchange begun = exchange;
    if (begun == null || proved) {
      throw violation("the server goes on with a SASL exchange that is not open");
    }
    return begun;
  }

  /** PostgreSQL documentation, "AuthenticationMD5Password". */
  private String md5(byte[] salt) {
    String inner = hex(bytes(request.password() + request.user()), new byte[0]);
    return "md5" + hex(bytes(inner), salt);
  }

  private static String hex(byte[] first, byte[] second) {
    try {
      MessageDigest digest = MessageDigest.getInstance("MD5");
      digest.update(first);
      digest.update(second);
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalArgumentException("this Java platform has no MD5", e);
    }
  }

  private static byte[] zeroTerminated(String text) {
    return new MessageWriter().text(text).toByteArray();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private static MalformedMessageException violation(String what) {
    return MalformedMessageException.violation("Authentication", what);
  }
}
