package io.pgguard.store;

import io.pgguard.approval.ApprovalStoreException;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/** Brings the tables to what this Guard needs; several processes may try at the same time. */
final class Migrations {
  private Migrations() {}

  /**
   * Migrates.
   *
   * @throws ApprovalStoreException where that fails, or a newer Guard was here
   */
  static void run(DataSource connections, String schema, String name) {
    try {
      Flyway.configure(Migrations.class.getClassLoader())
          .dataSource(connections)
          .locations("classpath:io/pgguard/store/migration")
          .schemas(schema)
          .defaultSchema(schema)
          .table("guard_migrations")
          .load()
          .migrate();
    } catch (FlywayException e) {
      throw new ApprovalStoreException(
          name
              + " cannot be brought to what this Guard needs: "
              + String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
    }
  }
}
