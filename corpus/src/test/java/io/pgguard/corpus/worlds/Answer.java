package io.pgguard.corpus.worlds;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;

/** What one text gave, message by message. */
record Answer(List<Message> messages) {

  /** A message: its type and its body. */
  record Message(char type, byte[] body) {
    String text() {
      return switch (type) {
        case 'D' -> row();
        case 'C', 'S', 'A', 'E', 'N', 'd' ->
            type + ":" + new String(body, StandardCharsets.UTF_8).replace('\0', '|');
        case 'T' -> description();
        default -> type + ":" + Arrays.hashCode(body);
      };
    }

    private String row() {
      return "row " + String.join(" ", cells());
    }

    /** Names and places of the columns; a relation's number differs where it was made just now. */
    private String description() {
      ByteBuffer in = ByteBuffer.wrap(body);
      int count = in.getShort();
      StringBuilder text = new StringBuilder("T:");
      for (int i = 0; i < count; i++) {
        int start = in.position();
        while (in.get() != 0) {
          // a name ends with a zero
        }
        text.append(new String(body, start, in.position() - start - 1, StandardCharsets.UTF_8));
        in.getInt();
        text.append(' ').append(in.getShort()).append(' ').append(in.getInt());
        text.append(' ')
            .append(in.getShort())
            .append(' ')
            .append(in.getInt())
            .append(' ')
            .append(in.getShort())
            .append("; ");
      }
      return text.toString();
    }

    /** The cells of a row. */
    List<String> cells() {
      ByteBuffer in = ByteBuffer.wrap(body);
      int count = in.getShort();
      List<String> cells = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        int length = in.getInt();
        if (length < 0) {
          cells.add("NULL");
        } else {
          cells.add("<" + new String(body, in.position(), length, StandardCharsets.UTF_8) + ">");
          in.position(in.position() + length);
        }
      }
      return cells;
    }

    /** A field of an error or notice; empty where it has none. */
    String field(char wanted) {
      String all = new String(body, StandardCharsets.UTF_8);
      for (String field : all.split("\0", -1)) {
        if (!field.isEmpty() && field.charAt(0) == wanted) {
          return field.substring(1);
        }
      }
      return "";
    }
  }

  static Answer of(byte[] bytes) {
    List<Message> messages = new ArrayList<>();
    ByteBuffer in = ByteBuffer.wrap(bytes);
    for (int at = 0; at < bytes.length; ) {
      int length = in.getInt(at + 1);
      messages.add(
          new Message((char) bytes[at], Arrays.copyOfRange(bytes, at + 5, at + 1 + length)));
      at += 1 + length;
    }
    return new Answer(messages);
  }

  /** Its rows, cell by cell. */
  List<List<String>> rows() {
    return messages.stream().filter(m -> m.type() == 'D').map(Message::cells).toList();
  }

  /**
   * A field of the first error in an answer, found without reading the rest; empty where there is
   * none.
   */
  static String errorField(byte[] bytes, char wanted) {
    for (int at = 0; at < bytes.length; at += 1 + ByteBuffer.wrap(bytes).getInt(at + 1)) {
      if (bytes[at] == 'E') {
        int field = at + 5;
        while (bytes[field] != 0) {
          int end = field;
          while (bytes[end] != 0) {
            end++;
          }
          if (bytes[field] == wanted) {
            return new String(bytes, field + 1, end - field - 1, StandardCharsets.UTF_8);
          }
          field = end + 1;
        }
      }
    }
    return "";
  }

  /** The SQLSTATE of its error; empty where it has none. */
  String state() {
    return messages.stream()
        .filter(m -> m.type() == 'E')
        .map(m -> m.field('C'))
        .findFirst()
        .orElse("");
  }

  boolean failed() {
    return messages.stream().anyMatch(m -> m.type() == 'E');
  }

  /** Its messages as lines, each changed; rows sorted where no order was asked for. */
  List<String> lines(boolean ordered, UnaryOperator<String> change) {
    List<String> lines = new ArrayList<>();
    List<String> rows = new ArrayList<>();
    for (Message message : messages) {
      if (message.type() == 'D' || message.type() == 'd') {
        rows.add(change.apply(message.text()));
      } else if (message.type() == 's' && !ordered) {
        lines.add("suspended"); // which rows come first is not told then
      } else {
        if (message.type() == 'E' && !ordered) {
          rows.clear(); // which rows come before it is not told then
        }
        flush(rows, lines, ordered);
        lines.add(change.apply(message.text()));
      }
    }
    return lines;
  }

  private static void flush(List<String> rows, List<String> lines, boolean ordered) {
    if (!ordered) {
      rows.sort(null);
    }
    lines.addAll(rows);
    rows.clear();
  }
}
