package io.pgguard.store;

import io.pgguard.approval.ApprovalStore;
import io.pgguard.approval.ApprovalStoreLocation;
import io.pgguard.approval.ApprovalStoreProvider;

/** Opens stores in a directory and in PostgreSQL. Thread-safe. */
public final class StoreProvider implements ApprovalStoreProvider {
  /** For the service loader. */
  public StoreProvider() {}

  @Override
  public ApprovalStore open(ApprovalStoreLocation where) {
    if (where instanceof ApprovalStoreLocation.Directory directory) {
      return new JdbcApprovalStore(EmbeddedDatabase.open(directory.path()));
    }
    return new JdbcApprovalStore(SharedDatabase.open((ApprovalStoreLocation.PostgreSql) where));
  }
}
