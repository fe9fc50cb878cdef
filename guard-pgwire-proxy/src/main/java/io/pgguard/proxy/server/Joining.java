package io.pgguard.proxy.server;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.EventLoop;
import io.pgguard.GuardConfigException;
import io.pgguard.audit.AuditUnavailableException;
import io.pgguard.catalog.CatalogUnavailableException;
import io.pgguard.identity.NoStandingException;
import io.pgguard.identity.Principal;
import io.pgguard.identity.Standing;
import io.pgguard.pgwire.codec.WireLimits;
import io.pgguard.pgwire.message.BackendKeyData;
import io.pgguard.pgwire.message.StartupMessage;
import io.pgguard.pgwire.opening.server.Handover;
import io.pgguard.pgwire.opening.server.ServerReady;
import io.pgguard.pgwire.session.WireSession;
import io.pgguard.proxy.database.ServedDatabase;
import io.pgguard.proxy.login.RefusedSettingException;
import io.pgguard.session.GuardSession;
import io.pgguard.session.SessionClosedException;
import io.pgguard.session.SessionRequest;
import io.pgguard.wording.ConnectWording;
import io.pgguard.wording.Said;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a session for a client that has shown who it is: settings judged, credential read, server
 * reached, role looked at, guarded session opened; nothing stays half open. What may wait runs on
 * workers.
 */
final class Joining {
  private static final Logger LOG = LoggerFactory.getLogger(Joining.class);

  private final Served served;
  private final FrontHandler front;
  private final ChannelHandlerContext context;
  private final EventLoop loop;
  private final ClientAddress client;
  private final Principal principal;
  private final StartupMessage startup;
  private final int keyLength;
  private Places.@Nullable Place place;
  private BackConnector.@Nullable Opened back;
  private String role = "";
  private boolean left;
  private boolean joined;

  Joining(
      Served served,
      FrontHandler front,
      ChannelHandlerContext context,
      ClientAddress client,
      Principal shown,
      StartupMessage startup,
      int keyLength) {
    this.served = served;
    this.front = front;
    this.context = context;
    this.loop = (EventLoop) context.executor();
    this.client = client;
    this.principal = shown;
    this.startup = startup;
    this.keyLength = keyLength;
  }

  void start() {
    String user = startup.parameters().getOrDefault("user", "");
    String asked = startup.parameters().getOrDefault("database", user);
    ServedDatabase database = served.databases().get(asked);
    if (database == null) {
      refuse(ConnectWording.NO_DATABASE.say(asked), "a database that is not served");
      return;
    }
    Standing standing;
    try {
      standing = served.guard().standing(principal);
    } catch (NoStandingException e) {
      refuse(ConnectWording.NO_STANDING.say(String.valueOf(e.getMessage())), e.toString());
      return;
    }
    role = standing.role();
    Places.Answer answer = served.places().session(principal.subject(), client.host());
    if (answer instanceof Places.Answer.Full full) {
      refuse(full.why(), full.why().message());
      return;
    }
    place = ((Places.Answer.Taken) answer).place();
    new Reaching(
            served.connector(),
            loop,
            database,
            new SessionStart(
                served.guard(),
                principal,
                standing,
                startup.parameters(),
                client.address().orElse(null)),
            new Reaching.Outcome() {
              @Override
              public void work(Reaching.Work work) {
                Joining.this.work(work);
              }

              @Override
              public void reached(BackConnector.Opened server) {
                opened(database, server);
              }

              @Override
              public void failed(Said said, String why) {
                refuse(said, why);
              }
            })
        .next(ConnectWording.UNREACHABLE.say(), "it has no server");
  }

  private void work(Reaching.Work work) {
    served
        .workers()
        .execute(
            () -> {
              try {
                work.run();
              } catch (RefusedSettingException e) {
                refuseLater(e.said(), e.said().message());
              } catch (AuditUnavailableException e) {
                refuseLater(ConnectWording.NOT_LOGGED.say(), e.toString());
              } catch (CatalogUnavailableException | GuardConfigException e) {
                refuseLater(ConnectWording.UNREACHABLE.say(), e.toString());
              } catch (SessionClosedException e) {
                refuseLater(
                    ConnectWording.CLOSED.say(String.valueOf(e.getMessage())), e.toString());
              } catch (RuntimeException e) {
                LOG.error("a connection could not be opened: the proxy failed", e);
                refuseLater(ConnectWording.FAILED.say(), e.toString());
              }
            });
  }

