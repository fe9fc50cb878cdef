package io.pgguard.proxy.server;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import io.pgguard.pgwire.message.BackendKeyData;
import io.pgguard.session.GuardSession;
import org.jspecify.annotations.Nullable;

/** What a pair needs of the rest of the proxy. Thread-safe. */
final class SessionListener implements PairListener {
  private final Served served;
  private final EventLoop loop;
  private final BackConnector.Opened opened;
  private final Places.Place place;
  private volatile @Nullable GuardSession guard;
  private volatile @Nullable BackendKeyData key;

  SessionListener(Served served, EventLoop loop, BackConnector.Opened opened, Places.Place place) {
    this.served = served;
    this.loop = loop;
    this.opened = opened;
    this.place = place;
  }

  /** The session is there, and what cancels it. */
  void armed(GuardSession session, BackendKeyData cancelKey) {
    guard = session;
    key = cancelKey;
  }

  @Override
  public Future<?> cancelServer() {
    return served.connector().cancel(loop, opened.server(), opened.ready().key());
  }

  @Override
  public void cancelled() {
    takeBack("the client cancelled the statement");
  }

  @Override
  public void left() {
    takeBack("the client left");
  }

  /** Who asked may take it back: nobody waits for it any more. */
  private void takeBack(String why) {
    GuardSession session = guard;
    if (session == null) {
      return;
    }
    served.workers().execute(() -> session.takeBack(why));
  }

  @Override
  public void ended(Pair pair) {
    GuardSession session = guard;
    served.live().remove(pair, session == null ? "" : session.id());
    BackendKeyData told = key;
    if (told != null) {
      served.keys().remove(told);
    }
    place.close();
  }
}
