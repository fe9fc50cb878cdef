package io.pgguard.mask;

import static io.pgguard.mask.MaskFixtures.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What masks give for values in text format. */
class MaskTest {
  private static final Mask.Partial LAST4 = new Mask.Partial(0, 4);

  @ParameterizedTest
  @CsvSource({
    "25, 900-12-0001, *******0001",
    "25, 1234, ****",
    "25, 'αβγδε', '*βγδε'",
    "25, '', ''",
    "1042, '12345     ', *2345",
    "23, 123456789, 6789",
    "23, -123456789, 6789",
    "23, 1234, 0",
    "23, 100000001, 1",
    "20, -9223372036854775808, 5808",
    "1700, 1234.56, 34.56",
    "1700, 12345.678, 5.678",
    "1700, -0.5, 0.0",
    "701, 12345.5, 345.5",
    "790, '-$1,234.56', '0,034.56'",
    "790, '$0.05', '0.00'",
    "790, '($12.345,67)', '00.045,67'",
  })
  void partialKeepLast4_masksTheRest(int typeOid, String value, String expected) {
    assertEquals(expected, text(LAST4, typeOid, value));
  }

  @Test
  void partialKeepFirst_keepsTheStartOfNumbersAndDates() {
    assertEquals("120000000", text(new Mask.Partial(2, 0), 23, "123456789"));
    assertEquals("2024-01-01", text(new Mask.Partial(4, 0), 1082, "2024-05-17"));
    assertEquals("2024-05-01", text(new Mask.Partial(7, 0), 1082, "2024-05-17"));
    assertNull(text(LAST4, 1082, "2024-05-17"));
    assertNull(text(new Mask.Partial(4, 0), 1082, "0044-03-15 BC"));
    assertNull(text(new Mask.Partial(4, 0), 1082, "17/05/2024"));
    assertEquals(
        "2024-01-01 00:00:00+00", text(new Mask.Partial(4, 0), 1184, "2024-05-17 12:00:00+02"));
  }

