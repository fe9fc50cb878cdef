package io.pgguard.corpus;

import java.sql.SQLException;
import java.sql.SQLWarning;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.PSQLWarning;
import org.postgresql.util.ServerErrorMessage;

/**
 * All that an error or a warning tells: its chain, causes, and every field that the server sent.
 */
final class ErrorText {
  private ErrorText() {}

  static String of(Throwable error) {
    StringBuilder text = new StringBuilder();
    Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    Deque<Throwable> left = new ArrayDeque<>(List.of(error));
    while (!left.isEmpty()) {
      Throwable next = left.removeFirst();
      if (seen.add(next)) {
        text.append(next.getMessage()).append(" | ");
        fields(next, text);
        left.addAll(linked(next));
      }
    }
    return text.toString();
  }

  private static List<Throwable> linked(Throwable error) {
    List<Throwable> linked = new ArrayList<>(List.of(error.getSuppressed()));
    if (error.getCause() != null) {
      linked.add(error.getCause());
    }
    if (error instanceof SQLException sql && sql.getNextException() != null) {
      linked.add(sql.getNextException());
    }
    if (error instanceof SQLWarning warning && warning.getNextWarning() != null) {
      linked.add(warning.getNextWarning());
    }
    return linked;
  }

  private static void fields(Throwable error, StringBuilder text) {
    ServerErrorMessage server = null;
    if (error instanceof PSQLException sql) {
      server = sql.getServerErrorMessage();
    } else if (error instanceof PSQLWarning warning) {
      server = warning.getServerErrorMessage();
    }
    if (error instanceof SQLException sql) {
      text.append(sql.getSQLState()).append(" | ");
    }
    if (server != null) {
      append(text, server.getMessage());
      append(text, server.getDetail());
      append(text, server.getHint());
      append(text, server.getWhere());
      append(text, server.getInternalQuery());
      append(text, server.getSchema());
      append(text, server.getTable());
      append(text, server.getColumn());
      append(text, server.getDatatype());
      append(text, server.getConstraint());
      append(text, server.getRoutine());
      append(text, server.getFile());
    }
  }

  private static void append(StringBuilder text, @Nullable String field) {
    if (field != null) {
      text.append(field).append(" | ");
    }
  }
}
