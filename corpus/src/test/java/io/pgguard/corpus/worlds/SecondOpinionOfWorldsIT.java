package io.pgguard.corpus.worlds;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pgguard.catalog.Catalog;
import io.pgguard.catalog.CatalogQueries;
import io.pgguard.catalog.CatalogReader;
import io.pgguard.catalog.CatalogRow;
import io.pgguard.catalog.CatalogUnavailableException;
import io.pgguard.corpus.opinion.Agreement;
import io.pgguard.corpus.opinion.Opinion;
import io.pgguard.corpus.opinion.SecondReader;
import io.pgguard.testkit.TestPostgres;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * JSqlParser finds no relation and no function in the machine's statements that Guard has not
 * found: neither by the tokens, nor, where Guard followed the columns, by the tree.
 */
@Tag("corpus")
class SecondOpinionOfWorldsIT {
  private static final long SEED = Long.getLong("guard.worlds.seed", 20261130L);
  private static final int COUNT =
      Integer.getInteger("guard.corpus.every", 10) == 1 ? 20_000 : 1_000;

  /** Fewer would say little: JSqlParser reads nine of ten that Guard can follow. */
  private static final double LEAST_READ = 0.7;

  private final TestPostgres server = TestPostgres.shared();
  private String database = "postgres";

  @AfterEach
  void drop() throws SQLException {
    server.dropDatabase(database);
  }

  @Test
  void machinesStatements_noNameIsMissed() throws Exception {
    database = server.createDatabase("opinion");
    Agreement byTokens = new Agreement();
    Agreement byTree = new Agreement();
    try (Connection connection = server.connect(database);
        SecondReader reader = new SecondReader()) {
      try (Statement statement = connection.createStatement()) {
        statement.execute(
            "CREATE SCHEMA w; SET search_path = w, public; "
                + WorldSchema.types()
                + new WorldSchema("deny").tables());
      }
      // before the search path is emptied: it prints the names of types
      ServerCatalog named = ServerCatalog.read(connection);
      Followed followed = new Followed(catalog(connection));
      Generator generator = new Generator(named, new Constants(), Setting.of("deny"), SEED);
      for (long number = 0; number < COUNT; number++) {
        for (String sql : generator.make(number, made -> false).sql()) {
          Optional<Opinion> opinion = reader.read(sql);
          byTokens.add(sql, opinion);
          Optional<Opinion> resolved = opinion.map(followed::resolved);
          followed
              .of(sql)
              .ifPresent(names -> byTree.add(sql, resolved, names.relations(), names.functions()));
        }
      }
    }
    System.out.print(byTokens.told("the machine's statements, by tokens"));
    System.out.print(byTree.told("the machine's statements, by tree"));
    assertEquals("", String.join("\n", byTokens.missed()));
    assertEquals("", String.join("\n", byTree.missed()));
    assertTrue(byTree.read() > LEAST_READ, "JSqlParser read too few to say anything");
  }

  private static Catalog catalog(Connection connection) {
    CatalogQueries queries =
        new CatalogQueries() {
          @Override
          public void forEachRow(String sql, Consumer<CatalogRow> row) {
            rows(connection, sql, row);
          }
        };
    return new CatalogReader().read(queries);
  }

  private static void rows(Connection connection, String sql, Consumer<CatalogRow> row) {
    try (Statement statement = connection.createStatement()) {
      if (statement.execute(sql)) {
        try (ResultSet result = statement.getResultSet()) {
          while (result.next()) {
            row.accept(position -> text(result, position));
          }
        }
      }
    } catch (SQLException e) {
      throw new CatalogUnavailableException("the query failed: " + e.getMessage(), e);
    }
  }

  private static String text(ResultSet result, int position) {
    try {
      return result.getString(position + 1);
    } catch (SQLException e) {
      throw new CatalogUnavailableException("the query failed: " + e.getMessage(), e);
    }
  }
}
