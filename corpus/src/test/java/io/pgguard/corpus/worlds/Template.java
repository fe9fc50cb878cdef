package io.pgguard.corpus.worlds;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A text with places to fill, each in braces.
 *
 * @param words what stands before, between and behind the places; one more than places
 */
record Template(List<String> words, List<String> places) {
  /** A literal's own braces hold quotes, commas or nothing; a place never does. */
  private static final Pattern PLACE = Pattern.compile("\\{([@#\\w:][\\w: \\[\\]#-]*)}");

  Template {
    words = List.copyOf(words);
    places = List.copyOf(places);
  }

  static Template of(String text) {
    List<String> words = new ArrayList<>();
    List<String> places = new ArrayList<>();
    Matcher matcher = PLACE.matcher(text);
    int at = 0;
    while (matcher.find()) {
      words.add(text.substring(at, matcher.start()));
      places.add(matcher.group(1));
      at = matcher.end();
    }
    words.add(text.substring(at));
    return new Template(words, places);
  }
}
