package io.pgguard.corpus;

import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Undoes arithmetic: character codes, and what a line's hint names: offset, scale, xor, radix,
 * dates as numbers.
 */
final class NumberDecodings {
  private static final Pattern NUMBER = Pattern.compile("-?\\d+");
  private static final Pattern LETTERS_AND_DIGITS = Pattern.compile("[0-9a-zA-Z]{5,}");
  private static final Pattern WRITTEN_DATE = Pattern.compile("(\\d\\d)[/.-](\\d\\d)[/.-](\\d{4})");
  private static final Pattern TRANSLATE = Pattern.compile("translate:(\\S+?)>(\\S+)");
  private static final int FEWEST_CODES = 8;
  private static final int LONGEST_NUMBER = 24;

  /** The Julian day of 1970-01-01. */
  private static final long JULIAN_EPOCH = 2_440_588;

  private NumberDecodings() {}

  static List<Decoded> of(String text, String hint) {
    List<Decoded> all = new ArrayList<>();
    List<String> numbers = NUMBER.matcher(text).results().map(m -> m.group()).toList();
    if (numbers.size() >= FEWEST_CODES) {
      all.add(new Decoded("character codes", characters(numbers)));
    }
    if (hint.isEmpty() || hint.equals("raw")) {
      return all;
    }
    Matcher translate = TRANSLATE.matcher(hint);
    if (translate.find()) {
      all.add(new Decoded("translate", translated(text, translate.group(2), translate.group(1))));
    }
    argument("offset", hint).ifPresent(n -> all.add(each("offset", numbers, x -> x.subtract(n))));
    argument("scale", hint).ifPresent(n -> all.add(each("scale", numbers, x -> x.divide(n))));
    argument("xor", hint).ifPresent(n -> all.add(each("xor", numbers, x -> x.xor(n))));
    argument("radix", hint).ifPresent(n -> radix(text, n.intValue(), all));
    dates(numbers, hint, all);
    if (hint.contains("datestyle")) {
      WRITTEN_DATE
          .matcher(text)
          .results()
          .forEach(
              m -> {
                all.add(new Decoded("date", m.group(3) + "-" + m.group(2) + "-" + m.group(1)));
                all.add(new Decoded("date", m.group(3) + "-" + m.group(1) + "-" + m.group(2)));
              });
    }
    return all;
  }

  private static String characters(List<String> numbers) {
    StringBuilder text = new StringBuilder();
    for (String number : numbers) {
      String digits = number.startsWith("-") ? number.substring(1) : number;
      if (digits.length() < 6) {
        int code = Integer.parseInt(digits);
        text.append(code > 31 && code < 127 ? (char) code : '\0');
      }
    }
    return text.toString();
  }

  private static String translated(String text, String from, String to) {
    StringBuilder translated = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      int at = from.indexOf(text.charAt(i));
      translated.append(at >= 0 && at < to.length() ? to.charAt(at) : text.charAt(i));
    }
    return translated.toString();
  }

  private static Optional<BigInteger> argument(String word, String hint) {
    Matcher matcher = Pattern.compile(word + ":(-?\\d+)").matcher(hint);
    return matcher.find()
        ? Optional.of(new BigInteger(matcher.group(1))).filter(n -> n.signum() != 0)
        : Optional.empty();
  }

  private static Decoded each(
      String how, List<String> numbers, Function<BigInteger, BigInteger> undo) {
    StringBuilder text = new StringBuilder();
    for (String number : numbers) {
      if (number.length() < LONGEST_NUMBER) {
        text.append(undo.apply(new BigInteger(number))).append(' ');
      }
    }
    return new Decoded(how, text.toString());
  }

  private static void radix(String text, int radix, List<Decoded> all) {
    LETTERS_AND_DIGITS
        .matcher(text)
        .results()
        .map(m -> m.group())
        .forEach(
            word -> {
              if (word.chars().allMatch(c -> Character.digit(c, radix) >= 0)) {
                all.add(new Decoded("radix", new BigInteger(word, radix).toString()));
              }
            });
  }

  private static void dates(List<String> numbers, String hint, List<Decoded> all) {
    for (String number : numbers) {
      if (number.length() < 18) {
        long value = Long.parseLong(number);
        if (hint.contains("epoch")) {
          date(Math.floorDiv(value, 86_400L), all);
        }
        if (hint.contains("julian")) {
          date(value - JULIAN_EPOCH, all);
        }
        if (hint.contains("dayoffset")) {
          date(LocalDate.of(1900, 1, 1).toEpochDay() + value, all);
        }
      }
    }
  }

  private static void date(long day, List<Decoded> all) {
    try {
      all.add(new Decoded("day number", LocalDate.ofEpochDay(day).toString()));
    } catch (DateTimeException e) {
      all.add(new Decoded("no day", "")); // the number is not a day
    }
  }
}
