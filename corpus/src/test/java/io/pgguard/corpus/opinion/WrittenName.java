package io.pgguard.corpus.opinion;

import io.pgguard.statement.Name;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Reads names as PostgreSQL does (Identifiers and Key Words), without Guard's own lexer. */
final class WrittenName {
  /** NAMEDATALEN less one. */
  private static final int MOST_BYTES = 63;

  private WrittenName() {}

  /** Of the parts as written, the last of which is the name and the one before it the schema. */
  static Name of(List<String> parts) {
    int last = parts.size() - 1;
    return new Name(last > 0 ? folded(parts.get(last - 1)) : null, folded(parts.get(last)));
  }

  /** A part, folded or stripped of its quotes, and cut. */
  static String folded(String part) {
    String text = part.strip();
    boolean quoted = text.length() > 1 && text.startsWith("\"") && text.endsWith("\"");
    return cut(
        quoted ? text.substring(1, text.length() - 1).replace("\"\"", "\"") : lowerCase(text));
  }

  private static String lowerCase(String text) {
    StringBuilder lower = new StringBuilder(text);
    for (int i = 0; i < lower.length(); i++) {
      char c = lower.charAt(i);
      if (c >= 'A' && c <= 'Z') {
        lower.setCharAt(i, (char) (c + 'a' - 'A'));
      }
    }
    return lower.toString();
  }

  private static String cut(String name) {
    CharBuffer kept = CharBuffer.wrap(name);
    StandardCharsets.UTF_8.newEncoder().encode(kept, ByteBuffer.allocate(MOST_BYTES), true);
    return name.substring(0, kept.position());
  }
}
