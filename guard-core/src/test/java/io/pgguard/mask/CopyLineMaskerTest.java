package io.pgguard.mask;

import static io.pgguard.mask.MaskFixtures.utf8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Lines of COPY are masked by column, wherever the data is cut. */
class CopyLineMaskerTest {
  private static final List<ResultColumn> COLUMNS =
      List.of(
          MaskFixtures.column(25, false),
          MaskFixtures.column(25, false),
          MaskFixtures.column(23, false));
  private static final List<ColumnTreatment> TREATMENTS =
      List.of(
          new ColumnTreatment.Pass(),
          new ColumnTreatment.Apply(new Mask.Partial(0, 3)),
          new ColumnTreatment.Apply(new Mask.Redact()));

  private static String masked(CopyFormat format, String data, int cut) {
    MaskPlan plan = MaskPlan.bind(COLUMNS, TREATMENTS, Types.builtIn(), null);
    CopyMasker masker = plan.copyMasker(format, RowGate.OPEN);
    ByteSink out = new ByteSink(16);
    byte[] bytes = utf8(data);
    for (int at = 0; at < bytes.length; at += cut) {
      masker.accept(bytes, at, Math.min(cut, bytes.length - at), out);
    }
    masker.finish(out);
    return new String(out.toBytes(), StandardCharsets.UTF_8);
  }

  private static void check(CopyFormat format, String data, String expected) {
    for (int cut = 1; cut <= data.length() + 1; cut++) {
      assertEquals(expected, masked(format, data, cut), "cut every " + cut + " bytes");
    }
  }

  @Test
  void textLines_areUnescapedMaskedAndEscaped() {
    check(
        CopyFormat.text(),
        "a\\tb\txx\\n\\\\c\t5\n\\N\t\\N\t\\N\nlast\tabcd\t-1\n",
        "a\\tb\t**\\n\\\\c\t\\N\n" + "\\N\t\\N\t\\N\nlast\t*bcd\t\\N\n");
  }

  @Test
  void withheldColumns_areTheSameForNull() {
    for (boolean csv : new boolean[] {false, true}) {
      CopyFormat format = csv ? new CopyFormat(true, ',', "", '"', '"', false) : CopyFormat.text();
      MaskPlan plan =
          MaskPlan.bind(
              List.of(MaskFixtures.column(25, false)),
              List.of(new ColumnTreatment.Withhold()),
              Types.builtIn(),
              null);
      CopyMasker masker = plan.copyMasker(format, RowGate.OPEN);
      ByteSink out = new ByteSink(16);
      byte[] data = utf8(csv ? "x\n\n\"\"\n" : "x\n\\N\n\n");
      masker.accept(data, 0, data.length, out);
      assertEquals("[redacted]\n".repeat(3), new String(out.toBytes(), StandardCharsets.UTF_8));
    }
  }

  /** PostgreSQL writes the value '' as NULL is written with NULL ''. */
  @Test
  void valuesThatReadAsNull_areMaskedAsOthers() {
    for (String marker : List.of("", "none")) {
      CopyFormat format = new CopyFormat(false, '|', marker, '"', '"', false);
      MaskPlan plan =
          MaskPlan.bind(
              List.of(MaskFixtures.column(25, false), MaskFixtures.column(25, false)),
              List.of(new ColumnTreatment.Apply(new Mask.Redact()), new ColumnTreatment.Pass()),
              Types.builtIn(),
              null);
      CopyMasker masker = plan.copyMasker(format, RowGate.OPEN);
      ByteSink out = new ByteSink(16);
      byte[] data = utf8(marker + "|" + marker + "\nsecret|x\n");
      masker.accept(data, 0, data.length, out);
      assertEquals(
          "[redacted]|" + marker + "\n[redacted]|x\n",
          new String(out.toBytes(), StandardCharsets.UTF_8));
    }
  }

  @Test
  void csvLines_keepHeaderAndQuotes() {
    CopyFormat header = new CopyFormat(true, ',', "", '"', '"', true);
    check(
        header,
        "id,ssn,n\n\"a,\"\"\n\",\"12,\"\"4\",5\nx,,\ny,\"\",1\n",
        "id,ssn,n\n\"a,\"\"\n\",\"**,\"\"4\",\nx,,\ny,\"\",\n");
  }

  @Test
  void csvWithAnEscapeOfItsOwn_isFollowed() {
    CopyFormat format = new CopyFormat(true, ';', "NULL", '\'', '\\', false);
    check(format, "'a\\'\n;';'ab\\'\\\\c';1\n", "'a\\'\n;';'**\\'\\\\c';NULL\n");
  }

  /** Lets so many rows pass, with values up to so many bytes. */
  private static RowGate gate(int rows, long valueBytes) {
    return new RowGate() {
      private int left = rows;

      @Override
      public long valueBytes() {
        return valueBytes;
      }

      @Override
      public boolean row(boolean tooLong) {
        return !tooLong && left-- > 0;
      }
    };
  }

  private static String gated(CopyFormat format, RowGate gate, String data) {
    MaskPlan plan = MaskPlan.bind(COLUMNS, TREATMENTS, Types.builtIn(), null);
    CopyMasker masker = plan.copyMasker(format, gate);
    ByteSink out = new ByteSink(16);
    masker.accept(utf8(data), 0, utf8(data).length, out);
    masker.finish(out);
    return new String(out.toBytes(), StandardCharsets.UTF_8);
  }

  @Test
  void gateThatClosed_letsNoRowPassAfterwards() {
    CopyFormat header = new CopyFormat(true, ',', "", '"', '"', true);
    assertEquals("a,b,c\nx,*bcd,\n", gated(header, gate(1, 10), "a,b,c\nx,abcd,1\ny,abcd,1\n"));
    assertEquals(
        "x\t***\t\\N\n",
        gated(CopyFormat.text(), gate(9, 3), "x\tabc\t12345\nlong\tb\t\\N\nx\tb\t1\n"));
    assertEquals("", gated(CopyFormat.text(), gate(9, 3), "x\tabcd\t1\nx\tb\t1\n"));
    String escapes = "\\t\\t\\t\tb\t\\N\n";
    assertEquals("\\t\\t\\t\t*\t\\N\n", gated(CopyFormat.text(), gate(9, 3), escapes));
  }

  @Test
  void lineWithOtherColumns_isRefused() {
    for (String line : List.of("a\tb\n", "a\tb\t1\tc\n", "\n", "a\tb\\\n")) {
      assertThrows(MalformedRowException.class, () -> masked(CopyFormat.text(), line, 100));
    }
    assertThrows(
        MalformedRowException.class, () -> masked(CopyFormat.commaSeparated(), "a,\"b\n", 100));
  }
}
