package io.pgguard.mask;

import static io.pgguard.mask.MaskFixtures.apply;
import static io.pgguard.mask.MaskFixtures.utf8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Values that are put together are masked part by part, or not shown at all. */
class PartBindingTest {
  private static final int INT4 = 23;
  private static final int TEXT = 25;
  private static final int JSON = 114;
  private static final int JSONB = 3802;
  private static final int RECORD = 2249;
  private static final int RECORDS = 2287;

  private static final Part OPEN = new Part.Leaf(new ColumnTreatment.Pass(), INT4);
  private static final Part TAIL = masked(new Mask.Partial(0, 2), TEXT);
  private static final Part ROW =
      new Part.Row(List.of(new Part.Member("id", OPEN), new Part.Member("s\"", TAIL)));

  private static Part masked(Mask mask, int type) {
    return new Part.Leaf(new ColumnTreatment.Apply(mask), type);
  }

  private static byte @Nullable [] through(Part part, int type, boolean binary, byte[] value) {
    return apply(new ColumnTreatment.Parts(part, new ColumnTreatment.Pass()), type, binary, value);
  }

  private static String text(Part part, int type, String value) {
    byte[] seen = Objects.requireNonNull(through(part, type, false, utf8(value)));
    return new String(seen, StandardCharsets.UTF_8);
  }

  private static String json(Part part, String document) {
    return text(new Part.Json(part, JSON), JSON, document);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      textBlock =
          """
          {"id":1,"s\\"":"abcd"}       ~ {"id":1,"s\\"":"**cd"}
          {"s\\"" : null, "id" : {"x":[1,"}"]}} ~ {"s\\"" : null, "id" : {"x":[1,"}"]}}
          { "s\\u0022":"a\\u00e9\\n\\"" } ~ { "s\\u0022":"**\\u000a\\"" }
          {}                         ~ {}
          null                       ~ null
          {"id":1,"other":"abcd"}    ~ "[redacted]"
          [1]                        ~ "[redacted]"
          "abcd"                     ~ "[redacted]"
          {"id":1} {"id":2}          ~ "[redacted]"
          """)
  void document_ofARow(String document, String expected) {
    assertEquals(expected, json(ROW, document));
  }

  @Test
  void document_ofOtherParts() {
    assertEquals(
        "[\"**cd\", null, \"**gh\"]", json(new Part.Each(TAIL), "[\"abcd\", null, \"efgh\"]"));
    assertEquals("[1,\"**cd\"]", json(new Part.Items(List.of(OPEN, TAIL)), "[1,\"abcd\"]"));
    assertEquals("\"[redacted]\"", json(new Part.Items(List.of(OPEN)), "[1,\"abcd\"]"));
    assertEquals("{\"k\":\"**cd\"}", json(new Part.Entries(TAIL), "{\"k\":\"abcd\"}"));
    Part twice = new Part.Row(List.of(new Part.Member("a", OPEN), new Part.Member("a", TAIL)));
    assertEquals("\"[redacted]\"", json(twice, "{\"a\":1,\"a\":\"abcd\"}"));
  }

  @Test
  void leafOfADocument_isMaskedAsItsColumn() {
    Mask redact = new Mask.Redact();
    assertEquals("[null]", json(new Part.Each(masked(redact, INT4)), "[4711]"));
    assertEquals("[11]", json(new Part.Each(masked(new Mask.Partial(0, 2), INT4)), "[4711]"));
    assertEquals("[7]", json(new Part.Each(masked(new Mask.Constant("7"), INT4)), "[4711]"));
    assertEquals("[\"[redacted]\"]", json(new Part.Each(masked(redact, TEXT)), "[\"a\"]"));
    assertEquals("[true]", json(new Part.Each(masked(new Mask.Constant("t"), 16)), "[false]"));
    assertEquals(
        "[\"1990-01-01\"]",
        json(new Part.Each(masked(new Mask.Partial(4, 0), 1082)), "[\"1990-05-06\"]"));
    assertEquals("[null]", json(new Part.Each(masked(new Mask.Null(), TEXT)), "[\"a\"]"));
  }

  @Test
  void leafThatMayBeTheWordNull_isOneConstant() {
    Part part = new Part.Each(masked(new Mask.Redact(), JSONB));
    assertEquals("[\"[redacted]\", \"[redacted]\"]", json(part, "[null, {\"a\": 1}]"));
    Part withheld = new Part.Each(new Part.Leaf(new ColumnTreatment.Withhold(), TEXT));
    assertEquals("[\"[redacted]\", \"[redacted]\"]", json(withheld, "[null, \"x\"]"));
  }

  @Test
  void binaryJsonb_keepsItsVersion() {
    assertArrayEquals(
        utf8("\u0001{\"id\": 1, \"s\\\"\": \"**cd\"}"),
        through(
            new Part.Json(ROW, JSONB),
            JSONB,
            true,
            utf8("\u0001{\"id\": 1, \"s\\\"\": \"abcd\"}")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      textBlock =
          """
          (1,abcd)         ~ (1,**cd)
          (,)              ~ (,)
          (1,"a ""\\\\")    ~ (1,"**""\\\\")
          (1,"a,)")        ~ (1,"*,)")
          """)
  void rowInText(String row, String expected) {
    assertEquals(expected, text(ROW, RECORD, row));
  }

  @Test
  void rowOfAnotherWidth_becomesNull() {
    assertNull(through(ROW, RECORD, false, utf8("(1,abcd,x)")));
    assertNull(through(ROW, RECORD, false, utf8("(1)")));
    assertNull(through(ROW, RECORD, true, record(1, utf8("abcd"), 1)));
  }

  @Test
  void arrayOfRows_isMaskedRowByRow() {
    assertEquals("{\"(1,**cd)\",NULL}", text(new Part.Each(ROW), RECORDS, "{\"(1,abcd)\",NULL}"));
  }

  @Test
  void rowInBinary_isMaskedByTheTypesThatItNames() {
    assertArrayEquals(
        record(2, utf8("**cd"), 2), through(ROW, RECORD, true, record(2, utf8("abcd"), 2)));
  }

  @Test
  void partsOfAnotherType_areWithheld() {
    assertEquals("[redacted]", text(ROW, TEXT, "(1,abcd)"));
    assertEquals("\"[redacted]\"", text(ROW, JSON, "{\"id\":1}"));
  }

  /** A row of an integer and a text, as record_send writes it. */
  private static byte[] record(int count, byte[] text, int fields) {
    ByteSink out = new ByteSink(64);
    out.appendInt(count);
    out.appendInt(INT4);
    out.appendInt(4);
    out.appendInt(7);
    if (fields > 1) {
      out.appendInt(TEXT);
      out.appendInt(text.length);
      out.append(text);
    }
    return out.toBytes();
  }
}
