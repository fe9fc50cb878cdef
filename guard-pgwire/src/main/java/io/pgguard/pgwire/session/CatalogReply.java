package io.pgguard.pgwire.session;

import io.pgguard.pgwire.message.MalformedMessageException;
import io.pgguard.session.Watch;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Owes the answer to the question what the catalog is at: of Close and Parse where the question was
 * prepared anew, of Bind, Execute and Close of its portal.
 */
final class CatalogReply implements Expected {
  private static final String PREPARED = "2DC3";

  private final String order;
  private final int segment;
  private final int names;
  private final List<Flow> flows = new ArrayList<>(1);
  private Watch.@Nullable Row row;
  private int at;

  /**
   * @param prepares whether the question is prepared anew
   * @param segment in which it was asked
   * @param names how often code had run that Guard does not follow
   */
  CatalogReply(boolean prepares, int segment, int names) {
    this.order = prepares ? "31" + PREPARED : PREPARED;
    this.segment = segment;
    this.names = names;
  }

  /** Whether it serves the same statement again: its locks last, and what it names is the same. */
  boolean serves(int atSegment, int atNames) {
    return segment == atSegment && names == atNames;
  }

  /** Its answer is for this one too. */
  void tells(Flow flow) {
    if (row == null) {
      flows.add(flow);
    } else {
      flow.run().told(row);
    }
  }

  /** The question was lost: it has to be asked anew where one of these runs after all. */
  void lost() {
    flows.forEach(Flow::unasked);
  }

  /** Whether a message may be a part of the answer. */
  static boolean mayBe(char type) {
    return type == 'D' || type == 'C' || type == '1' || type == '2' || type == '3';
  }

  /**
   * A part of the answer.
   *
   * @param came the row that a DataRow holds; null for any other
   */
  void take(char type, Watch.@Nullable Row came) {
    if (at == order.length() || type != order.charAt(at)) {
      throw MalformedMessageException.violation(
          "message type " + type, "not expected as the answer to a question of Guard's own");
    }
    at++;
    if (came != null) {
      row = came;
      for (int i = 0; i < flows.size(); i++) {
        flows.get(i).run().told(came);
      }
    }
  }

  boolean complete() {
    return at == order.length();
  }

  /** What came. */
  Watch.Row row() {
    return row == null ? new Watch.Row(List.of()) : row;
  }
}
