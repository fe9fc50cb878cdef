package io.pgguard.proxy.server;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import io.pgguard.catalog.CatalogUnavailableException;
import io.pgguard.pgwire.opening.server.ServerRequest;
import io.pgguard.proxy.database.ServedDatabase;
import io.pgguard.proxy.login.RefusedSettingException;
import io.pgguard.wording.ConnectWording;
import io.pgguard.wording.Said;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reaches one of a database's servers for one session: the first in order that lets in and is of
 * the kind that is wanted. Used by the session's loop.
 */
final class Reaching {
  private static final Logger LOG = LoggerFactory.getLogger(Reaching.class);

  private final BackConnector connector;
  private final EventLoop loop;
  private final ServedDatabase database;
  private final SessionStart start;
  private final ServerTries tries;
  private final Outcome outcome;

  /** What may wait. */
  interface Work {
    void run() throws RefusedSettingException;
  }

  /** What comes of it. */
  interface Outcome {

    /** Runs what may wait on a worker; what it throws ends the client's opening. */
    void work(Work work);

    /** A server has let in. Called by the loop. */
    void reached(BackConnector.Opened server);

    /** There is none. Called by the loop. */
    void failed(Said said, String why);
  }

  Reaching(
      BackConnector connector,
      EventLoop loop,
      ServedDatabase database,
      SessionStart start,
      Outcome outcome) {
    this.connector = connector;
    this.loop = loop;
    this.database = database;
    this.start = start;
    this.tries = new ServerTries(database);
    this.outcome = outcome;
  }

  /**
   * Goes to the next server.
   *
   * @param failure what the client is told where there is none left
   * @param why what the log is told then
   */
  void next(Said failure, String why) {
    ServedDatabase.Server server = tries.next().orElse(null);
    if (server == null) {
      outcome.failed(failure, why);
      return;
    }
    outcome.work(
        () -> {
          try {
            Map<String, String> settings = start.settings(database, server);
            String password = database.password();
            loop.execute(() -> connect(server, settings, password, false));
          } catch (CatalogUnavailableException e) {
            LOG.warn("the database {}: {}", database.name(), e.getMessage());
            loop.execute(() -> next(ConnectWording.UNREACHABLE.say(), e.toString()));
          }
        });
  }

  private void connect(
      ServedDatabase.Server server, Map<String, String> settings, String password, boolean again) {
    connector
        .open(loop, server, new ServerRequest(settings, password, server.tls().wanted()))
        .addListener(
            (Future<BackConnector.Opened> done) -> {
              if (done.isSuccess()) {
                reached(done.getNow());
              } else {
                LOG.warn("the database {}: {}", database.name(), done.cause().getMessage());
                failed(server, settings, done.cause(), again);
              }
            });
  }

  /** A credential that is not taken is asked for once more: it may have been changed. */
  private void failed(
      ServedDatabase.Server server, Map<String, String> settings, Throwable cause, boolean again) {
    boolean refused = cause instanceof BackFailure failure && failure.credentialRefused();
    if (refused && !again) {
      outcome.work(
          () -> {
            String fresh = database.password();
            loop.execute(() -> connect(server, settings, fresh, true));
          });
    } else if (refused) {
      outcome.failed(ConnectWording.UNREACHABLE.say(), cause.toString());
    } else {
      next(ConnectWording.UNREACHABLE.say(), cause.toString());
    }
  }

  /** A server of another kind than the wanted one is left for the next. */
  private void reached(BackConnector.Opened opened) {
    if (tries.fits(opened.ready().parameters())) {
      outcome.reached(opened);
      return;
    }
    opened.channel().close();
    String wanted = database.targetSessionAttrs().written();
    next(
        ConnectWording.NO_SERVER_FITS.say(wanted), opened.server().address() + " is not " + wanted);
  }
}
