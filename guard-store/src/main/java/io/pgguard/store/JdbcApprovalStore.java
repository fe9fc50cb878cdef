package io.pgguard.store;

import io.pgguard.approval.ApprovalCase;
import io.pgguard.approval.ApprovalRequest;
import io.pgguard.approval.ApprovalStore;
import io.pgguard.approval.StatementDigest;
import io.pgguard.internal.storage.Sha256;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Keeps requests in a database: one row each, whose version is counted up by every step, so that of
 * two who take the same step one finds no row. The entry in the log is made while the row is
 * locked, and lasts with it. Thread-safe.
 */
final class JdbcApprovalStore implements ApprovalStore {
  /** More requests for one statement are not looked at: the latest counts. */
  private static final int MOST_FOR_STATEMENT = 100;

  private static final int BUCKETS = 16;

  private final StoreDatabase database;
  private final Transactions transactions;
  private final CaseQuery cases;
  private final String table;

  JdbcApprovalStore(StoreDatabase database) {
    this.database = database;
    this.transactions = new Transactions(database);
    this.table = database.schema() + ".approval_request";
    this.cases = new CaseQuery(table);
  }

  @Override
  public Optional<ApprovalCase> find(String id) {
    return transactions.run(c -> cases.read(c, "WHERE id = ?", id)).stream().findFirst();
  }

  @Override
  public List<ApprovalCase> forStatement(StatementDigest digest) {
    return transactions.run(c -> forStatement(c, digest));
  }

  private List<ApprovalCase> forStatement(Connection connection, StatementDigest digest)
      throws SQLException {
    return cases.read(
        connection,
        "WHERE statement = ? ORDER BY place DESC LIMIT " + MOST_FOR_STATEMENT,
        digest.hex());
  }

  @Override
  public List<ApprovalCase> live(Instant now) {
    return transactions
        .run(
            c ->
                cases.read(
                    c, "WHERE settled = FALSE AND ends_at > ? ORDER BY place", Micros.floor(now)))
        .stream()
        .filter(one -> isLive(one, now))
        .toList();
  }

  private static boolean isLive(ApprovalCase one, Instant now) {
    ApprovalCase.Status status = one.status(now);
    return status == ApprovalCase.Status.PENDING || status == ApprovalCase.Status.GRANTED;
  }

  @Override
  public List<ApprovalCase> latest(@Nullable String before, int most) {
    return transactions.run(
        c ->
            before == null
                ? cases.read(c, "ORDER BY place DESC LIMIT ?", (long) most)
                : cases.read(
                    c,
                    "WHERE place < (SELECT b.place FROM "
                        + table
                        + " b WHERE b.id = ?) ORDER BY place DESC LIMIT ?",
                    before,
                    (long) most));
  }

  @Override
  public long waiting(String personKey, Instant now) {
    return transactions.run(
        c ->
            cases.count(
                c,
                "WHERE person = ? AND settled = FALSE AND ends_at > ?",
                personHash(personKey),
                Micros.floor(now)));
  }

  @Override
  public Optional<ApprovalCase> add(
      ApprovalCase opened, Predicate<ApprovalCase> stands, Runnable first) {
    ApprovalRequest request = opened.request();
    Optional<ApprovalCase> before =
        transactions.run(
            c -> {
              takeTurn(c, request.digest());
              Optional<ApprovalCase> other =
                  forStatement(c, request.digest()).stream().filter(stands).findFirst();
              if (other.isEmpty()) {
                if (cases.count(c, "WHERE id = ?", request.id()) > 0) {
                  throw new IllegalStateException(
                      "approval request id " + request.id() + " is taken");
                }
                insert(c, opened);
                first.run();
                database.changes(c, request.id());
              }
              return other;
            });
    if (before.isEmpty()) {
      database.changed(request.id());
    }
    return before;
  }

  private void takeTurn(Connection connection, StatementDigest digest) throws SQLException {
    try (PreparedStatement turn =
        connection.prepareStatement(
            "SELECT bucket FROM "
                + database.schema()
                + ".approval_turn WHERE bucket = ? FOR UPDATE")) {
      turn.setInt(1, Math.floorMod(digest.hex().hashCode(), BUCKETS));
      turn.executeQuery().close();
    }
  }

  private void insert(Connection connection, ApprovalCase opened) throws SQLException {
    ApprovalRequest request = opened.request();
    CaseJson.Parts parts = CaseJson.write(opened);
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO "
                + table
                + " (id, statement, person, settled, ends_at, version, form, request, outcome)"
                + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
      insert.setString(1, request.id());
      insert.setString(2, request.digest().hex());
      insert.setString(3, personHash(request.personKey()));
      insert.setBoolean(4, isSettled(opened));
      insert.setLong(5, endsAt(opened));
      insert.setInt(6, opened.version());
      insert.setInt(7, CaseJson.FORM);
      insert.setString(8, parts.request());
      insert.setString(9, parts.outcome());
      insert.executeUpdate();
    }
  }

  @Override
  public boolean replace(ApprovalCase next, Runnable first) {
    boolean replaced =
        transactions.run(
            c -> {
              if (!update(c, next)) {
                return false;
              }
              first.run();
              if (isSettled(next)) {
                database.ends(next.request().id(), endsAt(next));
              }
              database.changes(c, next.request().id());
              return true;
            });
    if (replaced) {
      database.changed(next.request().id());
    }
    return replaced;
  }

  private boolean update(Connection connection, ApprovalCase next) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            "UPDATE "
                + table
                + " SET settled = ?, ends_at = ?, version = ?, form = ?, outcome = ?"
                + " WHERE id = ? AND version = ?")) {
      update.setBoolean(1, isSettled(next));
      update.setLong(2, endsAt(next));
      update.setInt(3, next.version());
      update.setInt(4, CaseJson.FORM);
      update.setString(5, CaseJson.write(next).outcome());
      update.setString(6, next.request().id());
      update.setInt(7, next.version() - 1);
      return update.executeUpdate() == 1;
    }
  }

  /** Of one length, however long the name is. */
  private static String personHash(String personKey) {
    return Sha256.hex(Sha256.fresh().digest(personKey.getBytes(StandardCharsets.UTF_8)));
  }

  /** Whether nothing but time can still change it. */
  private static boolean isSettled(ApprovalCase one) {
    return !isLive(one, Instant.MIN);
  }

  private static long endsAt(ApprovalCase one) {
    return Micros.ceiling(one.endsAt());
  }

  @Override
  public Subscription subscribe(Subscriber subscriber) {
    return database.subscribe(subscriber);
  }

  @Override
  public void close() {
    database.close();
  }
}
