package io.pgguard.pgwire.session;

import io.pgguard.pgwire.codec.SliceRelay;
import io.pgguard.pgwire.message.Close;
import io.pgguard.pgwire.message.Describe;
import io.pgguard.pgwire.message.Parse;
import io.pgguard.session.ServerMessage;
import io.pgguard.session.Trial;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Owes the answers to a text that is parsed only to see whether the server itself finds something
 * wrong with it: of Close, Parse and Close, then of the description of what it names. The client
 * sees an error and nothing else of them. Used by one thread.
 */
final class TrialReply implements Expected {
  private static final String PARSING = "313";
  private static final int DESCRIBING = PARSING.length();
  private static final String PORTAL = "portal";

  private final String order;
  private int at;

  private TrialReply(String order) {
    this.order = order;
  }

  /**
   * Sends the messages.
   *
   * @param name a reserved name for the statement
   * @param types the types that the client declared for parameters
   */
  static TrialReply send(Trial trial, String name, int[] types, SliceRelay toServer)
      throws IOException {
    toServer.message(new Close('S', name)); // code may have taken the name
    toServer.message(new Parse(name, trial.text(), types));
    toServer.message(new Close('S', name));
    String order = PARSING;
    if (trial.cursor() != null) {
      toServer.message(new Describe('P', trial.cursor()));
      order += "T";
    } else if (trial.prepared() != null) {
      toServer.message(new Describe('S', trial.prepared()));
      order += "tT";
    }
    return new TrialReply(order);
  }

  /** Takes a message of the server; false where it is no part of the answers. */
  boolean takes(char type) {
    char part = type == 'n' ? 'T' : type;
    if (at == order.length() || order.charAt(at) != part) {
      return false;
    }
    at++;
    return true;
  }

  /**
   * An error as a client knows it: FETCH and MOVE speak of the portal that they name as a cursor.
   */
  ServerMessage told(ServerMessage error) {
    String message = error.field('M');
    if (at < DESCRIBING || !message.startsWith(PORTAL)) {
      return error;
    }
    Map<Character, String> fields = new LinkedHashMap<>(error.fields());
    fields.put('M', "cursor" + message.substring(PORTAL.length()));
    return new ServerMessage(fields);
  }

  boolean complete() {
    return at == order.length();
  }
}
