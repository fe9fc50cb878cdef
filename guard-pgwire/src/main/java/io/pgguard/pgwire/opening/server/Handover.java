package io.pgguard.pgwire.opening.server;

import io.pgguard.pgwire.codec.ByteSink;
import io.pgguard.pgwire.codec.SliceRelay;
import io.pgguard.pgwire.codec.WireLimits;
import io.pgguard.pgwire.message.BackendKeyData;
import io.pgguard.pgwire.message.ParameterStatus;
import io.pgguard.pgwire.message.ReadyForQuery;
import io.pgguard.pgwire.session.Canceller;
import io.pgguard.pgwire.session.WireSession;
import io.pgguard.session.GuardSession;
import java.io.IOException;

/** Where two openings become one guarded conversation. */
public final class Handover {
  private Handover() {}

  /**
   * Tells a client that was let in what its server reported, as the guard shows it, and gives the
   * conversation.
   *
   * @param ownKey the cancel key that the client is told: never the server's
   * @throws io.pgguard.session.SessionClosedException when the guard does not accept a setting
   */
  public static WireSession arm(
      ServerReady ready,
      BackendKeyData ownKey,
      GuardSession guard,
      WireLimits limits,
      ByteSink toClient,
      ByteSink toServer,
      Canceller canceller)
      throws IOException {
    SliceRelay client = new SliceRelay(toClient);
    for (String name : ready.reported()) {
      String value = ready.parameters().getOrDefault(name, "");
      client.message(new ParameterStatus(name, guard.parameter(name, value)));
    }
    client.message(ownKey);
    guard.ready('I');
    client.message(new ReadyForQuery('I'));
    return new WireSession(guard, limits, toClient, toServer, canceller);
  }
}
