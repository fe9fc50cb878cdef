package io.pgguard.corpus;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CanaryFinderTest {
  private static final String SSN = "900-12-0001";
  private final CanaryFinder finder = new CanaryFinder(new Canaries(List.of(SSN, "1911-01-01")));

  private boolean finds(String text, String hint) {
    return finder.find(text, hint).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "is 900-12-0001.",
        "9/0/0/1/2/0/0/0/1",
        "1000-21-009",
        "900%2D12%2D0001",
        "900&#45;12&#x2d;0001",
        "900\\u002d12\\u002d0001",
        "900\\05512\\0550001",
        "'00-12-0001':2 '9':1",
        "９００-12-0001"
      })
  void transformedLetters_areFound(String text) {
    assertTrue(finds(text, ""), text);
  }

  @Test
  void encodedBytes_areFound() {
    byte[] bytes = SSN.getBytes(StandardCharsets.UTF_8);
    String base64 = Base64.getEncoder().encodeToString(bytes);
    assertTrue(finds("got " + base64, ""));
    assertTrue(finds(base64.substring(0, 8) + "\n" + base64.substring(8), ""));
    assertTrue(finds(new StringBuilder(base64).reverse().toString(), ""));
    assertTrue(finds("\\x" + HexFormat.of().formatHex(bytes), ""));
    assertTrue(finds("a" + HexFormat.ofDelimiter(":").formatHex(bytes), ""));
    assertTrue(finds(bits(bytes), ""));
    assertTrue(
        finds(SSN.chars().mapToObj(Integer::toString).collect(Collectors.joining(", ")), ""));
  }

  private static String bits(byte[] bytes) {
    StringBuilder bits = new StringBuilder();
    for (byte b : bytes) {
      bits.append(Integer.toBinaryString(256 + b).substring(1));
    }
    return bits.toString();
  }

  @Test
  void arithmetic_isUndoneByTheHint() {
    assertTrue(finds("6300840007", "scale:7"));
    assertTrue(finds("900120011", "offset:10"));
    assertTrue(finds("35a6bdc1", "radix:16"));
    assertTrue(finds("-1861920000", "epoch seconds"));
    assertTrue(finds("2419038", "julian day"));
    assertTrue(finds("jaa-bc-aaab", "translate:0123456789->abcdefghij-"));
  }

  @Test
  void digestOfTheSmallKeySpace_isFound() throws NoSuchAlgorithmException {
    assertTrue(finds("md5 " + digest("MD5", SSN), ""));
    assertTrue(finds(digest("SHA-256", "900-12-0077"), ""));
  }

  private static String digest(String algorithm, String value) throws NoSuchAlgorithmException {
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(bytes));
  }

  @Test
  void harmlessText_isNotFound() {
    assertFalse(
        finds(
            "row 19110101 of a long line with digits that is longer than sixty-four characters",
            ""));
    assertFalse(finds("Guard refused this statement", ""));
  }

  @Test
  void separatorsThatAreWhiteSpaceForJavaOnly_doNotBreakDecoding() {
    assertFalse(finds("abcdefgh\u001cabcdefgh\u001fijkl", ""));
  }
}
