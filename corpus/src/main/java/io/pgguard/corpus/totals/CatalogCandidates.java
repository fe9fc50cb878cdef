package io.pgguard.corpus.totals;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** What a server's own catalog has that could stand on the list of total functions. */
final class CatalogCandidates {
  /** Functions of pg_catalog that return no set and read no table, with their arguments' types. */
  private static final String FUNCTIONS =
      """
      SELECT p.prokind, p.proname,
        (SELECT string_agg(t.typname, ', ' ORDER BY a.n)
         FROM unnest(p.proargtypes) WITH ORDINALITY a(oid, n) JOIN pg_type t ON t.oid = a.oid)
      FROM pg_proc p
      WHERE p.pronamespace = 'pg_catalog'::regnamespace AND p.prokind IN ('f', 'a', 'w')
        AND p.provolatile IN ('i', 's') AND p.prorettype NOT IN ('trigger'::regtype, 'internal'::regtype, 'void'::regtype)
        AND NOT p.proargtypes::oid[] && ARRAY['internal'::regtype::oid, 'cstring'::regtype::oid]
        AND p.pronargs <= 5
      ORDER BY 2, 3
      """;

  /** Casts through text, which no function stands behind. */
  private static final String CASTS =
      """
      SELECT 'c', d.typname, s.typname
      FROM pg_cast c JOIN pg_type s ON s.oid = c.castsource JOIN pg_type d ON d.oid = c.casttarget
      WHERE s.typnamespace = 'pg_catalog'::regnamespace AND d.typnamespace = 'pg_catalog'::regnamespace
      UNION
      SELECT 'c', d.typname, s.typname
      FROM pg_type s, pg_type d
      WHERE d.typname IN ('text', 'varchar', 'bpchar', 'name', 'json', 'jsonb') AND s.typnamespace = 'pg_catalog'::regnamespace
        AND s.typtype IN ('b', 'r', 'm') AND d.typnamespace = s.typnamespace
      ORDER BY 2, 3
      """;

  private CatalogCandidates() {}

  static List<Signature> read(Connection server) throws SQLException {
    List<Signature> found = new ArrayList<>();
    try (Statement statement = server.createStatement()) {
      for (String sql : List.of(FUNCTIONS, CASTS)) {
        try (ResultSet rows = statement.executeQuery(sql)) {
          while (rows.next()) {
            String arguments = rows.getString(3) == null ? "" : rows.getString(3);
            String head =
                switch (rows.getString(1)) {
                  case "a" -> "agg " + rows.getString(2);
                  case "w" -> "win " + rows.getString(2);
                  default -> "pg_catalog." + rows.getString(2);
                };
            found.add(
                Signature.parse(
                    rows.getString(1).equals("c")
                        ? "cast(" + arguments + " as " + rows.getString(2) + ")"
                        : head + "(" + arguments + ")"));
          }
        }
      }
    }
    return found;
  }
}
