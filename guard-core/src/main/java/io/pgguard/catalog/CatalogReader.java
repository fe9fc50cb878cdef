package io.pgguard.catalog;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads snapshots of PostgreSQL 15 to 19 as any role: it reads what PUBLIC may read. The first one
 * whole, in about fifteen queries; later ones from that and what has changed since. Stateless, and
 * so thread-safe.
 *
 * <p>One read is one transaction, read only, that sees one state. Printing a view's definition
 * locks the view and what it reads for reading; what somebody holds an exclusive lock on is left
 * out instead of waited for, and the snapshot says so ({@link Catalog#complete()}). So a session
 * that changes a view may wait for a read of the catalog, which does not wait for that session.
 */
public final class CatalogReader {
  private static final Logger LOG = LoggerFactory.getLogger(CatalogReader.class);

  /**
   * With an empty search_path everything outside pg_catalog is printed with its schema (PostgreSQL
   * documentation, "System Information Functions"). The bounds keep one read from hanging.
   */
  private static final List<CatalogQuestion> BEGIN =
      List.of(
          CatalogQuestion.of("BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY"),
          CatalogQuestion.of(
              """
              SELECT pg_catalog.set_config('search_path', '', false)
               WHERE pg_catalog.current_setting('search_path') <> ''
              """),
          CatalogQuestion.of(
              """
              SELECT pg_catalog.set_config('quote_all_identifiers', 'off', true),
                     pg_catalog.set_config('standard_conforming_strings', 'on', true),
                     pg_catalog.set_config('lock_timeout', '1s', true),
                     pg_catalog.set_config('statement_timeout', '60s', true)
              """));

  private static final String SERVER =
      """
      SELECT pg_catalog.current_database(), pg_catalog.current_setting('server_version_num'),
             (SELECT pg_catalog.count(*) FROM pg_catalog.pg_event_trigger
               WHERE evtenabled <> 'D'), pg_catalog.pg_current_snapshot(),
             pg_catalog.pg_is_in_recovery(),
             pg_catalog.getdatabaseencoding() OPERATOR(pg_catalog.=) 'UTF8'
      """;

  private static final String SNAPSHOT = "SELECT pg_catalog.pg_current_snapshot()";

  /**
   * Reads a snapshot.
   *
   * @throws CatalogUnavailableException if the server does not answer as it must
   */
  public Catalog read(CatalogQueries queries) {
    return readAll(queries).catalog();
  }

  /** Reads everything. */
  CatalogReading readAll(CatalogQueries queries) {
    return CatalogTransaction.within(queries, BEGIN, (q, transaction) -> all(q));
  }

  /**
   * The catalog as it is now, from an earlier read: in one small query where nothing was committed
   * since, in one more where that changed no catalog.
   *
   * @param before the earlier read
   * @param changed whether something has changed for sure
   */
  CatalogReading readNow(CatalogReading before, boolean changed, CatalogQueries queries) {
    if (changed || !before.catalog().complete()) {
      return readChanges(before, queries);
    }
    StringBuilder snapshot = new StringBuilder();
    queries.ask(List.of(CatalogQuestion.of(SNAPSHOT, row -> snapshot.append(row.required(0)))));
    if (before.horizon().is(snapshot.toString())) {
      return before;
    }
    CatalogChanges changes = new CatalogChanges();
    queries.ask(List.of(changes.question(before.horizon())));
    return before.horizon().reaches(changes.horizon()) && !changes.differ(before.rows())
        ? before.upTo(changes.horizon())
        : readChanges(before, queries);
  }

  /** What has changed since an earlier read, and everything where that cannot be told. */
  CatalogReading readChanges(CatalogReading before, CatalogQueries queries) {
    try {
      CatalogReading at = readChanges(before, true, queries).orElse(null);
      if (at != null) {
        return at;
      }
    } catch (CatalogUnavailableException e) {
      LOG.debug("what has changed cannot be read at once", e);
    }
    return readChanges(before, false, queries)
        .orElseThrow(() -> new IllegalStateException("step by step all can be read"));
  }

  /**
   * @param atOnce whether all is asked in one round; then there may be no answer
   */
  private static Optional<CatalogReading> readChanges(
      CatalogReading before, boolean atOnce, CatalogQueries queries) {
    CatalogChanges changes = new CatalogChanges();
    List<CatalogQuestion> begin = new ArrayList<>(BEGIN);
    begin.add(changes.question(before.horizon()));
    return CatalogTransaction.within(
        queries,
        begin,
        (q, transaction) -> {
          changes.findGone(before.rows(), q);
          CatalogUpdate update = CatalogUpdate.of(before, changes, q);
          if (update == null) {
            return Optional.of(all(q));
          }
          return atOnce ? update.readAtOnce(transaction) : Optional.of(update.read());
        });
  }

  private static CatalogReading all(CatalogQueries queries) {
    Shared shared = new Shared();
    RelationReader relations = new RelationReader(shared);
    FunctionReader functions = new FunctionReader(shared, Scope.ALL);
    TypeReader types = new TypeReader(shared, Scope.ALL);
    Horizon[] horizon = {Horizon.NONE};
    CatalogBuilder catalog = begin(queries, horizon);
    CatalogRows rows = CatalogRows.read(queries);
    Scope.ask(queries, false, relations.facts());
    Scope.ask(queries, false, functions.facts());
    Scope.ask(queries, false, types.facts());
    boolean printed = Printing.read(queries, false, relations, functions);
    relations.relations().forEach(catalog::add);
    functions.functions().forEach(catalog::add);
    types.types().forEach(catalog::add);
    types.casts(queries, catalog);
    types.operators(queries, catalog);
    catalog.code(CodeReader.read(queries));
    boolean complete =
        printed && relations.unprinted().isEmpty() && functions.unprinted().isEmpty();
    Catalog read = catalog.complete(complete).build();
    LOG.debug("read {}", read);
    return new CatalogReading(
        read,
        rows,
        printed ? horizon[0] : Horizon.NONE,
        spaces(queries),
        relations.unprinted(),
        functions.unprinted());
  }

  private static Map<Integer, String> spaces(CatalogQueries queries) {
    Map<Integer, String> spaces = new HashMap<>();
    queries.ask(
        List.of(
            Scope.ALL.question(
                RelationQueries.SPACES, row -> spaces.put(row.number(0), row.required(1)))));
    return spaces;
  }

  private static CatalogBuilder begin(CatalogQueries queries, Horizon[] horizon) {
    CatalogBuilder[] catalog = new CatalogBuilder[1];
    queries.forEachRow(
        SERVER,
        row -> {
          horizon[0] = Horizon.of(row.required(3), row.flag(4));
          catalog[0] =
              new CatalogBuilder(row.required(0), row.number(1))
                  .eventTriggers(row.number(2))
                  .unicode(row.flag(5));
        });
    if (catalog[0] == null) {
      throw new CatalogUnavailableException(
          "the server did not say its version; is it PostgreSQL 15 or later?");
    }
    return catalog[0];
  }

  /** How many event triggers are enabled. */
  static int eventTriggers(CatalogQueries queries) {
    int[] count = {0};
    queries.forEachRow(SERVER, row -> count[0] = row.number(2));
    return count[0];
  }
}
