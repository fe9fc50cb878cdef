package io.pgguard.mask;

import static io.pgguard.mask.MaskFixtures.NULL;
import static io.pgguard.mask.MaskFixtures.row;
import static io.pgguard.mask.MaskFixtures.utf8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Rows are rewritten where they must be, and refused when they are malformed. */
class RowRewriterTest {
  private static final ColumnTreatment PASS = new ColumnTreatment.Pass();
  private static final ColumnTreatment REDACT = new ColumnTreatment.Apply(new Mask.Redact());

  private static RowMasker masker(ColumnTreatment... treatments) {
    ResultColumn[] columns = new ResultColumn[treatments.length];
    Arrays.fill(columns, MaskFixtures.column(25, false));
    return MaskPlan.bind(List.of(columns), List.of(treatments), Types.builtIn(), MaskFixtures.KEY)
        .rowMasker();
  }

  @Test
  void maskedColumns_changeAndOthersStay() {
    RowMasker masker = masker(PASS, REDACT, PASS, REDACT, PASS);
    byte[] body = row(utf8("a"), utf8("secret"), NULL, NULL, utf8("e"));
    byte[] framed = new byte[body.length + 7];
    System.arraycopy(body, 0, framed, 5, body.length);
    assertTrue(masker.mask(framed, 5, body.length));
    byte[] expected = row(utf8("a"), utf8("[redacted]"), NULL, NULL, utf8("e"));
    assertArrayEquals(expected, Arrays.copyOf(masker.buffer(), masker.length()));
  }

  @Test
  void rowWithNothingToMask_passesAsItIs() {
    assertTrue(masker(PASS, PASS).passes());
    RowMasker masker = masker(PASS, REDACT);
    assertFalse(masker.passes());
    byte[] row = row(utf8("a"), NULL);
    assertFalse(masker.mask(row, 0, row.length));
  }

  @Test
  void withheldColumn_isTheSameForNull() {
    for (int type : new int[] {25, 1042, 114, 1009, 23, 600}) {
      for (boolean binary : new boolean[] {false, true}) {
        RowMasker masker =
            MaskPlan.bind(
                    List.of(MaskFixtures.column(type, binary)),
                    List.of(new ColumnTreatment.Withhold()),
                    Types.builtIn(),
                    null)
                .rowMasker();
        byte[] some = masked(masker, row(utf8("x")));
        byte[] none = masked(masker, row(NULL));
        assertArrayEquals(some, none, "type " + type);
      }
    }
  }

  private static byte[] masked(RowMasker masker, byte[] row) {
    return masker.mask(row, 0, row.length) ? Arrays.copyOf(masker.buffer(), masker.length()) : row;
  }

  @Test
  void malformedRow_isRefused() {
    RowMasker masker = masker(PASS, REDACT);
    byte[] good = row(utf8("a"), utf8("b"));
    byte[] three = row(utf8("a"), utf8("b"), utf8("c"));
    assertThrows(MalformedRowException.class, () -> masker.mask(three, 0, three.length));
    for (int length = 0; length < good.length; length++) {
      int cut = length;
      assertThrows(MalformedRowException.class, () -> masker.mask(good, 0, cut));
    }
    byte[] longer = Arrays.copyOf(good, good.length + 1);
    assertThrows(MalformedRowException.class, () -> masker.mask(longer, 0, longer.length));
  }

  @Test
  void mutatedRows_areMaskedOrRefusedAndNeverShowTheValue() {
    long seed = Long.getLong("guard.seed", System.nanoTime());
    System.out.println("RowRewriterTest seed " + seed);
    Random random = new Random(seed);
    int[] types = {25, 114, 3802, 16, 21, 23, 20, 700, 701, 1700, 1082, 1114, 1184, 2950, 17, 1009};
    Mask[] masks = {
      new Mask.Redact(), new Mask.Partial(1, 1), new Mask.Email(), new Mask.Hash(), new Mask.Null()
    };
    ColumnTreatment scan =
        new ColumnTreatment.Scan(
            Detectors.all(), new Mask.Redact(), ColumnTreatment.Scope.EVERYTHING);
    int refused = 0;
    for (int i = 0; i < 60_000; i++) {
      int pick = random.nextInt(masks.length + 1);
      ColumnTreatment treatment =
          pick == masks.length ? scan : new ColumnTreatment.Apply(masks[pick]);
      ResultColumn column =
          MaskFixtures.column(types[random.nextInt(types.length)], random.nextBoolean());
      byte[] value = new byte[random.nextInt(40)];
      random.nextBytes(value);
      if (random.nextBoolean()) {
        for (int b = 0; b < value.length; b++) {
          value[b] = (byte) "{}\"\\,[]0123456789-@.eaNULL \0\0\0\1".charAt(value[b] & 31 & 30);
        }
      }
      byte[] row = row(value);
      int length = random.nextInt(8) == 0 ? random.nextInt(row.length + 1) : row.length;
      if (random.nextInt(8) == 0) {
        row[random.nextInt(row.length)] = (byte) random.nextInt();
      }
      RowMasker masker =
          MaskPlan.bind(List.of(column), List.of(treatment), Types.builtIn(), MaskFixtures.KEY)
              .rowMasker();
      try {
        if (masker.mask(row, 0, length)) {
          assertEquals(1, MaskFixtures.values(masker.buffer(), masker.length()).size());
        }
      } catch (MalformedRowException e) {
        refused++; // the only exception that may come
      }
    }
    assertTrue(refused > 1000, refused + " refused, seed " + seed);
  }
}
