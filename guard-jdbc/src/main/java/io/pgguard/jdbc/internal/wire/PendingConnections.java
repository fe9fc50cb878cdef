package io.pgguard.jdbc.internal.wire;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Hands the hooks of a connection about to be opened to the socket factory, which PgJDBC makes by
 * class name with one text as argument. Thread-safe.
 */
final class PendingConnections {
  private static final Map<String, ConnectionHooks> PENDING = new ConcurrentHashMap<>();
  private static final SecureRandom RANDOM = new SecureRandom();

  private PendingConnections() {}

  /** A key that is good for one factory. */
  static String offer(ConnectionHooks hooks) {
    byte[] bytes = new byte[24];
    RANDOM.nextBytes(bytes);
    String key = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    PENDING.put(key, hooks);
    return key;
  }

  static ConnectionHooks take(String key) {
    ConnectionHooks hooks = PENDING.remove(key);
    if (hooks == null) {
      throw new IllegalArgumentException(
          "this socket factory belongs to Guard: open connections through its driver");
    }
    return hooks;
  }

  static void withdraw(String key) {
    PENDING.remove(key);
  }
}
