package io.pgguard.jdbc.internal.wire;

import io.pgguard.pgwire.message.BackendKeyData;
import io.pgguard.pgwire.session.Canceller;
import io.pgguard.pgwire.session.StartupRelay;
import io.pgguard.pgwire.session.WireSession;
import io.pgguard.session.GuardSession;
import io.pgguard.session.SessionClosedException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection's machine between the two streams that PgJDBC holds and the two of the server. It
 * runs in the thread that reads or writes. Thread-safe; {@link #close} does not wait for a thread
 * that waits in the guard.
 */
final class GuardedLink {
  private static final Logger LOG = LoggerFactory.getLogger(GuardedLink.class);

  private final ConnectionHooks hooks;
  private final Canceller canceller;
  private final InputStream fromServer;
  private final byte[] chunk = new byte[64 << 10];
  private final ReadQueue toClient = new ReadQueue(chunk);
  private final WriteBuffer toServer;
  private final StartupRelay startup;
  private final ReentrantLock lock = new ReentrantLock();
  private volatile boolean closing;
  private @Nullable WireSession session;

  GuardedLink(
      ConnectionHooks hooks, Canceller canceller, InputStream fromServer, OutputStream toServer) {
    this.hooks = hooks;
    this.canceller = canceller;
    this.fromServer = fromServer;
    this.toServer = new WriteBuffer(toServer);
    this.startup = new StartupRelay(hooks.limits(), toClient, this.toServer, hooks::mayOpen);
  }

  /** Bytes that the client writes. After the end they are dropped: the client reads why. */
  void write(byte[] bytes, int offset, int length) throws IOException {
    locked(
        () -> {
          WireSession armed = session;
          if (armed == null) {
            startup.client(bytes, offset, length);
          } else {
            armed.client(bytes, offset, length);
            armed.await();
          }
          if (ended()) {
            toServer.flush();
          }
        });
  }

  void flush() throws IOException {
    locked(toServer::flush);
  }

  /** Bytes for the client; -1 at the end. */
  int read(byte[] into, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    while (true) {
      int taken = toClient.take(into, offset, length);
      if (taken > 0) {
        return taken;
      }
      if (ended() || !receive()) {
        int last = toClient.take(into, offset, length); // why it ended, told by another thread
        return last > 0 ? last : -1;
      }
    }
  }

  /** How many bytes can be read without waiting. */
  int available() throws IOException {
    if (toClient.size() == 0 && !ended() && fromServer.available() > 0 && !receive()) {
      return 0;
    }
    return toClient.size();
  }

  /** Reads once from the server; false at its end. */
  private boolean receive() throws IOException {
    int count = fromServer.read(chunk, 0, chunk.length);
    if (count < 0) {
      return false;
    }
    locked(
        () -> {
          WireSession armed = session;
          if (armed == null) {
            startup.server(chunk, 0, count);
            if (startup.complete()) {
              arm();
            }
          } else {
            armed.server(chunk, 0, count);
            armed.await();
          }
          toServer.flush();
        });
    return true;
  }

  private void arm() throws IOException {
    BackendKeyData key = startup.backendKey();
    StartupFacts facts =
        new StartupFacts(startup.parameters(), key == null ? 0 : key.processId(), this::wake);
    GuardSession guard = hooks.guard(facts, key);
    try {
      session = startup.arm(guard, canceller);
    } catch (SessionClosedException e) {
      guard.close(); // the client has been told why
    }
  }

  private boolean ended() {
    WireSession armed = session;
    return armed == null ? startup.closed() : armed.closed();
  }

  /** Ends the guarded session, now or when the thread that is in it leaves it. */
  void close() {
    closing = true;
    if (lock.tryLock()) {
      try {
        closeSession();
      } finally {
        lock.unlock();
      }
    }
  }

  /** Looks whether the session's time is over, unless it is in use: then it is not. */
  private void wake() {
    if (!lock.tryLock()) {
      return;
    }
    try {
      WireSession armed = session;
      if (armed != null && !armed.closed()) {
        armed.look();
        if (armed.closed()) {
          toServer.flush();
          armed.close();
        }
      }
    } catch (IOException e) {
      LOG.warn("a connection whose time is over could not be ended in order", e);
    } finally {
      lock.unlock();
    }
  }

  private void closeSession() {
    WireSession armed = session;
    if (armed != null) {
      armed.close();
    }
  }

  private interface Step {
    void run() throws IOException;
  }

  private void locked(Step step) throws IOException {
    lock.lock();
    try {
      step.run();
    } finally {
      if (closing) {
        closeSession();
      }
      lock.unlock();
    }
  }
}
