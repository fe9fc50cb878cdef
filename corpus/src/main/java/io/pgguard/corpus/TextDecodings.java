package io.pgguard.corpus;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Undoes transformations of letters: order, escapes, rotation, entities. */
final class TextDecodings {
  private static final Pattern PERCENT = Pattern.compile("%([0-9a-fA-F]{2})");
  private static final Pattern UNICODE = Pattern.compile("\\\\{1,2}u([0-9a-fA-F]{4})");
  private static final Pattern OCTAL = Pattern.compile("\\\\{1,2}([0-7]{3})");
  private static final Pattern DECIMAL_ENTITY = Pattern.compile("&#([0-9]{1,6});");
  private static final Pattern HEX_ENTITY = Pattern.compile("&#[xX]([0-9a-fA-F]{1,5});");
  private static final Pattern LEXEME = Pattern.compile("'([^']*)':(\\d{1,6})");

  private TextDecodings() {}

  static List<Decoded> of(String text) {
    List<Decoded> all = new ArrayList<>();
    all.add(new Decoded("reversed", new StringBuilder(text).reverse().toString()));
    if (text.indexOf('%') >= 0) {
      all.add(new Decoded("url", codes(PERCENT, text, 16)));
    }
    if (text.indexOf('&') >= 0) {
      all.add(new Decoded("entities", entities(text)));
    }
    if (text.indexOf('\\') >= 0) {
      all.add(new Decoded("unicode escapes", codes(UNICODE, text, 16)));
      all.add(new Decoded("octal escapes", codes(OCTAL, text, 8)));
    }
    all.add(new Decoded("compatibility forms", Normalizer.normalize(text, Normalizer.Form.NFKC)));
    all.add(new Decoded("rot13", rotated(text)));
    if (text.contains("':")) {
      all.add(new Decoded("lexemes", lexemes(text)));
    }
    return all;
  }

  private static String codes(Pattern pattern, String text, int radix) {
    return pattern
        .matcher(text)
        .replaceAll(
            m ->
                java.util.regex.Matcher.quoteReplacement(
                    Character.toString(Integer.parseInt(m.group(1), radix))));
  }

  private static String entities(String text) {
    String plain =
        text.replace("&lt;", "<")
            .replace("&gt;", ">")
            .replace("&quot;", "\"")
            .replace("&apos;", "'");
    return codes(HEX_ENTITY, codes(DECIMAL_ENTITY, plain, 10), 16).replace("&amp;", "&");
  }

  private static String rotated(String text) {
    StringBuilder rotated = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= 'a' && c <= 'z') {
        rotated.append((char) ('a' + (c - 'a' + 13) % 26));
      } else if (c >= 'A' && c <= 'Z') {
        rotated.append((char) ('A' + (c - 'A' + 13) % 26));
      } else {
        rotated.append(c);
      }
    }
    return rotated.toString();
  }

  private static String lexemes(String text) {
    return LEXEME
        .matcher(text)
        .results()
        .sorted(Comparator.comparingInt((MatchResult m) -> Integer.parseInt(m.group(2))))
        .map(m -> m.group(1))
        .collect(Collectors.joining());
  }
}
