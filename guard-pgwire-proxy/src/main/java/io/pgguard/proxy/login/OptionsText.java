package io.pgguard.proxy.login;

import io.pgguard.wording.ConnectWording;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The startup parameter {@code options}: command-line switches, of which only settings pass
 * (PostgreSQL documentation, "postgres", -c and --name; split as its pg_split_opts does).
 */
final class OptionsText {
  private OptionsText() {}

  static Map<String, String> settings(String text) throws RefusedSettingException {
    Map<String, String> settings = new LinkedHashMap<>();
    List<String> words = words(text);
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i);
      String setting;
      if (word.startsWith("--")) {
        setting = word.substring(2);
      } else if (word.equals("-c") && i + 1 < words.size()) {
        setting = words.get(++i);
      } else if (word.startsWith("-c") && word.length() > 2) {
        setting = word.substring(2);
      } else {
        throw new RefusedSettingException(ConnectWording.OPTION.say(word));
      }
      int equals = setting.indexOf('=');
      if (equals <= 0) {
        throw new RefusedSettingException(ConnectWording.OPTION_WITHOUT_VALUE.say(setting));
      }
      settings.put(setting.substring(0, equals).replace('-', '_'), setting.substring(equals + 1));
    }
    return settings;
  }

  /** Words end at white space; a backslash takes the next character as it is. */
  private static List<String> words(String text) {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    boolean open = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == ' ' || c >= '\t' && c <= '\r') {
        if (open) {
          words.add(word.toString());
          word.setLength(0);
          open = false;
        }
      } else {
        if (c == '\\' && i + 1 < text.length()) {
          c = text.charAt(++i);
        }
        word.append(c);
        open = true;
      }
    }
    if (open) {
      words.add(word.toString());
    }
    return words;
  }
}
