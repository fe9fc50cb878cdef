package io.pgguard.catalog;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads a snapshot of PostgreSQL 15 to 18 in about fifteen queries, as any role: it reads what
 * PUBLIC may read. Stateless, and so thread-safe.
 *
 * <p>One read is one transaction, read only, that sees one state. Printing a view's definition
 * locks the view and what it reads for reading; what somebody holds an exclusive lock on is left
 * out instead of waited for, and the snapshot says so ({@link Catalog#complete()}). So a session
 * that changes a view may wait for a read of the catalog, which does not wait for that session.
 */
public final class CatalogReader {
  private static final Logger LOG = LoggerFactory.getLogger(CatalogReader.class);

  private static final String BEGIN = "BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY";

  /**
   * With an empty search_path everything outside pg_catalog is printed with its schema (PostgreSQL
   * documentation, "System Information Functions"). The bounds keep one read from hanging.
   */
  private static final String SETTINGS =
      """
      SELECT pg_catalog.set_config('search_path', '', true),
             pg_catalog.set_config('quote_all_identifiers', 'off', true),
             pg_catalog.set_config('standard_conforming_strings', 'on', true),
             pg_catalog.set_config('lock_timeout', '1s', true),
             pg_catalog.set_config('statement_timeout', '60s', true)
      """;

  private static final String SERVER =
      """
      SELECT pg_catalog.current_database(), pg_catalog.current_setting('server_version_num'),
             (SELECT pg_catalog.count(*) FROM pg_catalog.pg_event_trigger
               WHERE evtenabled <> 'D')
      """;

  /**
   * Reads a snapshot.
   *
   * @throws CatalogUnavailableException if the server does not answer as it must
   */
  public Catalog read(CatalogQueries queries) {
    return CatalogTransaction.within(queries, BEGIN, SETTINGS, CatalogReader::readAll);
  }

  /**
   * A number that changes when the catalog does: equal to {@link Catalog#fingerprint()} of a
   * snapshot as long as nothing that a snapshot holds has changed since. One query. See {@link
   * CatalogSignature} for its limits.
   *
   * @throws CatalogUnavailableException if the server does not answer as it must
   */
  public long signature(CatalogQueries queries) {
    return CatalogTransaction.within(queries, BEGIN, SETTINGS, CatalogSignature::read);
  }

  private static Catalog readAll(CatalogQueries queries) {
    Shared shared = new Shared();
    RelationReader relations = new RelationReader(shared);
    FunctionReader functions = new FunctionReader(shared);
    Catalog.Builder catalog = begin(queries).fingerprint(CatalogSignature.read(queries));
    relations.readFacts(queries);
    boolean printed = readPrinted(queries, relations, functions);
    relations.readColumns(queries);
    relations.addTo(catalog);
    functions.addTo(catalog, queries);
    return catalog.complete(printed && relations.complete() && functions.complete()).build();
  }

  private static Catalog.Builder begin(CatalogQueries queries) {
    Catalog.Builder[] catalog = new Catalog.Builder[1];
    queries.forEachRow(
        SERVER,
        row ->
            catalog[0] =
                new Catalog.Builder(row.required(0), row.number(1)).eventTriggers(row.number(2)));
    if (catalog[0] == null) {
      throw new CatalogUnavailableException(
          "the server did not say its version; is it PostgreSQL 15 or later?");
    }
    return catalog[0];
  }

  /** Whether it could be read; where a lock stood in the way, all else still can. */
  private static boolean readPrinted(
      CatalogQueries queries, RelationReader relations, FunctionReader functions) {
    queries.forEachRow("SAVEPOINT printed", row -> {});
    try {
      relations.readPrinted(queries);
      functions.readPrinted(queries);
      queries.forEachRow("RELEASE SAVEPOINT printed", row -> {});
      return true;
    } catch (CatalogUnavailableException e) {
      queries.forEachRow("ROLLBACK TO SAVEPOINT printed", row -> {});
      LOG.warn("some definitions could not be read; the views concerned count as unknown", e);
      return false;
    }
  }
}
