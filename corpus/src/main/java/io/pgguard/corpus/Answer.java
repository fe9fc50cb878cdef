package io.pgguard.corpus;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** All that a client saw of one result of a statement. Filled by one thread while it reads. */
final class Answer {
  final List<String> labels = new ArrayList<>();
  final List<String> types = new ArrayList<>();
  final List<List<@Nullable String>> rows = new ArrayList<>();

  /** What getters other than getString gave, where it differs. */
  final List<String> otherGetters = new ArrayList<>();

  final List<String> warnings = new ArrayList<>();
  final List<String> notifications = new ArrayList<>();
  final List<String> parameters = new ArrayList<>();

  /** What the client would call the command tag, or empty after an error. */
  String tag = "";

  byte @Nullable [] copied;
  @Nullable SQLException error;

  /** Whether the client gave up waiting and cancelled. */
  boolean cancelled;

  /** How long the statement took, in nanoseconds. */
  long nanos;

  static Answer failed(SQLException error) {
    Answer answer = new Answer();
    answer.error = error;
    return answer;
  }

  /** The SQLSTATE, or empty. */
  String sqlState() {
    SQLException e = error;
    String state = e == null ? null : e.getSQLState();
    return state == null ? "" : state;
  }

  /** Success or failure in one line, for reports. */
  String summary() {
    SQLException e = error;
    if (e == null) {
      return "ok " + tag;
    }
    return (cancelled ? "cancelled " : "error ")
        + sqlState()
        + " "
        + oneLine(String.valueOf(e.getMessage()), 300);
  }

  static String oneLine(String text, int limit) {
    String line = text.replaceAll("\\s+", " ");
    return line.length() <= limit ? line : line.substring(0, limit) + "...";
  }
}
