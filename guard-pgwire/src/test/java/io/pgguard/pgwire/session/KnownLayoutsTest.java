package io.pgguard.pgwire.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.pgguard.pgwire.message.DataRow;
import io.pgguard.pgwire.message.Message;
import io.pgguard.pgwire.message.MessageReader;
import io.pgguard.pgwire.message.RowDescription;
import io.pgguard.pgwire.message.RowDescription.Field;
import io.pgguard.session.Watch;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class KnownLayoutsTest {
  private final KnownLayouts layouts = new KnownLayouts();
  private final SameRow rows = new SameRow();

  private static Message columns(String name, int relation, int format) {
    return new RowDescription(
        List.of(new Field(name, relation, (short) 2, 25, (short) -1, -1, (short) format)));
  }

  /** As it comes, in the middle of other bytes. */
  private KnownLayouts.Layout read(Message message) {
    byte[] bytes = message.toByteArray();
    byte[] piece = new byte[bytes.length + 20];
    System.arraycopy(bytes, 0, piece, 7, bytes.length);
    int from = 7 + 5;
    int length = bytes.length - 5;
    return layouts.read(
        new MessageReader().over("RowDescription", piece, from, length), piece, from, length);
  }

  @Test
  void sameBytes_areTheSameColumns() {
    KnownLayouts.Layout first = read(columns("ssn", 16_400, 0));
    assertSame(first.columns(), read(columns("ssn", 16_400, 0)).columns());
    assertEquals("ssn", first.fields().get(0).name());
    assertEquals(16_400, first.columns().get(0).relationOid());
  }

  @Test
  void anyByteElse_isReadAnew() {
    KnownLayouts.Layout first = read(columns("ssn", 16_400, 0));
    for (Message other :
        List.of(columns("ssm", 16_400, 0), columns("ssn", 16_401, 0), columns("ssn", 16_400, 1))) {
      KnownLayouts.Layout second = read(other);
      assertNotEquals(first.columns(), second.columns());
      assertEquals(((RowDescription) other).fields(), second.fields());
    }
  }

  @Test
  void eachOfManyIsWhatItSays() {
    for (int round = 0; round < 3; round++) {
      for (int i = 0; i < 100; i++) {
        assertEquals(
            16_384 + i, read(columns("c" + i, 16_384 + i, 0)).columns().get(0).relationOid());
      }
    }
  }

  @Test
  void longLayouts_areNotKept() {
    List<Field> fields =
        Collections.nCopies(100, new Field("long", 0, (short) 0, 25, (short) -1, -1, (short) 0));
    KnownLayouts.Layout first = read(new RowDescription(fields));
    KnownLayouts.Layout second = read(new RowDescription(fields));
    assertNotSame(first.columns(), second.columns());
    assertEquals(100, second.columns().size());
  }

  private Watch.Row row(String value) {
    byte[][] values = {value.getBytes(StandardCharsets.UTF_8), null};
    byte[] bytes = new DataRow(values).toByteArray();
    return rows.read(new MessageReader(), bytes, 5, bytes.length - 5);
  }

  @Test
  void sameRow_isReadOnce_andAnyOtherAnew() {
    Watch.Row first = row("754:754:");
    assertSame(first, row("754:754:"));
    assertEquals("754:755:", row("754:755:").values().get(0));
    assertEquals("754:754:", row("754:754:").values().get(0));
    String longer = "1".repeat(300);
    assertEquals(longer, row(longer).values().get(0));
    assertEquals(longer, row(longer).values().get(0));
  }
}
