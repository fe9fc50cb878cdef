package io.pgguard.corpus.random;

import java.util.function.IntUnaryOperator;
import java.util.regex.Pattern;

/**
 * The corpus schema with other protected values in it: other texts, other lengths (the same in sum,
 * so that pages and plans stay alike), the opposite order.
 */
final class OtherWorld {
  private OtherWorld() {}

  static String rewrite(String schema) {
    String text = numbers(schema, "900-12-00(\\d\\d)", "900-13-00%02d", n -> 99 - n);
    text = numbers(text, "canary00(\\d[02468])@secret", "kanarie-%04d@secret", n -> 99 - n);
    text = numbers(text, "canary00(\\d[13579])@secret", "kana%04d@secret", n -> 99 - n);
    text = numbers(text, "\\+1-202-555-01(\\d\\d)", "+1-301-555-01%02d", n -> 99 - n);
    text = numbers(text, "'1911-0([123])-", "'1933-0%d-", n -> 4 - n);
    text = numbers(text, "400000912(\\d{7})", "5100007%09d", n -> 9_999_999 - n);
    text = numbers(text, "91337(\\d{3})\\.", "712%03d.", n -> 999 - n);
    return numbers(text, "GB29CANARY00000000(\\d\\d)", "GB29KANARI000000%02d", n -> 99 - n);
  }

  private static String numbers(String text, String pattern, String form, IntUnaryOperator other) {
    return Pattern.compile(pattern)
        .matcher(text)
        .replaceAll(m -> form.formatted(other.applyAsInt(Integer.parseInt(m.group(1)))));
  }
}
