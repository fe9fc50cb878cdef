package io.pgguard.mask;

import static io.pgguard.mask.MaskFixtures.scan;
import static io.pgguard.mask.MaskFixtures.utf8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What detectors find; # marks the bounds of a find. */
class DetectorTest {
  private static final int TEXT = 25;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "pan #4000009120000016#",
        "pan_id#4000009120000016# x",
        "card#4000-0091-2000-0016#.",
        "#4000 0091 2000 0016#, 12",
        "12 #378282246310005#",
        "#3782 822463 10005#",
        "#6011111111111117#|#5555555555554444#",
        "ssn=#900-12-0001#",
        "(#900-12-0001#)",
        "x#900-12-0001#y",
        "to #canary0001@secret.example#, now",
        "<#a.b+c@x.co.uk#>.",
        "#jürgen@müller.example#",
        "iban #GB29NWBK60161331926819#",
        "#DE89 3704 0044 0532 0130 00#",
        "#GB29ABCDEF0000000001#",
        "tel #+1-202-555-0101#",
        "#+442079460958#.",
        "#+44 20 7946 0958#",
        "#(202) 555-0101#",
        "#202-555-0101# #202.555.0101#",
        "Bearer #eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9P#",
        "k: #-----BEGIN RSA PRIVATE KEY-----\nMIIEow==\n-----END RSA PRIVATE KEY-----# end",
        "#-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNz\nb3BlbnNz",
      })
  void find_isReplacedAndTheRestStays(String marked) {
    String[] parts =
        (marked + (marked.chars().filter(c -> c == '#').count() % 2 == 1 ? "#" : ""))
            .split("#", -1);
    StringBuilder expected = new StringBuilder();
    for (int i = 0; i < parts.length; i++) {
      expected.append(i % 2 == 0 ? parts[i] : "[redacted]");
    }
    assertEquals(expected.toString(), scan(TEXT, marked.replace("#", "")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "4000009120000017",
        "14000009120000016",
        "0.4000009120000016",
        "0x4000009120000016ab",
        "0x4000009120000016",
        "9781234567897 4006381333931",
        "900120001",
        "12-900-12-0001",
        "1900-12-0001",
        "900-12-00012",
        "000-12-3456",
        "pkg@1.2.3",
        "@app.route",
        "user@10.0.0.1",
        "550e8400-e29b-41d4-a716-446655440000",
        "2024-05-17 12:34:56.789+02",
        "123-456-7890",
        "+12345678",
        "1.5e+20",
        "NO20250101123456",
        "-----BEGIN CERTIFICATE-----",
        "eyJhbGciOi",
      })
  void ordinaryText_isUntouched(String text) {
    assertEquals(text, scan(TEXT, text));
  }

  @Test
  void json_staysJsonAndHidesNoFindBehindEscapes() {
    assertEquals(
        "{\"a\": \"[redacted]\", \"b\": [1, \"[redacted]\"]}",
        scan(3802, "{\"a\": \"900-12-0001\", \"b\": [1, 4000009120000016]}"));
    assertEquals("\"[redacted]\"", scan(114, "\"canary0001\\u0040secret.example\""));
    assertEquals("\"\\u000a[redacted]\\\"\"", scan(114, "\"\\n900-12-0001\\\"\""));
    assertEquals("{\"[redacted]\":1}", scan(114, "{\"a@b.example\":1}"));
  }

  @Test
  void array_isSearchedByElement() {
    assertEquals("{x,\"[redacted]\",NULL}", scan(1009, "{x,900-12-0001,NULL}"));
    assertEquals("{\"a b\"}", scan(1009, "{\"a b\"}"));
  }

  @Test
  void scope_decidesOnTypesThatAreNoText() {
    assertEquals("4000009120000016", scan(20, "4000009120000016"));
    ColumnTreatment all =
        new ColumnTreatment.Scan(
            Detectors.all(), new Mask.Redact(), ColumnTreatment.Scope.EVERYTHING);
    assertNull(MaskFixtures.apply(all, 20, false, MaskFixtures.utf8("4000009120000016")));
    ByteSink binary = new ByteSink(8);
    binary.appendLong(4000009120000016L);
    assertNull(MaskFixtures.apply(all, 20, true, binary.toBytes()));
    byte[] row = MaskFixtures.apply(all, 2249, false, MaskFixtures.utf8("(1,\"a@b.example\")"));
    assertEquals(
        "(1,\"[redacted]\")", new String(Objects.requireNonNull(row), StandardCharsets.UTF_8));
  }

  @Test
  void textInOtherTypes_isSearchedToo() {
    assertEquals("(1,\"[redacted]\")", scan(2249, "(1,\"a@b.example\")"));
    assertEquals("{\"(1,[redacted])\"}", scan(2287, "{\"(1,900-12-0001)\"}"));
    assertEquals("\"k\"=>\"[redacted]\"", scan(99999, "\"k\"=>\"900-12-0001\""));
  }

  @Test
  void binaryComposite_isSearchedFieldByField() {
    ByteSink value = new ByteSink(64);
    value.appendInt(3);
    field(value, 23, new byte[] {0, 0, 0, 7});
    field(value, 25, utf8("x 900-12-0001"));
    value.appendInt(25);
    value.appendInt(-1);
    ByteSink expected = new ByteSink(64);
    expected.appendInt(3);
    field(expected, 23, new byte[] {0, 0, 0, 7});
    field(expected, 25, utf8("x [redacted]"));
    expected.appendInt(25);
    expected.appendInt(-1);
    assertArrayEquals(expected.toBytes(), binary(2249, value.toBytes()));
    assertArrayEquals(expected.toBytes(), binary(ResultColumn.UNKNOWN_TYPE, value.toBytes()));
  }

  private static void field(ByteSink value, int typeOid, byte[] bytes) {
    value.appendInt(typeOid);
    value.appendInt(bytes.length);
    value.append(bytes);
  }

  private static byte @Nullable [] binary(int typeOid, byte[] value) {
    return MaskFixtures.apply(new ColumnTreatment.Scan(Detectors.all()), typeOid, true, value);
  }

  @Test
  void binaryFormThatNobodyKnows_isNullWhereSomethingIsFound() {
    ByteSink value = new ByteSink(64);
    value.appendInt(1);
    value.appendInt(52); // its last byte reads as the digit 4
    value.append(utf8("900-12-0001 and so on until the text has fifty-two b"));
    assertNull(binary(99999, value.toBytes()));
    byte[] harmless = {0, 0, 0, 1, 'a', 'b'};
    assertSame(harmless, binary(99999, harmless));
  }

  @Test
  void binaryValueOfAnUnknownType_isSearchedAsWhatItCouldBe() {
    assertArrayEquals(utf8("x [redacted]"), binary(0, utf8("x 900-12-0001")));
    assertArrayEquals(
        utf8("{\"a\": \"[redacted]\"}"), binary(0, utf8("{\"a\": 4000009120000016}")));
    assertArrayEquals(
        utf8("\u0001{\"a\": \"[redacted]\"}"), binary(0, utf8("\u0001{\"a\": \"900-12-0001\"}")));
    assertArrayEquals(
        utf8("\"[redacted]\""), binary(0, utf8("\"canary0001\\u0040secret.example\"")));
    ByteSink array = new ByteSink(64);
    for (int part : new int[] {1, 0, 25, 1, 1, 11}) {
      array.appendInt(part);
    }
    array.append(utf8("900-12-0001"));
    byte[] masked = Objects.requireNonNull(binary(0, array.toBytes()));
    assertEquals(24 + "[redacted]".length(), masked.length);
    byte[] number = {0, 0, 0, 5};
    assertSame(number, binary(0, number));
  }

  @Test
  void canaries_areFoundWhereTheirFormIsTelling() throws Exception {
    Path file = Path.of(System.getProperty("guard.shared", ""), "corpus/redteam/canaries.txt");
    Assumptions.assumeTrue(Files.exists(file), "no shared corpus here");
    List<String> lines = Files.readAllLines(file);
    int found = 0;
    for (String line : lines) {
      boolean telling =
          line.matches("\\d{3}-\\d\\d-\\d{4}|.+@.+|\\+.+|4\\d{15}|[A-Z]{2}\\d\\d[A-Z]+\\d+");
      if (telling) {
        found++;
        assertEquals("[redacted]", scan(TEXT, line), line);
      }
    }
    assertTrue(found > 100, found + " canaries");
  }
}
