package io.pgguard.pgwire.session;

import io.pgguard.session.Refusal;
import io.pgguard.wording.WireWording;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * Refuses messages of the extended protocol for what they name: what is not there, what is Guard's
 * own, what the server would cut. Each method returns true, since the message is dealt with then.
 */
final class NamedInMessages {
  /** The server cuts longer names, so two of them could be one (NAMEDATALEN - 1). */
  private static final int MAX_NAME = 63;

  private final Conversation conversation;

  NamedInMessages(Conversation conversation) {
    this.conversation = conversation;
  }

  boolean unknownStatement(String name) throws IOException {
    return refuse(WireWording.UNKNOWN_STATEMENT, name);
  }

  boolean unknownPortal(String name) throws IOException {
    return refuse(WireWording.UNKNOWN_PORTAL, name);
  }

  /** Whether a name cannot be the client's; it was told so. */
  boolean unusable(String name) throws IOException {
    if (name.startsWith(Conversation.RESERVED)) {
      return refuse(WireWording.RESERVED_NAME, Conversation.RESERVED);
    }
    return tooLong(name);
  }

  private boolean tooLong(String name) throws IOException {
    if (name.length() * 3 <= MAX_NAME || name.getBytes(StandardCharsets.UTF_8).length <= MAX_NAME) {
      return false;
    }
    return refuse(WireWording.LONG_NAME);
  }

  boolean refuse(WireWording wording, Object... values) throws IOException {
    return refuse(Refusal.of(wording.say(values)));
  }

  boolean refuse(Refusal refusal) throws IOException {
    conversation.poison.inPlace(refusal);
    return true;
  }

  /** Refuses a Parse, with the types that it declares. */
  boolean refuse(Refusal refusal, int[] types) throws IOException {
    conversation.poison.inPlace(refusal, types);
    return true;
  }
}
