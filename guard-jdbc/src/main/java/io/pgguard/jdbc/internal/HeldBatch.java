package io.pgguard.jdbc.internal;

import io.pgguard.session.GuardSession;
import io.pgguard.session.StatementPlan;
import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Asks people for all texts of a batch at once. The server runs a batch as one transaction, so an
 * approval that is used by one element would be lost with an element behind it that is held.
 * Stateless.
 */
final class HeldBatch {
  private HeldBatch() {}

  /**
   * Sends the first text that is refused or not yet granted, and nothing else of the batch, so that
   * the refusal is logged and told like any other.
   *
   * @throws BatchUpdateException the refusal, which says which element it is about
   */
  static void decide(Connection connection, GuardSession session, List<String> elements)
      throws SQLException {
    if (elements.size() < 2) {
      return;
    }
    List<String> texts = new ArrayList<>();
    List<Integer> places = new ArrayList<>();
    for (int i = 0; i < elements.size(); i++) {
      for (String text : WholeText.parts(connection, elements.get(i))) {
        texts.add(text);
        places.add(i);
      }
    }
    if (texts.stream().noneMatch(text -> session.plan(text).awaitsApproval())) {
      return;
    }
    List<StatementPlan> plans = session.plan(texts);
    Optional<StatementPlan> withheld = session.hold(plans, false);
    if (withheld.isEmpty()) {
      return;
    }
    String text = withheld.get().text();
    try {
      WholeText.refuse(connection, text);
    } catch (SQLException e) {
      throw aborted(elements, places.get(texts.indexOf(text)), e);
    }
  }

  /** As PgJDBC tells of an element that failed. */
  private static BatchUpdateException aborted(List<String> elements, int element, SQLException e) {
    int[] counts = new int[elements.size()];
    Arrays.fill(counts, Statement.EXECUTE_FAILED);
    BatchUpdateException aborted =
        new BatchUpdateException(
            "Batch entry "
                + element
                + " "
                + elements.get(element)
                + " was aborted: "
                + e.getMessage(),
            e.getSQLState(),
            e.getErrorCode(),
            counts,
            e);
    aborted.setNextException(e);
    return aborted;
  }
}