  @ParameterizedTest
  @CsvSource({
    "2025-01-01 13:59:59.5+14, 2024-12-01 00:00:00+00",
    "2024-12-31 12:00:00-12:30, 2025-01-01 00:00:00+00",
    "2024-12-31 23:59:59+00:00:30, 2024-12-01 00:00:00+00",
    "2025-01-07 22:59:59+167, 2024-12-01 00:00:00+00",
    "10000-01-01 00:30:00+01, 9999-12-01 00:00:00+00",
    "0001-12-31 23:30:00-01 BC, 0001-01-01 00:00:00+00",
  })
  void partialOfATimeWithZone_isTheSameWhateverZoneTheSessionSet(String value, String expected) {
    assertEquals(expected, text(new Mask.Partial(7, 0), 1184, value));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2024-12-31 12:00:00",
        "12/31/2024 12:00:00 CET",
        "Tue Dec 31 12:00:00 2024 CET",
        "31.12.2024 12:00:00 CET",
        "infinity"
      })
  void partialOfATimeThatNamesNoOffset_isNull(String value) {
    assertNull(text(new Mask.Partial(7, 0), 1184, value));
  }

  @Test
  void partialThatWouldOverflow_isNull() {
    // Masking the only 0 of the smallest bigint leaves a positive number that bigint lacks.
    assertNull(text(new Mask.Partial(7, 11), 20, "-9223372036854775808"));
  }

  @ParameterizedTest
  @CsvSource({
    "carol@example.com, c***@example.com",
    "é.b@example.co.uk, é***@example.co.uk",
    "c@example.com, ***@example.com",
    "call me at c@example.com, [redacted]",
    "root@localhost, [redacted]",
    "a@b@example.com, [redacted]",
    "secret, [redacted]",
    "@example.com, [redacted]",
  })
  void email_keepsFirstCharacterAndDomain(String value, String expected) {
    assertEquals(expected, text(new Mask.Email(), 25, value));
  }

  @Test
  void redact_showsNoLengthAndKeepsTheType() {
    Mask redact = new Mask.Redact();
    assertEquals("[redacted]", text(redact, 25, "x"));
    assertEquals("[redacted]", text(redact, 1043, "a longer value"));
    assertEquals("\"[redacted]\"", text(redact, 3802, "{\"a\": 1}"));
    assertEquals("{\"[redacted]\"}", text(redact, 1009, "{a,b,c}"));
    for (int typeOid : List.of(16, 17, 20, 23, 600, 700, 790, 869, 1007, 1082, 1700, 2950, 99999)) {
      assertNull(text(redact, typeOid, "whatever"), "type " + typeOid);
    }
  }

  @Test
  void arrays_areMaskedByElementAndKeepDimensions() {
    assertEquals(
        "{\"c***@x.org\",NULL,\"[redacted]\"}",
        text(new Mask.Email(), 1009, "{cc@x.org,NULL,\"a b\"}"));
    assertEquals(
        "[0:0][1:2]={{\"56\",\"0\"}}",
        text(new Mask.Partial(0, 2), 1007, "[0:0][1:2]={{1256,12}}"));
    assertEquals("{\"**\\\"\"}", text(new Mask.Partial(0, 1), 1009, "{\"ab\\\"\"}"));
    assertEquals("{}", text(LAST4, 1009, "{}"));
    assertThrows(MalformedRowException.class, () -> text(LAST4, 1009, "{\"abc"));
  }

  @Test
  void hash_isStableKeyedAndOfTheType() {
    Mask hash = new Mask.Hash();
    String first = Objects.requireNonNull(text(hash, 25, "900-12-0001"));
    assertTrue(first.matches("[0-9a-f]{64}"));
    assertEquals(first, text(hash, 1043, "900-12-0001"));
    assertEquals(first, text(hash, 1042, "900-12-0001   "));
    assertNotEquals(first, text(hash, 25, "900-12-0002"));
    assertEquals(text(hash, 1700, "1.50"), text(hash, 1700, "1.5"));
    String uuid = Objects.requireNonNull(text(hash, 2950, "550e8400-e29b-41d4-a716-446655440000"));
    assertEquals(8, UUID.fromString(uuid).version());
    assertTrue(Integer.parseInt(Objects.requireNonNull(text(hash, 23, "5"))) >= 0);
    assertTrue(Short.parseShort(Objects.requireNonNull(text(hash, 21, "5"))) >= 0);
    assertNull(text(hash, 1082, "2024-01-01"));
  }

  @Test
  void hashWithoutKey_failsWhenBound() {
    List<ResultColumn> columns = List.of(MaskFixtures.column(25, false));
    for (ColumnTreatment treatment :
        List.of(
            new ColumnTreatment.Apply(new Mask.Hash()),
            new ColumnTreatment.Scan(
                Detectors.all(), new Mask.Hash(), ColumnTreatment.Scope.TEXT_COLUMNS))) {
      assertThrows(
          IllegalArgumentException.class,
          () -> MaskPlan.bind(columns, List.of(treatment), Types.builtIn(), null));
    }
  }

  @Test
  void constant_thatDoesNotFitTheType_isNull() {
    assertEquals("7", text(new Mask.Constant("7"), 23, "12"));
    assertEquals("7", text(new Mask.Constant("7"), 25, "x"));
    assertNull(text(new Mask.Constant("x"), 23, "12"));
    assertNull(text(new Mask.Constant("40000"), 21, "12"));
    assertNull(text(new Mask.Constant("x"), 114, "{}"));
    assertEquals("{\"a\":1}", text(new Mask.Constant("{\"a\":1}"), 114, "[]"));
    assertEquals("f", text(new Mask.Constant("false"), 16, "t"));
    assertEquals("2000-01-01", text(new Mask.Constant("2000-01-01"), 1082, "2024-05-17"));
    assertNull(text(new Mask.Constant("2000-02-30"), 1082, "2024-05-17"));
  }

  @Test
  void maskThatMakesNoSense_isRefused() {
    assertThrows(IllegalArgumentException.class, () -> new Mask.Partial(-1, 0));
    assertThrows(IllegalArgumentException.class, () -> new Mask.Partial(0, 1001));
    assertThrows(IllegalArgumentException.class, () -> new Mask.Partial(0, 1, '"'));
    assertThrows(IllegalArgumentException.class, () -> new Mask.Constant("a\0"));
    assertThrows(IllegalArgumentException.class, () -> MaskKey.of(new byte[15]));
    assertFalse(MaskFixtures.KEY.toString().contains("tests"));
  }
}
