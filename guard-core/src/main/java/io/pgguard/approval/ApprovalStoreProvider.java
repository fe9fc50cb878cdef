package io.pgguard.approval;

/**
 * Opens stores that outlive the process. Found by {@link java.util.ServiceLoader}: the module
 * guard-store brings one, so that Guard itself depends on no database.
 */
public interface ApprovalStoreProvider {
  /**
   * Opens a store, and brings its tables to what this Guard needs.
   *
   * @throws ApprovalStoreException where that does not succeed; nothing stays open then
   */
  ApprovalStore open(ApprovalStoreLocation where);
}
