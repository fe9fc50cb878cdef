package io.pgguard.proxy.database;

import io.pgguard.catalog.CatalogQueries;
import io.pgguard.catalog.CatalogUnavailableException;
import io.pgguard.catalog.DatabaseAccess;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Guard's own connections to a database, beside the sessions: they read the catalog and ask the
 * planner. No agent's text runs on them. They wait, so no event loop may use them. Thread-safe.
 */
public final class OwnConnections implements DatabaseAccess {
  private static final int KEPT = 4;

  /** A connection that rested for less is taken to be alive: to ask costs a round trip. */
  private static final long FRESH_NANOS = 500_000_000;

  private final ServedDatabase database;
  private final Deque<Idle> idle = new ArrayDeque<>();
  private boolean closed;

  OwnConnections(ServedDatabase database) {
    this.database = database;
  }

  @Override
  public String address() {
    return database.servers().get(0).address() + "/" + database.database();
  }

  @Override
  public String database() {
    return database.database();
  }

  @Override
  public String user() {
    return database.user();
  }

  @Override
  public CatalogQueries connect() {
    NeverOnALoop.check("one of Guard's own connections");
    OwnConnection kept = take();
    OwnConnection connection = kept == null ? open() : kept;
    return new CatalogQueries() {
      @Override
      public void forEachRow(
          String sql, java.util.function.Consumer<io.pgguard.catalog.CatalogRow> row) {
        connection.forEachRow(sql, row);
      }

      @Override
      public void close() {
        giveBack(connection);
      }
    };
  }

  /** A connection that nobody uses, and since when. */
  private record Idle(OwnConnection connection, long since) {
    boolean isAlive() {
      return System.nanoTime() - since < FRESH_NANOS || connection.answers();
    }
  }

  private @Nullable OwnConnection take() {
    while (true) {
      Idle kept;
      synchronized (idle) {
        kept = idle.poll();
      }
      if (kept == null) {
        return null;
      }
      if (kept.isAlive()) {
        return kept.connection();
      }
      kept.connection().close();
    }
  }

  /** The first server that answers; each is asked once more with a fresh credential. */
  private OwnConnection open() {
    IOException last = null;
    for (ServedDatabase.Server server : database.servers()) {
      try {
        return OwnConnection.open(database, server);
      } catch (IOException e) {
        last = e;
      }
    }
    throw new CatalogUnavailableException(
        "Guard's own connection to "
            + address()
            + " failed: "
            + (last == null ? "" : last.getMessage()),
        last);
  }

  private void giveBack(OwnConnection connection) {
    boolean sound = connection.isSound();
    synchronized (idle) {
      if (sound && !closed && idle.size() < KEPT) {
        idle.push(new Idle(connection, System.nanoTime()));
        return;
      }
    }
    connection.close();
  }

  @Override
  public void close() {
    Deque<Idle> open;
    synchronized (idle) {
      closed = true;
      open = new ArrayDeque<>(idle);
      idle.clear();
    }
    open.forEach(kept -> kept.connection().close());
  }
}
