package io.pgguard.internal.config;

import io.pgguard.ApprovalStoreConfig;
import io.pgguard.GuardConfigException;
import io.pgguard.approval.ApprovalStore;
import io.pgguard.approval.ApprovalStoreException;
import io.pgguard.approval.ApprovalStoreLocation;
import io.pgguard.approval.ApprovalStoreProvider;
import io.pgguard.approval.InMemoryApprovalStore;
import java.nio.file.Path;
import java.util.Optional;
import java.util.ServiceLoader;

/** Opens the store of approvals that a configuration names. */
public final class ApprovalStores {
  private ApprovalStores() {}

  /**
   * Opens it.
   *
   * @param directory what relative paths are relative to
   * @throws GuardConfigException where it cannot be opened
   */
  public static ApprovalStore open(ApprovalStoreConfig config, Path directory) {
    Optional<ApprovalStoreLocation> location = config.location(directory);
    if (location.isEmpty()) {
      return new InMemoryApprovalStore();
    }
    ApprovalStoreProvider provider =
        ServiceLoader.load(ApprovalStoreProvider.class, ApprovalStores.class.getClassLoader())
            .findFirst()
            .orElseThrow(
                () ->
                    new GuardConfigException(
                        "approval.store keeps requests in a database: add the module guard-store"
                            + " (io.pgguard:guard-store) to the class path"));
    try {
      return provider.open(location.get());
    } catch (ApprovalStoreException e) {
      throw new GuardConfigException("approval.store: " + e.getMessage(), e);
    }
  }
}
