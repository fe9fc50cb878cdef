package io.pgguard.mask;

import static io.pgguard.mask.MaskFixtures.utf8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tuples of COPY in binary format are searched and bounded, wherever the data is cut. */
class CopyBinaryMaskerTest {
  private static final byte[] TRAILER = {(byte) 0xff, (byte) 0xff};

  private static byte[] header() {
    ByteSink header = new ByteSink(32);
    header.append(new byte[] {'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xff, '\r', '\n', 0});
    header.appendInt(0);
    header.appendInt(3);
    header.append(new byte[] {1, 2, 3}); // an extension, of which the format allows any
    return header.toBytes();
  }

  private static byte[] joined(byte[]... parts) {
    ByteSink all = new ByteSink(64);
    for (byte[] part : parts) {
      all.append(part);
    }
    return all.toBytes();
  }

  private static byte[] masked(byte[] data, int cut, RowGate gate) {
    List<ResultColumn> columns =
        List.of(
            MaskFixtures.column(23, true), MaskFixtures.column(ResultColumn.UNKNOWN_TYPE, true));
    List<ColumnTreatment> treatments =
        List.of(new ColumnTreatment.Pass(), new ColumnTreatment.Scan(Detectors.all()));
    CopyMasker masker =
        MaskPlan.bind(columns, treatments, Types.builtIn(), null).binaryCopyMasker(gate);
    ByteSink out = new ByteSink(16);
    for (int at = 0; at < data.length; at += cut) {
      masker.accept(data, at, Math.min(cut, data.length - at), out);
    }
    masker.finish(out);
    return out.toBytes();
  }

  private static byte[] row(String body) {
    return MaskFixtures.row(new byte[] {0, 0, 0, 1}, utf8(body));
  }

  @Test
  void tuples_areSearchedWhereverTheDataIsCut() {
    byte[] nulls = MaskFixtures.row(MaskFixtures.NULL, MaskFixtures.NULL);
    byte[] data = joined(header(), row("pay 4000009120000016 now"), nulls, row("x"), TRAILER);
    byte[] expected = joined(header(), row("pay [redacted] now"), nulls, row("x"), TRAILER);
    for (int cut = 1; cut <= data.length; cut++) {
      assertArrayEquals(expected, masked(data, cut, RowGate.OPEN), "cut every " + cut + " bytes");
    }
  }

  @Test
  void valueThatIsTooLong_endsTheData() {
    RowGate gate =
        new RowGate() {
          @Override
          public long valueBytes() {
            return 10;
          }

          @Override
          public boolean row(boolean tooLong) {
            return !tooLong;
          }
        };
    byte[] data = joined(header(), row("ten bytes!"), row("eleven byte"), row("x"), TRAILER);
    assertArrayEquals(joined(header(), row("ten bytes!")), masked(data, data.length, gate));
  }

  @Test
  void dataThatIsNotOfTheFormat_isRefused() {
    byte[] other = MaskFixtures.row(utf8("one column"));
    for (byte[] data :
        List.of(
            utf8("id,body,and more of csv"),
            joined(header(), other, TRAILER),
            joined(header(), row("x"), TRAILER, row("y")),
            joined(header(), row("x")),
            Arrays.copyOf(joined(header(), row("x"), TRAILER), 40))) {
      assertThrows(MalformedRowException.class, () -> masked(data, data.length, RowGate.OPEN));
    }
  }
}
