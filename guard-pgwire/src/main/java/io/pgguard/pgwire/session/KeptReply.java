package io.pgguard.pgwire.session;

import io.pgguard.pgwire.message.Bind;
import io.pgguard.pgwire.message.Close;
import io.pgguard.pgwire.message.Parse;
import io.pgguard.session.Ruling;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Owes the answers to a text that is bound in place of the client's: of Close and Parse under a
 * reserved name, which the client does not see. Used by one thread.
 */
final class KeptReply implements Expected {
  /** The name of its statement; clients cannot use it. */
  private static final String NAME = Conversation.RESERVED + "kept";

  private static final String ORDER = "31";

  /** What runs by it. */
  final Flow flow;

  private int at;

  private KeptReply(Flow flow) {
    this.flow = flow;
  }

  /**
   * What is bound in place of what the client asked for.
   *
   * @param prepared the text
   * @param bind the client's message with the values that go with it
   */
  record Kept(Prepared prepared, Bind bind) {
    static @Nullable Kept of(Ruling.@Nullable Instead instead, Prepared asked, Bind bind) {
      if (instead == null) {
        return null;
      }
      List<Integer> left = instead.parameters();
      short[] formats = new short[left.size()];
      byte[][] values = new byte[left.size()][];
      int[] types = new int[left.size()];
      for (int i = 0; i < values.length; i++) {
        int index = left.get(i) - 1;
        formats[i] = (short) (bind.binary(index) ? 1 : 0);
        values[i] = bind.values()[index];
        types[i] = asked.parameterType(index);
      }
      Prepared prepared = new Prepared(instead.plan(), instead.plan().text(), types);
      prepared.describedAs(asked);
      return new Kept(
          prepared, new Bind(bind.portal(), NAME, formats, values, bind.resultFormats()));
    }

    /**
     * What was decided on, to be bound once more: by its text, since what ran may have put another
     * statement under its name.
     */
    static Kept again(Portal portal) {
      Bind first = portal.bind;
      return new Kept(
          portal.prepared,
          new Bind(
              first.portal(),
              NAME,
              first.parameterFormats(),
              first.values(),
              first.resultFormats()));
    }

    /** Has the server parse and bind it. */
    void send(Conversation conversation, Flow flow) throws IOException {
      conversation.toServer.message(new Close('S', NAME)); // another may have it, or code took it
      conversation.toServer.message(new Parse(NAME, prepared.sent, prepared.parameterTypes()));
      conversation.owed.expect(new KeptReply(flow));
      conversation.toServer.message(bind);
    }
  }

  /** Takes a message of the server; false where it is no part of the answers. */
  boolean takes(char type) {
    if (at == ORDER.length() || ORDER.charAt(at) != type) {
      return false;
    }
    at++;
    return true;
  }

  boolean complete() {
    return at == ORDER.length();
  }
}
