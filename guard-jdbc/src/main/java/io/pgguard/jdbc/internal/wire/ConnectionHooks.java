package io.pgguard.jdbc.internal.wire;

import io.pgguard.pgwire.codec.WireLimits;
import io.pgguard.pgwire.message.BackendKeyData;
import io.pgguard.pgwire.message.CancelRequest;
import io.pgguard.pgwire.message.Message;
import io.pgguard.pgwire.message.StartupMessage;
import io.pgguard.session.GuardSession;
import java.security.MessageDigest;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What one guarded connection and its cancel connections share. Thread-safe: a cancel comes from
 * another thread.
 */
final class ConnectionHooks {
  private final ServerTls tls;
  private final WireLimits limits;
  private final Function<StartupFacts, GuardSession> guard;
  private volatile @Nullable BackendKeyData key;
  private volatile boolean established;

  ConnectionHooks(ServerTls tls, WireLimits limits, Function<StartupFacts, GuardSession> guard) {
    this.tls = tls;
    this.limits = limits;
    this.guard = guard;
  }

  ServerTls tls() {
    return tls;
  }

  WireLimits limits() {
    return limits;
  }

  @Nullable BackendKeyData key() {
    return key;
  }

  /** The session that guards a connection which the server has let in. */
  GuardSession guard(StartupFacts facts, @Nullable BackendKeyData backendKey) {
    key = backendKey;
    established = true;
    return guard.apply(facts);
  }

  /** Startup until there is a guarded connection; afterwards only a cancel of that one. */
  boolean mayOpen(Message first) {
    if (first instanceof CancelRequest cancel) {
      BackendKeyData known = key;
      return known != null
          && known.processId() == cancel.processId()
          && MessageDigest.isEqual(known.secretKey(), cancel.secretKey());
    }
    return first instanceof StartupMessage && !established;
  }
}
