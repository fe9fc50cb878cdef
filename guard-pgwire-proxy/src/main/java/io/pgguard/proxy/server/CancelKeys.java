package io.pgguard.proxy.server;

import io.pgguard.pgwire.message.BackendKeyData;
import io.pgguard.pgwire.message.CancelRequest;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Guard's own cancel keys, and the session that each of them stands for. A key's process id is a
 * positive number; where there are several nodes, its uppermost seven bits are this node's.
 * Thread-safe.
 */
final class CancelKeys {
  private static final int NODE_SHIFT = 24;

  private final int node;
  private final SecureRandom random = new SecureRandom();
  private final Map<Integer, Entry> byProcess = new ConcurrentHashMap<>();

  /**
   * @param node this node's number, 0 where it is the only one
   */
  CancelKeys(int node) {
    this.node = node;
  }

  /** The number of the node that made a key. */
  static int node(CancelRequest request) {
    return request.processId() >>> NODE_SHIFT;
  }

  /** What a key cancels. */
  @FunctionalInterface
  interface Cancellable {

    /** Called by any thread; does not wait. */
    void cancel();
  }

  private record Entry(byte[] secret, Cancellable session) {}

  /** A new key of a session, good until {@link #remove}. */
  BackendKeyData add(int length, Cancellable session) {
    byte[] secret = new byte[length];
    random.nextBytes(secret);
    Entry entry = new Entry(secret, session);
    int process = number();
    while (byProcess.putIfAbsent(process, entry) != null) {
      process = number();
    }
    return new BackendKeyData(process, secret);
  }

  /** Clients print it as a process id, so it is positive. */
  private int number() {
    return node == 0
        ? 1 + random.nextInt(Integer.MAX_VALUE - 1)
        : node << NODE_SHIFT | random.nextInt(1 << NODE_SHIFT);
  }

  void remove(BackendKeyData key) {
    byProcess.remove(key.processId());
  }

  /** The session that a request names with the right key. */
  Optional<Cancellable> find(CancelRequest request) {
    Entry entry = byProcess.get(request.processId());
    return entry != null && MessageDigest.isEqual(entry.secret(), request.secretKey())
        ? Optional.of(entry.session())
        : Optional.empty();
  }
}
