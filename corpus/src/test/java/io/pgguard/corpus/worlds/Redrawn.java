package io.pgguard.corpus.worlds;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes an answer with other cells: text by text, whatever their format. */
final class Redrawn {
  /** A column of a result: its place and name, and whether it is a relation's own. */
  record Column(int place, String name, boolean stored) {}

  /** What stands in a cell instead; null is NULL. */
  interface Change {
    @Nullable String cell(Column column, int row, @Nullable String now);
  }

  /** What stands in each cell of a line of COPY instead. */
  private static final byte[] LINE = "[redacted]\n".getBytes(StandardCharsets.US_ASCII);

  private final Change change;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private List<Column> columns = List.of();
  private int row;

  private Redrawn(Change change) {
    this.change = change;
  }

  /** An error by its state alone; lines of COPY without what is in them. */
  static byte[] of(byte[] answer, Change change) {
    Redrawn redrawn = new Redrawn(change);
    for (Answer.Message message : Answer.of(answer).messages()) {
      redrawn.add(message);
    }
    return redrawn.out.toByteArray();
  }

  /** The cells of every row; null for NULL. */
  static List<List<@Nullable String>> rows(byte[] answer) {
    List<List<@Nullable String>> rows = new ArrayList<>();
    for (Answer.Message message : Answer.of(answer).messages()) {
      if (message.type() == 'D') {
        rows.add(cells(message.body()));
      }
    }
    return rows;
  }

  private void add(Answer.Message message) {
    switch (message.type()) {
      case 'T' -> {
        columns = columns(message.body());
        write('T', message.body());
      }
      case 'D' -> write('D', row(cells(message.body())));
      case 'd' -> write('d', LINE);
      case 'E' -> write('C', message.field('C').getBytes(StandardCharsets.UTF_8));
      default -> write(message.type(), message.body());
    }
  }

  private byte[] row(List<@Nullable String> cells) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.writeBytes(ByteBuffer.allocate(2).putShort((short) cells.size()).array());
    for (int i = 0; i < cells.size(); i++) {
      Column column = i < columns.size() ? columns.get(i) : new Column(i, "", false);
      String cell = change.cell(column, row, cells.get(i));
      if (cell == null) {
        body.writeBytes(ByteBuffer.allocate(4).putInt(-1).array());
      } else {
        byte[] bytes = cell.getBytes(StandardCharsets.ISO_8859_1);
        body.writeBytes(ByteBuffer.allocate(4).putInt(bytes.length).array());
        body.writeBytes(bytes);
      }
    }
    row++;
    return body.toByteArray();
  }

  static List<@Nullable String> cells(byte[] body) {
    ByteBuffer in = ByteBuffer.wrap(body);
    int count = in.getShort();
    List<@Nullable String> cells = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int length = in.getInt();
      if (length < 0) {
        cells.add(null);
      } else {
        cells.add(new String(body, in.position(), length, StandardCharsets.ISO_8859_1));
        in.position(in.position() + length);
      }
    }
    return cells;
  }

  static List<Column> columns(byte[] body) {
    ByteBuffer in = ByteBuffer.wrap(body);
    int count = in.getShort();
    List<Column> columns = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int start = in.position();
      while (in.get() != 0) {
        // a name ends with a zero
      }
      String name = new String(body, start, in.position() - start - 1, StandardCharsets.UTF_8);
      boolean stored = in.getInt() != 0;
      in.position(in.position() + 14); // number, type, its length and modifier, format
      columns.add(new Column(i, name, stored));
    }
    return columns;
  }

  private void write(char type, byte[] body) {
    out.write(type);
    out.writeBytes(ByteBuffer.allocate(4).putInt(body.length + 4).array());
    out.writeBytes(body);
  }
}
