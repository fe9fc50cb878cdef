package io.pgguard.mask;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FiguresMaskerTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Seq Scan on emp  (cost=0.00..1.03 rows=3 width=104) | Seq Scan on emp  (cost=?..? rows=? width=?)
          Index Scan using i2_x3 on t1 | Index Scan using i2_x3 on t1
          Memory: 25kB  Disk: 1024kB | Memory: ?kB  Disk: ?kB
          Filter: (id = $1) | Filter: (id = $1)
          12 | ?
          """)
  void numbers_areHidden(String line, String expected) {
    byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
    ByteSink out = new ByteSink(16);
    int done = FiguresMasker.INSTANCE.mask(bytes, 0, bytes.length, out);
    String shown =
        done == ValueMasker.UNCHANGED ? line : new String(out.toBytes(), StandardCharsets.UTF_8);
    assertEquals(expected, shown);
  }
}
