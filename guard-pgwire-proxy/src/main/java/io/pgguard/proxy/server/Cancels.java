package io.pgguard.proxy.server;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import io.pgguard.GuardConfigException;
import io.pgguard.ProxyConfig;
import io.pgguard.pgwire.message.CancelRequest;
import io.pgguard.proxy.database.ServerAddress;
import io.pgguard.proxy.database.ServerTls;
import java.util.HashMap;
import java.util.Map;

/**
 * Where cancel requests go: to the session of this node that the key stands for, or to the node
 * that made the key. A request that another node passed on is never passed on again, whatever the
 * nodes' configurations say of each other. Thread-safe.
 */
final class Cancels {
  /** Clients are told positive process ids; this bit marks what a node passes on. */
  private static final int PASSED_ON = 1 << 31;

  private final int node;
  private final CancelKeys keys;
  private final BackConnector connector;
  private final ServerTls tls;
  private final Map<Integer, ServerAddress> peers;

  private Cancels(
      int node,
      CancelKeys keys,
      BackConnector connector,
      ServerTls tls,
      Map<Integer, ServerAddress> peers) {
    this.node = node;
    this.keys = keys;
    this.connector = connector;
    this.tls = tls;
    this.peers = peers;
  }

  /**
   * Where the other nodes are, by their numbers.
   *
   * @throws GuardConfigException when an address cannot be read
   */
  static Map<Integer, ServerAddress> peers(ProxyConfig config) {
    Map<Integer, ServerAddress> peers = new HashMap<>();
    config
        .peers()
        .forEach((node, address) -> peers.put(node, ServerAddress.read("proxy.peers", address)));
    return peers;
  }

  /** By what the configuration says of this node and the others. */
  static Cancels of(
      ProxyConfig config, BackConnector connector, Map<Integer, ServerAddress> peers) {
    return new Cancels(
        config.node(),
        new CancelKeys(config.node()),
        connector,
        config.tls() == null ? ServerTls.none() : ServerTls.unverified(),
        peers);
  }

  CancelKeys keys() {
    return keys;
  }

  /** Done when the request is with whom it concerns, if there is somebody. */
  Future<?> request(EventLoop loop, CancelRequest request) {
    boolean passedOn = request.processId() < 0;
    CancelRequest meant = new CancelRequest(request.processId() & ~PASSED_ON, request.secretKey());
    int made = CancelKeys.node(meant);
    ServerAddress peer = peers.get(made);
    if (made != node && !passedOn && peer != null) {
      return connector.cancel(
          loop, peer, tls, new CancelRequest(meant.processId() | PASSED_ON, meant.secretKey()));
    }
    keys.find(meant).ifPresent(CancelKeys.Cancellable::cancel);
    return loop.newSucceededFuture(null);
  }
}
