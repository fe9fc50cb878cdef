package io.pgguard.console.page;

import io.pgguard.console.ledger.SessionEntry;
import java.util.List;

/**
 * Sessions, the latest first.
 *
 * @param search what was searched for, or empty
 * @param sessions those that it finds, up to a page
 */
public record SessionsView(String search, List<SessionEntry> sessions) {
  public SessionsView {
    sessions = List.copyOf(sessions);
  }
}
