package io.pgguard.memory;

import io.pgguard.catalog.SearchPath;
import org.jspecify.annotations.Nullable;

/** Where a session looks for names, through SET, RESET and what transactions take back. */
final class PathMemory {
  private final String role;
  private final String start;
  private SearchPath path;
  private @Nullable SearchPath before;
  private @Nullable SearchPath after;
  private @Nullable SearchPath reported;
  private boolean taken;
  private boolean uncertain;

  /**
   * @param role whom {@code $user} stands for
   * @param start the setting that the connection began with
   */
  PathMemory(String role, String start) {
    this.role = role;
    this.start = start;
    this.path = SearchPathSetting.resolve(start, role);
  }

  SearchPath path() {
    return path;
  }

  /** Whether nobody knows which path holds. */
  boolean inDoubt() {
    return taken || uncertain;
  }

  /** The server reported one. */
  void reported(String setting) {
    path = SearchPathSetting.resolve(setting, role);
    reported = path;
  }

  /** The server is ready: the last path that it reported is the one that holds. */
  void ready() {
    if (reported != null) {
      path = reported;
    }
  }

  /** RESET was completed. */
  void reset(boolean local) {
    set(start, local);
  }

  /** SET was completed. */
  void set(String setting, boolean local) {
    if (reported != null) {
      path = SearchPathSetting.resolve(setting, role); // until the server is ready
      return;
    }
    if (before == null) {
      before = path;
    }
    path = SearchPathSetting.resolve(setting, role);
    if (!local) {
      after = path;
    }
  }

  /** ROLLBACK TO: it may have taken back a part of what the transaction set. */
  void rolledBackTo() {
    taken |= before != null;
  }

  /** The transaction ended. */
  void transactionEnded(boolean undone) {
    if (before == null) {
      return;
    }
    if (undone || after == null) {
      path = before;
    } else {
      path = after;
      uncertain = taken;
    }
    before = null;
    after = null;
    taken = false;
  }
}
