package io.pgguard.mask;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Data of COPY FROM STDIN is taken apart as the server does it, wherever it is cut. */
class CopyValuesTest {
  /** Values of the second of three columns, by format; {@code ~} stands for a backslash. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "text!1\t[r]\tx\n2\ta\ty\n![r],a",
        "text!1\t~N\tx\n2\t\ty![]",
        "text!1\ta~tb\tx\r\n2\tc\ty\r\n!a\tb,c",
        "text!1\ta~\nb\tx\n!a\nb",
        "text!1\ta~~\tx\n2\tb\ty\n!a~,b",
        "text!1\ta\tx\n~.\n2\tb\ty\n!a",
        "text!1\ta\n2\tb\ty\n!a",
        "text!1\ta\tx\ty\n2\tb\ty\n!a",
        "csv!1,\"a,\"\"b\"\"\",x\n2,,y\n3,\"\",z\n!a,\"b\",[]",
        "csv!1,\"a\nb\",x\r2,c,y\r!a\nb,c",
        "header!1,a,x\n2,b,y\n!b",
      })
  void values_areThoseOfTheServer(String line) {
    String[] parts = line.split("!", -1);
    String kind = parts[0];
    String expected = parts[2];
    byte[] bytes = parts[1].replace('~', '\\').getBytes(StandardCharsets.UTF_8);
    CopyFormat format =
        switch (kind) {
          case "text" -> CopyFormat.text();
          case "csv" -> CopyFormat.commaSeparated();
          default -> new CopyFormat(true, ',', "", '"', '"', true);
        };
    for (int piece = 1; piece <= bytes.length; piece++) {
      List<String> seen = new ArrayList<>();
      CopyValues values =
          CopyValues.lines(
              format,
              new boolean[] {false, true, false},
              (column, in, length) -> seen.add(text(in, length)));
      for (int at = 0; at < bytes.length; at += piece) {
        values.accept(bytes, at, Math.min(piece, bytes.length - at));
      }
      values.finish();
      assertEquals(expected.replace('~', '\\'), String.join(",", seen), "pieces of " + piece);
    }
  }

  private static String text(byte[] in, int length) {
    String text = new String(in, 0, length, StandardCharsets.UTF_8);
    return text.isEmpty() ? "[]" : text;
  }
}
