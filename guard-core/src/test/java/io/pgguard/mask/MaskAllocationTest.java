package io.pgguard.mask;

import static io.pgguard.mask.MaskFixtures.row;
import static io.pgguard.mask.MaskFixtures.utf8;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Masking a value allocates next to nothing. */
class MaskAllocationTest {
  private static final int ROWS = 20_000;

  @ParameterizedTest
  @CsvSource({"partial, 16", "email, 16", "redact, 16", "scan, 16", "hash, 100"})
  void maskedValue_staysUnderItsBudgetOfBytes(String what, long budget) {
    ColumnTreatment treatment =
        switch (what) {
          case "partial" -> new ColumnTreatment.Apply(new Mask.Partial(0, 4));
          case "email" -> new ColumnTreatment.Apply(new Mask.Email());
          case "hash" -> new ColumnTreatment.Apply(new Mask.Hash());
          case "scan" -> new ColumnTreatment.Scan(Detectors.all());
          default -> new ColumnTreatment.Apply(new Mask.Redact());
        };
    RowMasker masker =
        MaskPlan.bind(
                List.of(MaskFixtures.column(25, false)),
                List.of(treatment),
                Types.builtIn(),
                MaskFixtures.KEY)
            .rowMasker();
    double each = bytes(masker, row(utf8("canary0001@secret.example")));
    assertTrue(each <= budget, what + " allocates " + each + " bytes a value");
  }

  @Test
  void rowOfFiveColumns_staysUnderItsBudgetOfBytes() {
    List<ColumnTreatment> treatments =
        List.of(
            new ColumnTreatment.Pass(),
            new ColumnTreatment.Apply(new Mask.Partial(0, 4)),
            new ColumnTreatment.Apply(new Mask.Email()),
            new ColumnTreatment.Pass(),
            new ColumnTreatment.Pass());
    RowMasker masker =
        MaskPlan.bind(
                Collections.nCopies(5, MaskFixtures.column(25, false)),
                treatments,
                Types.builtIn(),
                MaskFixtures.KEY)
            .rowMasker();
    byte[] row =
        row(
            utf8("4711"),
            utf8("900-11-2222"),
            utf8("canary0001@secret.example"),
            utf8("Oslo"),
            utf8("2026-01-01"));
    double each = bytes(masker, row);
    assertTrue(each <= 16, "a row allocates " + each + " bytes");
  }

  private static double bytes(RowMasker masker, byte[] row) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long self = Thread.currentThread().getId();
    long least = Long.MAX_VALUE;
    for (int round = 0; round < 5; round++) {
      long before = threads.getThreadAllocatedBytes(self);
      for (int i = 0; i < ROWS; i++) {
        masker.mask(row, 0, row.length);
      }
      least = Math.min(least, threads.getThreadAllocatedBytes(self) - before);
    }
    return (double) least / ROWS;
  }
}