  private void refuseLater(Said said, String why) {
    loop.execute(() -> refuse(said, why));
  }

  private void opened(ServedDatabase database, BackConnector.Opened opened) {
    back = opened;
    if (left) {
      abandon();
      return;
    }
    for (ServerReady.Role each : opened.ready().roles()) {
      boolean privileged = each.superuser() || each.replication() || each.bypassesRls();
      if (privileged && !database.acceptsPrivilegedRole()) {
        refuse(
            ConnectWording.UNREACHABLE.say(),
            "the role "
                + each.name()
                + " is a superuser, a replication role or not bound by row policies; proxy.databases:"
                + " acceptPrivilegedRole allows that");
        return;
      }
    }
    boolean runsAsRole =
        opened.ready().roles().stream().anyMatch(r -> r.current() && r.name().equals(role));
    if (!runsAsRole) {
      refuse(ConnectWording.UNREACHABLE.say(), "statements would not run as " + role);
      return;
    }
    Pair pair =
        new Pair(
            context.channel(),
            opened.channel(),
            served.workers(),
            served.config().limits(),
            listener(opened));
    work(() -> arm(database, opened, pair));
  }

  /** On a worker. */
  private void arm(ServedDatabase database, BackConnector.Opened opened, Pair pair) {
    GuardSession guard =
        served
            .guard()
            .open(
                new SessionRequest(
                        principal,
                        "proxy",
                        opened.server().access(),
                        role,
                        opened.ready().parameters(),
                        pair::cancelInTurn,
                        pair::wake,
                        token -> served.logins().verify(token))
                    .between(client.address().orElse(null), database.environment()));
    BackendKeyData key = served.keys().add(keyLength, pair);
    try {
      WireSession session =
          Handover.arm(
              opened.ready(),
              key,
              guard,
              WireLimits.DEFAULT,
              pair.toClient(),
              pair.toServer(),
              pair::cancelInTurn);
      listenerOf(pair).armed(guard, key);
      served.live().named(guard.id(), pair);
      loop.execute(() -> join(opened, pair, session, guard));
    } catch (IOException e) {
      throw new IllegalStateException("an outbox does not fail", e);
    } catch (SessionClosedException e) {
      served.keys().remove(key);
      guard.close();
      throw e;
    }
  }

  private void join(
      BackConnector.Opened opened, Pair pair, WireSession session, GuardSession guard) {
    joined = true;
    opened.handler().pair(pair);
    served.live().add(pair);
    pair.endUnlessRenewed(() -> guard.principal().proof().expires());
    pair.begin(session, front.joined(pair));
    if (left || !opened.channel().isActive()) {
      pair.gone(left ? Pair.Side.CLIENT : Pair.Side.SERVER);
    }
  }

  private @Nullable SessionListener current;

  private SessionListener listenerOf(Pair pair) {
    return Objects.requireNonNull(current, "a listener of " + pair);
  }

  private SessionListener listener(BackConnector.Opened opened) {
    SessionListener made =
        new SessionListener(served, loop, opened, Objects.requireNonNull(place, "a place"));
    current = made;
    return made;
  }

  /** The client has gone before there was a session. */
  void clientLeft() {
    left = true;
    if (!joined && back != null) {
      abandon();
    } else if (!joined) {
      giveBack();
    }
  }

  private void refuse(Said said, String why) {
    abandon();
    front.refused(context, said, why);
  }

  private void abandon() {
    BackConnector.Opened opened = back;
    if (opened != null) {
      Channel channel = opened.channel();
      channel.close();
    }
    giveBack();
  }

  private void giveBack() {
    Places.Place taken = place;
    if (taken != null) {
      taken.close();
    }
  }
}
