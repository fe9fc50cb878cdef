package io.pgguard.mask;

import static io.pgguard.mask.MaskFixtures.utf8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.UUID;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Values that ordinary tables are full of hold nothing that a detector finds. */
class OrdinaryTextTest {
  private static final int EACH = 5_000;
  private static final long NOW = 1_750_000_000L;

  private static final List<Function<Random, String>> KINDS =
      List.of(
          r -> String.valueOf(r.nextInt()),
          r -> String.valueOf(r.nextInt(1_000_000_000)),
          r -> r.nextInt(100_000) + "." + r.nextInt(100),
          r -> String.valueOf(r.nextDouble()),
          r -> "$" + r.nextInt(1000) + "," + (100 + r.nextInt(900)) + ".99",
          r -> Instant.ofEpochSecond(instant(r)).toString(),
          r -> Instant.ofEpochSecond(instant(r)).atOffset(ZoneOffset.UTC) + " +02:00",
          r -> String.valueOf(instant(r) * 1000 + r.nextInt(1000)),
          r -> String.valueOf(instant(r) * 1_000_000 + r.nextInt(1_000_000)),
          r -> new UUID(r.nextLong(), r.nextLong()).toString(),
          r -> hex(r, 16),
          r -> hex(r, 20),
          r -> hex(r, 32),
          r -> hex(r, 32).toUpperCase(Locale.ROOT),
          r -> "0x" + Long.toHexString(r.nextLong()),
          r -> "v" + r.nextInt(40) + "." + r.nextInt(300) + "." + r.nextInt(9000),
          r -> "ORD-2025-" + (100_000 + r.nextInt(900_000)),
          r -> "INV" + instant(r) + "-" + r.nextInt(100),
          r -> r.nextInt(256) + "." + r.nextInt(256) + "." + r.nextInt(256) + "." + r.nextInt(256),
          r -> Integer.toHexString(r.nextInt()) + "/" + Integer.toHexString(r.nextInt()),
          r -> r.nextInt(5000) + "." + r.nextInt(10) + " MB, " + r.nextInt() + " bytes",
          r -> "https://host.example/p/" + r.nextInt() + "?page=" + r.nextInt(100) + "#s-2",
          r -> (10_000 + r.nextInt(89_999)) + "-" + (1000 + r.nextInt(8999)),
          r -> "SELECT a+" + r.nextInt() + ", b-" + r.nextInt() + " FROM t@" + r.nextInt(9));

  @Test
  void generatedValues_giveNoFind() {
    long seed = Long.getLong("guard.seed", System.nanoTime());
    System.out.println("OrdinaryTextTest seed " + seed);
    Random random = new Random(seed);
    RowMasker masker =
        MaskPlan.bind(
                List.of(MaskFixtures.column(25, false)),
                List.of(new ColumnTreatment.Scan(Detectors.all())),
                Types.builtIn(),
                null)
            .rowMasker();
    for (int kind = 0; kind < KINDS.size(); kind++) {
      for (int i = 0; i < EACH; i++) {
        String value = KINDS.get(kind).apply(random);
        byte[] row = MaskFixtures.row(utf8(value));
        if (masker.mask(row, 0, row.length)) {
          String became =
              new String(masker.buffer(), 6, masker.length() - 6, StandardCharsets.UTF_8);
          assertEquals(value, became, "kind " + kind + ", seed " + seed);
        }
      }
    }
  }

  private static long instant(Random random) {
    return NOW - random.nextInt(300_000_000);
  }

  private static String hex(Random random, int bytes) {
    StringBuilder hex = new StringBuilder();
    for (int i = 0; i < bytes; i++) {
      hex.append(Character.forDigit(random.nextInt(16), 16));
      hex.append(Character.forDigit(random.nextInt(16), 16));
    }
    return hex.toString();
  }
}
