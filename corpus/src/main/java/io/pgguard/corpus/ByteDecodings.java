package io.pgguard.corpus;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.function.IntPredicate;

/** Undoes encodings of bytes: base64, hexadecimal digits, bits. */
final class ByteDecodings {
  private static final int SHORTEST_BASE64 = 8;
  private static final int SHORTEST_HEX = 8;
  private static final int SHORTEST_BITS = 64;

  private ByteDecodings() {}

  static List<Decoded> of(String text) {
    List<Decoded> all = new ArrayList<>();
    for (String run : runs(text, ByteDecodings::base64, SHORTEST_BASE64)) {
      base64(run, all);
    }
    for (String run : runs(text, c -> base64(c) || Character.isWhitespace(c), SHORTEST_BASE64)) {
      base64(run, all);
    }
    for (String run :
        runs(
            text,
            c -> hex(c) || Character.isWhitespace(c) || ":,-".indexOf(c) >= 0,
            2 * SHORTEST_HEX)) {
      hex(run, all);
    }
    if (text.indexOf("\\x") != text.lastIndexOf("\\x")) {
      hex(text.replace("\\x", "").replaceAll("[^0-9a-fA-F]", ""), all);
    }
    for (String run : runs(text, c -> c == '0' || c == '1', SHORTEST_BITS)) {
      all.add(new Decoded("bits", bits(run)));
    }
    return all;
  }

  private static boolean base64(int c) {
    return c >= 'A' && c <= 'Z'
        || c >= 'a' && c <= 'z'
        || c >= '0' && c <= '9'
        || "+/-_=".indexOf(c) >= 0;
  }

  private static boolean hex(int c) {
    return Character.digit(c, 16) >= 0 && c < 128;
  }

  private static List<String> runs(String text, IntPredicate member, int shortest) {
    List<String> runs = new ArrayList<>();
    int from = 0;
    for (int at = 0; at <= text.length(); at++) {
      if (at == text.length() || !member.test(text.charAt(at))) {
        if (at - from >= shortest) {
          runs.add(text.substring(from, at));
        }
        from = at + 1;
      }
    }
    return runs;
  }

  private static void base64(String run, List<Decoded> all) {
    StringBuilder digits = new StringBuilder(run.length());
    for (int i = 0; i < run.length(); i++) {
      char c = run.charAt(i);
      if (c != '=' && !Character.isWhitespace(c)) {
        digits.append(c == '-' ? '+' : c == '_' ? '/' : c);
      }
    }
    if (digits.length() % 4 == 1) {
      digits.setLength(digits.length() - 1); // one digit alone is no byte
    }
    if (digits.length() >= SHORTEST_BASE64) {
      all.add(new Decoded("base64", text(Base64.getDecoder().decode(digits.toString()))));
    }
  }

  /** Both ways to pair the digits, as what stands before the value may end in a digit. */
  private static void hex(String run, List<Decoded> all) {
    StringBuilder digits = new StringBuilder(run.length());
    run.chars().filter(ByteDecodings::hex).forEach(c -> digits.append((char) c));
    for (int from = 0; from < 2; from++) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      for (int at = from; at + 1 < digits.length(); at += 2) {
        bytes.write(
            Character.digit(digits.charAt(at), 16) * 16
                + Character.digit(digits.charAt(at + 1), 16));
      }
      if (bytes.size() >= SHORTEST_HEX) {
        all.add(new Decoded("hex", text(bytes.toByteArray())));
      }
    }
  }

  private static String bits(String run) {
    StringBuilder text = new StringBuilder();
    for (int at = 0; at + 8 <= run.length(); at += 8) {
      text.append((char) Integer.parseInt(run.substring(at, at + 8), 2));
    }
    return text.toString();
  }

  /** Bytes as UTF-8, or each byte as a character where they are not. */
  static String text(byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException notUtf8) {
      return new String(bytes, StandardCharsets.ISO_8859_1);
    }
  }
}
