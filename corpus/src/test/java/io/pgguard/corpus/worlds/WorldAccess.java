package io.pgguard.corpus.worlds;

import io.pgguard.catalog.CatalogQueries;
import io.pgguard.catalog.CatalogRow;
import io.pgguard.catalog.CatalogUnavailableException;
import io.pgguard.catalog.DatabaseAccess;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Guard's own way to a world; keeps its connections. Worlds with the same address share one catalog
 * and its plans, which their being clones allows: so each text is decided once. While such worlds
 * are used nothing changes their catalogs, but each write that is rolled back moves the server's
 * snapshot on; so they are told the snapshot of their first read each time. Thread-safe.
 */
final class WorldAccess implements DatabaseAccess {
  private static final String SNAPSHOT = "SELECT pg_catalog.pg_current_snapshot()";
  private static final Pattern FORM = Pattern.compile("\\d+:\\d+:[\\d,]*");

  private final WorldDatabases worlds;
  private final World world;
  private final String address;
  private final @Nullable AtomicReference<@Nullable String> snapshot;
  private final Deque<Connection> kept = new ArrayDeque<>();
  private boolean closed;

  /**
   * @param snapshot what worlds that share a catalog have in common; null for a world with one of
   *     its own
   */
  WorldAccess(
      WorldDatabases worlds,
      World world,
      String address,
      @Nullable AtomicReference<@Nullable String> snapshot) {
    this.snapshot = snapshot;
    this.worlds = worlds;
    this.world = world;
    this.address = address;
  }

  @Override
  public String address() {
    return address;
  }

  @Override
  public String database() {
    return worlds.name(world);
  }

  @Override
  public String user() {
    return WorldDatabases.USER;
  }

  private @Nullable String told(@Nullable String value) {
    AtomicReference<@Nullable String> common = snapshot;
    return common == null || value == null || !FORM.matcher(value).matches()
        ? value
        : common.updateAndGet(first -> first == null ? value : first);
  }

  @Override
  public CatalogQueries connect() {
    try {
      Connection idle = take();
      return new Queries(this, idle == null ? worlds.direct(world) : idle);
    } catch (SQLException e) {
      throw new CatalogUnavailableException("no connection to " + database(), e);
    }
  }

  private synchronized @Nullable Connection take() {
    return kept.poll();
  }

  private synchronized void giveBack(Connection connection) throws SQLException {
    if (closed) {
      connection.close();
    } else {
      kept.push(connection);
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    for (Connection connection : kept) {
      try {
        connection.close();
      } catch (SQLException e) {
        throw new CatalogUnavailableException("closing a connection", e);
      }
    }
    kept.clear();
  }

  private record Queries(WorldAccess access, Connection connection) implements CatalogQueries {
    @Override
    public void forEachRow(String sql, Consumer<CatalogRow> row) {
      String known = sql.equals(SNAPSHOT) && access.snapshot != null ? access.snapshot.get() : null;
      if (known != null) {
        row.accept(position -> known);
        return;
      }
      try (Statement statement = connection.createStatement()) {
        if (!statement.execute(sql)) {
          return;
        }
        try (ResultSet result = statement.getResultSet()) {
          CatalogRow values = position -> access.told(text(result, position));
          while (result.next()) {
            row.accept(values);
          }
        }
      } catch (SQLException e) {
        throw new CatalogUnavailableException("the server did not answer: " + e.getMessage(), e);
      }
    }

    private static @Nullable String text(ResultSet result, int position) {
      try {
        return result.getString(position + 1);
      } catch (SQLException e) {
        throw new CatalogUnavailableException("a value cannot be read", e);
      }
    }

    @Override
    public void close() {
      try {
        access.giveBack(connection);
      } catch (SQLException e) {
        throw new CatalogUnavailableException("closing a connection", e);
      }
    }
  }
}
