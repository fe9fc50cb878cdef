package io.pgguard.corpus;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.sql.Array;
import java.sql.Clob;
import java.sql.Date;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLXML;
import java.sql.Timestamp;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads a cell by every getter that JDBC has. */
final class Getters {
  private static final int LONGEST = 4000;

  private interface Getter {
    @Nullable Object get(ResultSet row, int column, String label) throws SQLException;
  }

  private static final List<Getter> ALL =
      List.of(
          (r, i, l) -> r.getObject(i),
          (r, i, l) -> r.getObject(l),
          (r, i, l) -> r.getString(l),
          (r, i, l) -> r.getObject(i, new HashMap<>()),
          (r, i, l) -> r.getNString(i),
          (r, i, l) -> r.getBytes(i),
          (r, i, l) -> r.getCharacterStream(i),
          (r, i, l) -> r.getNCharacterStream(i),
          (r, i, l) -> r.getAsciiStream(i),
          (r, i, l) -> r.getBinaryStream(i),
          (r, i, l) -> r.getArray(i),
          (r, i, l) -> r.getSQLXML(i),
          (r, i, l) -> r.getClob(i),
          (r, i, l) -> r.getBlob(i),
          (r, i, l) -> r.getRowId(i),
          (r, i, l) -> r.getURL(i),
          (r, i, l) -> r.getBigDecimal(i),
          (r, i, l) -> r.getLong(i),
          (r, i, l) -> r.getInt(i),
          (r, i, l) -> r.getShort(i),
          (r, i, l) -> r.getDouble(i),
          (r, i, l) -> r.getFloat(i),
          (r, i, l) -> r.getBoolean(i),
          (r, i, l) -> r.getDate(i),
          (r, i, l) -> r.getTime(i),
          (r, i, l) -> r.getTimestamp(i),
          (r, i, l) -> r.getObject(i, String.class),
          (r, i, l) -> r.getObject(i, Long.class),
          (r, i, l) -> r.getObject(i, BigDecimal.class),
          (r, i, l) -> r.getObject(i, Date.class),
          (r, i, l) -> r.getObject(i, LocalDate.class),
          (r, i, l) -> r.getObject(i, LocalDateTime.class),
          (r, i, l) -> r.getObject(i, OffsetDateTime.class),
          (r, i, l) -> r.getObject(i, Timestamp.class),
          (r, i, l) -> r.getObject(i, byte[].class),
          (r, i, l) -> r.getObject(i, Array.class),
          (r, i, l) -> r.getObject(i, SQLXML.class));

  private Getters() {}

  /** Adds what the getters give, errors included, beside what getString gave already. */
  static void read(
      ResultSet row, int column, String label, @Nullable String plain, Set<String> into) {
    for (Getter getter : ALL) {
      String text;
      try {
        text = text(getter.get(row, column, label));
      } catch (SQLException | IOException | RuntimeException e) {
        text = String.valueOf(e.getMessage()); // the driver's conversion errors quote the value
      }
      if (text != null && !text.equals(plain) && text.length() < LONGEST) {
        into.add(text);
      }
    }
  }

  private static @Nullable String text(@Nullable Object value) throws SQLException, IOException {
    if (value == null) {
      return null;
    }
    if (value instanceof byte[] bytes) {
      return ByteDecodings.text(bytes);
    }
    if (value instanceof Reader reader) {
      StringWriter writer = new StringWriter();
      reader.transferTo(writer);
      return writer.toString();
    }
    if (value instanceof InputStream stream) {
      return ByteDecodings.text(stream.readAllBytes());
    }
    if (value instanceof Array array) {
      return array + " " + Arrays.deepToString(new Object[] {array.getArray()}) + rows(array);
    }
    if (value instanceof SQLXML xml) {
      return xml.getString();
    }
    if (value instanceof Clob clob) {
      return clob.getSubString(1, LONGEST);
    }
    if (value instanceof ResultSet rows) {
      return all(rows);
    }
    return value.toString();
  }

  private static String rows(Array array) throws SQLException {
    try (ResultSet rows = array.getResultSet()) {
      return all(rows);
    }
  }

  /** A cursor's or an array's own result. */
  private static String all(ResultSet rows) throws SQLException {
    StringBuilder text = new StringBuilder();
    while (rows.next()) {
      for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
        text.append(' ').append(rows.getString(i));
      }
    }
    return text.toString();
  }
}
