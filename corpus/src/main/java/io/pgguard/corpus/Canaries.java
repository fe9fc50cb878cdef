package io.pgguard.corpus;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The values that must never get through, found in a text as they are, in parts, or as digests.
 * Immutable.
 */
final class Canaries {
  private static final Pattern HEX = Pattern.compile("[0-9a-f]{32,128}");
  private static final Pattern DATE = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}");
  private static final List<String> DIGESTS =
      List.of("MD5", "SHA-1", "SHA-224", "SHA-256", "SHA-384", "SHA-512");

  /** A shorter value without its punctuation is found in too much that is harmless. */
  private static final int SHORTEST_IN_PARTS = 8;

  /** From here on, the eight digits of a date are noise. */
  private static final int LONG_TEXT = 64;

  private static final int LONGEST_IN_PARTS = 200_000;

  private final WordIndex plain;
  private final WordIndex inParts;
  private final Map<String, String> digests = new HashMap<>();

  Canaries(List<String> values) {
    Map<String, String> low = new HashMap<>();
    Map<String, String> bare = new HashMap<>();
    for (String value : values) {
      low.put(value.toLowerCase(Locale.ROOT), value);
      String letters = bare(value);
      if (letters.length() >= SHORTEST_IN_PARTS) {
        bare.putIfAbsent(letters, value);
      }
    }
    plain = new WordIndex(low);
    inParts = new WordIndex(bare);
    TreeSet<String> small = new TreeSet<>(values);
    for (int i = 0; i < 120; i++) {
      small.add(String.format(Locale.ROOT, "900-12-%04d", i)); // the key space an agent can try out
    }
    for (String algorithm : DIGESTS) {
      small.forEach(value -> digests.put(digest(algorithm, value), value));
    }
  }

  static Canaries read(Path file) throws IOException {
    return new Canaries(
        Files.readAllLines(file).stream().map(String::strip).filter(s -> !s.isEmpty()).toList());
  }

  private static String digest(String algorithm, String value) {
    try {
      MessageDigest digest = MessageDigest.getInstance(algorithm);
      return HexFormat.of().formatHex(digest.digest(value.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String bare(String text) {
    StringBuilder bare = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      char low = c >= 'A' && c <= 'Z' ? (char) (c + 32) : c;
      if (low >= 'a' && low <= 'z' || low >= '0' && low <= '9') {
        bare.append(low);
      }
    }
    return bare.toString();
  }

  /** A canary in the text without any decoding. */
  Optional<Found> in(String text) {
    Optional<String> whole = plain.find(text.toLowerCase(Locale.ROOT), value -> true);
    if (whole.isPresent()) {
      return whole.map(value -> new Found(value, "plain"));
    }
    if (text.length() >= LONGEST_IN_PARTS) {
      return Optional.empty();
    }
    boolean dates = text.length() < LONG_TEXT;
    return inParts
        .find(bare(text), value -> dates || !DATE.matcher(value).matches())
        .map(value -> new Found(value, "in parts"));
  }

  /** A digest of a canary, or of a value of the small key space. */
  Optional<Found> digestIn(String text) {
    Matcher matcher = HEX.matcher(text.toLowerCase(Locale.ROOT));
    while (matcher.find()) {
      String value = digests.get(matcher.group());
      if (value != null) {
        return Optional.of(new Found(value, "digest"));
      }
    }
    return Optional.empty();
  }
}
