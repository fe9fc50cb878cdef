package io.pgguard.proxy.server;

import io.netty.channel.Channel;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.concurrent.GlobalEventExecutor;
import io.pgguard.Guard;
import io.pgguard.GuardConfig;
import io.pgguard.GuardConfigException;
import io.pgguard.ProxyConfig;
import io.pgguard.identity.Principal;
import io.pgguard.proxy.database.OwnConnections;
import io.pgguard.proxy.database.ServedDatabase;
import io.pgguard.proxy.database.ServerAddress;
import io.pgguard.proxy.login.FailedLogins;
import io.pgguard.proxy.metrics.HealthServer;
import io.pgguard.proxy.metrics.ProxyMetrics;
import io.pgguard.session.Explanation;
import io.pgguard.session.SessionRequest;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The listeners, and what every connection shares. Thread-safe. */
public final class ProxyServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ProxyServer.class);

  private final Loops loops;
  private final Workers workers;
  private final Served served;
  private final List<Channel> listeners = new ArrayList<>();
  private final List<Listening> places = new ArrayList<>();
  private final ChannelGroup clients = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
  private @Nullable HealthServer health;
  private volatile boolean draining;
  private boolean closed;

  private ProxyServer(Loops loops, Workers workers, Served served) {
    this.loops = loops;
    this.workers = workers;
    this.served = served;
  }

  /** What the configuration gives. */
  private record Parts(
      Map<String, ServedDatabase> databases,
      Reloaded.Parts reloaded,
      List<Listening> places,
      Balancers balancers,
      Map<Integer, ServerAddress> peers,
      @Nullable ServerAddress health) {

    static Parts with(Reloaded.Parts reloaded, GuardConfig config, ProxyConfig proxy) {
      Map<String, ServedDatabase> databases = new LinkedHashMap<>();
      proxy.databases().forEach(d -> databases.put(d.name(), new ServedDatabase(config, d)));
      return new Parts(
          databases,
          reloaded,
          proxy.listen().stream().map(Listening::read).toList(),
          new Balancers(proxy.balancers()),
          Cancels.peers(proxy),
          proxy.health() == null ? null : ServerAddress.read("proxy.health", proxy.health()));
    }
  }

  /**
   * Reads all that a start would read, and starts nothing.
   *
   * @throws GuardConfigException when it cannot be used
   */
  public static void check(GuardConfig config, ProxyConfig proxy) {
    Parts unused = Parts.with(Reloaded.Parts.check(config, proxy), config, proxy);
  }

  /**
   * Listens everywhere that the configuration says, or nowhere.
   *
   * @throws GuardConfigException when the configuration cannot be used
   */
  public static ProxyServer start(Guard guard, ProxyConfig proxy) {
    GuardConfig config = guard.config();
    Parts parts = Parts.with(Reloaded.Parts.read(config, proxy, guard.denied()), config, proxy);
    Loops loops = Loops.start();
    Workers workers = new Workers();
    BackConnector connector = new BackConnector(loops);
    Served served =
        new Served(
            guard,
            proxy,
            parts.databases(),
            new Reloaded(parts.reloaded()),
            connector,
            workers,
            Cancels.of(proxy, connector, parts.peers()),
            new Places(proxy.limits()),
            parts.balancers(),
            new FailedLogins(
                proxy.limits().failedLogins(),
                proxy.limits().failedLoginsWithin(),
                System::nanoTime),
            new LiveSessions(),
            new ProxyMetrics());
    ProxyServer server = new ProxyServer(loops, workers, served);
    try {
      server.observe();
      parts.places().forEach(server::listen);
      ServerAddress health = parts.health();
      if (health != null) {
        server.health =
            HealthServer.start(
                new InetSocketAddress(health.host(), health.port()),
                served.metrics(),
                () -> !server.draining);
      }
      return server;
    } catch (RuntimeException e) {
      server.close();
      throw e;
    }
  }

  private void observe() {
    served.guard().observe(served.live()::heard);
    served.guard().observe(served.metrics()::heard);
    Places places = served.places();
    served.metrics().gauge("guard.sessions", "Sessions that are open", places::sessions);
    served
        .metrics()
        .gauge("guard.openings", "Connections that have not logged in yet", places::openings);
    served
        .metrics()
        .gauge(
            "guard.approvals.waiting",
            "Requests that wait for people",
            () -> served.guard().approvals().pending().size());
  }

  private void listen(Listening place) {
    listeners.add(
        place.open(
            loops,
            channel -> {
              clients.add(channel);
              channel.pipeline().addLast(new FrontHandler(served));
            }));
    places.add(place);
  }

  /**
   * Reads accounts, keys of tokens and the certificate anew, for connections from now on; where
   * they cannot be used, those before stay.
   *
   * @throws GuardConfigException when they cannot be used
   */
  public void reload(GuardConfig config, ProxyConfig proxy) {
    served.reloaded().replace(Reloaded.Parts.read(config, proxy, served.guard().denied()));
    LOG.info("accounts, keys and certificate were read anew");
  }

  /**
   * Takes no more clients, ends sessions as they become idle, and waits for that.
   *
   * @return whether all of them ended in time
   */
  public boolean drain(Duration atMost) {
    draining = true;
    listeners.forEach(listener -> listener.close().awaitUninterruptibly());
    served.live().all().forEach(Pair::drain);
    long end = System.nanoTime() + atMost.toNanos();
    while (!served.live().isEmpty() && System.nanoTime() - end < 0) {
      if (!clients.newCloseFuture().awaitUninterruptibly(100)) {
        served.live().all().forEach(Pair::drain); // those that joined meanwhile
      }
    }
    return served.live().isEmpty();
  }

  /** Where health and metrics are, or null. */
  public @Nullable InetSocketAddress healthAddress() {
    HealthServer server = health;
    return server == null ? null : server.address();
  }

  /** The addresses at which it listens. */
  public List<InetSocketAddress> addresses() {
    return listeners.stream()
        .map(Channel::localAddress)
        .filter(InetSocketAddress.class::isInstance)
        .map(InetSocketAddress.class::cast)
        .toList();
  }

  /** The databases that are served, by the addresses that sessions on them have. */
  public List<String> databases() {
    return servers().map(server -> server.access().address()).distinct().toList();
  }

  /** What Guard would make of a text in one of them; see {@link io.pgguard.proxy.Proxy#explain}. */
  public Optional<Explanation> explain(String database, Principal principal, String text) {
    Guard guard = served.guard();
    List<OwnConnections> named =
        servers()
            .map(ServedDatabase.Server::access)
            .filter(each -> each.address().equals(database) || each.database().equals(database))
            .toList();
    long addresses = named.stream().map(OwnConnections::address).distinct().count();
    return named.stream()
        .filter(each -> addresses == 1 || each.address().equals(database))
        .findFirst()
        .map(
            access ->
                guard.explain(
                    new SessionRequest(
                        principal, "console", access, guard.role(principal), Map.of(), () -> {}),
                    text));
  }

  private Stream<ServedDatabase.Server> servers() {
    return served.databases().values().stream().flatMap(each -> each.servers().stream());
  }

  /** Closes every connection and waits for their sessions to end, for a short time. Idempotent. */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    draining = true;
    HealthServer telling = health;
    if (telling != null) {
      telling.close();
    }
    listeners.forEach(listener -> listener.close().awaitUninterruptibly());
    places.forEach(Listening::closed);
    clients.close().awaitUninterruptibly(5, TimeUnit.SECONDS);
    loops.group().shutdownGracefully(50, 5000, TimeUnit.MILLISECONDS).awaitUninterruptibly();
    workers.close();
    served.databases().values().forEach(ServedDatabase::close);
  }
}
