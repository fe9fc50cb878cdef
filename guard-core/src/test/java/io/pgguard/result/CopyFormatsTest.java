package io.pgguard.result;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.pgguard.mask.CopyFormat;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CopyFormatsTest {

  private static void assertFormat(CopyFormat expected, String copy) {
    assertEquals(Optional.of(expected), CopyFormats.of(copy), copy);
  }

  @Test
  void defaults_ofBothFormats() {
    assertFormat(CopyFormat.text(), "COPY t TO STDOUT");
    assertFormat(CopyFormat.text(), "COPY (SELECT 1) TO STDOUT (FORMAT text)");
    assertFormat(CopyFormat.commaSeparated(), "COPY t TO STDOUT WITH (FORMAT csv)");
    assertFormat(CopyFormat.commaSeparated(), "COPY t TO STDOUT CSV");
  }

  @Test
  void separators_areThoseOfTheStatement() {
    assertFormat(
        new CopyFormat(false, '|', "", '"', '"', false),
        "COPY t TO STDOUT (DELIMITER '|', NULL '')");
    assertFormat(
        new CopyFormat(true, ';', "-", '~', '~', true),
        "COPY t TO STDOUT (FORMAT csv, QUOTE '~', DELIMITER ';', NULL '-', HEADER)");
    assertFormat(
        new CopyFormat(true, ',', "", '\'', '\\', false),
        "COPY t TO STDOUT (FORMAT csv, ESCAPE E'\\\\', QUOTE '''')");
    assertFormat(
        new CopyFormat(true, '|', "", '"', '"', true), "COPY t TO STDOUT DELIMITER '|' CSV HEADER");
  }

  @Test
  void whatCannotBeTakenApart_isNoFormat() {
    for (String copy :
        new String[] {
          "COPY t TO STDOUT (FORMAT binary)",
          "COPY t TO STDOUT (ENCODING 'LATIN1')",
          "COPY t TO STDOUT (FORMAT csv, DELIMITER 'ab')",
          "COPY t TO STDOUT (FORMAT jsonl)"
        }) {
      assertEquals(Optional.empty(), CopyFormats.of(copy), copy);
    }
  }
}
