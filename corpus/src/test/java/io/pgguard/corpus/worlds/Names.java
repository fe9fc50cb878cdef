package io.pgguard.corpus.worlds;

import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The functions and operators that a made text calls, by the names that it writes. */
final class Names {
  private static final Pattern CALL =
      Pattern.compile("((?:pg_catalog|w)\\.\"?\\w+\"?)\\(|(?<= )([-+*/<>=~!@#%^&|?]+)(?= )");

  private Names() {}

  static Set<String> called(String text) {
    Set<String> names = new HashSet<>();
    Matcher matcher = CALL.matcher(text);
    while (matcher.find()) {
      names.add(matcher.group(1) == null ? matcher.group(2) : matcher.group(1));
    }
    return names;
  }
}
