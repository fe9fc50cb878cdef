package io.pgguard.pgwire.session;

import io.pgguard.pgwire.message.DataRow;
import io.pgguard.pgwire.message.MalformedMessageException;
import io.pgguard.pgwire.message.MessageReader;
import io.pgguard.session.Watch;
import java.util.ArrayList;
import java.util.List;

/**
 * Owes the answers to questions that bring any number of rows: for each of Close, Parse, Bind,
 * Execute and Close, and at the end of one more Close.
 */
final class OpenReply implements Expected {
  private static final String ORDER = "312C3";

  private final int questions;
  private final List<List<Watch.Row>> answers = new ArrayList<>();
  private List<Watch.Row> rows = new ArrayList<>();
  private int at;
  private boolean complete;

  /**
   * @param questions how many were asked
   */
  OpenReply(int questions) {
    this.questions = questions;
  }

  /** Whether a message may be a part of the answers. */
  static boolean mayBe(char type) {
    return CatalogReply.mayBe(type);
  }

  /** A part of the answers. */
  void take(char type, MessageReader body) {
    if (type == 'D' && at == ORDER.indexOf('C')) {
      rows.add(QuestionReply.row(DataRow.decode(body)));
      return;
    }
    if (complete || type != ORDER.charAt(at)) {
      throw MalformedMessageException.violation(
          "message type " + type, "not expected as the answer to a question of Guard's own");
    }
    if (answers.size() == questions) {
      complete = true;
      return;
    }
    at = (at + 1) % ORDER.length();
    if (at == 0) {
      answers.add(rows);
      rows = new ArrayList<>();
    }
  }

  boolean complete() {
    return complete;
  }

  /** The rows that each question brought. */
  List<List<Watch.Row>> answers() {
    return List.copyOf(answers);
  }
}
