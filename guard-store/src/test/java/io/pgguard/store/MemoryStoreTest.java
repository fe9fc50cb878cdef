package io.pgguard.store;

import io.pgguard.approval.ApprovalStore;
import io.pgguard.approval.InMemoryApprovalStore;

class MemoryStoreTest extends StoreContract {
  private final ApprovalStore store = new InMemoryApprovalStore();

  @Override
  ApprovalStore store() {
    return store;
  }

  @Override
  ApprovalStore other() {
    return store;
  }

  @Override
  String racesProperty() {
    return "guard.races.memory";
  }
}
