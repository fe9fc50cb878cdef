package io.pgguard.policy;

import java.util.ArrayList;
import java.util.List;

/**
 * Takes the text of a pattern apart: {@code {a,b}} into its alternatives, and each of them at the
 * dots into names. Braces, commas, dots and stars inside double quotes are only characters.
 */
final class PatternText {
  /** Enough for any list a person writes; keeps {@code {a,b}{a,b}{a,b}...} from exploding. */
  private static final int MOST_ALTERNATIVES = 1_000;

  private PatternText() {}

  /**
   * Reads a pattern of so many names.
   *
   * @param example a right pattern, for the error
   * @throws IllegalArgumentException when it is none; the message says what to write
   */
  static List<List<Glob>> read(String text, int names, String example) {
    List<List<Glob>> alternatives = new ArrayList<>();
    for (String one : expand(text)) {
      List<Glob> parts = new ArrayList<>();
      for (String part : split(one, '.')) {
        parts.add(name(part, text));
      }
      if (parts.size() != names) {
        throw new IllegalArgumentException(
            "pattern `"
                + text
                + "` must have "
                + names
                + " names with dots between, such as `"
                + example
                + "`");
      }
      alternatives.add(List.copyOf(parts));
    }
    return List.copyOf(alternatives);
  }

  private static Glob name(String part, String text) {
    if (part.length() > 2 && part.charAt(0) == '"' && part.endsWith("\"")) {
      return Glob.quoted(part.substring(1, part.length() - 1).replace("\"\"", "\""));
    }
    if (part.isEmpty()) {
      throw new IllegalArgumentException(
          "pattern `" + text + "` has an empty name; write `*` for any");
    }
    for (int i = 0; i < part.length(); i++) {
      char c = part.charAt(i);
      if (c == '"' || c == '\'' || Character.isWhitespace(c) || "(){}[]?,;".indexOf(c) >= 0) {
        throw new IllegalArgumentException(
            "pattern `" + text + "` has `" + c + "` in a name; put such a name in double quotes");
      }
    }
    return Glob.unquoted(part);
  }

  /** All texts that the braces of a pattern stand for. */
  static List<String> expand(String text) {
    List<String> open = new ArrayList<>(List.of(text));
    List<String> done = new ArrayList<>();
    while (!open.isEmpty()) {
      String one = open.remove(open.size() - 1);
      int brace = find(one, 0, '{');
      if (brace < 0) {
        if (find(one, 0, '}') >= 0) {
          throw new IllegalArgumentException(
              "pattern `" + text + "` closes a brace it never opened");
        }
        done.add(0, one);
      } else {
        int end = find(one, brace + 1, '}');
        int nested = find(one, brace + 1, '{');
        if (end < 0 || (nested >= 0 && nested < end)) {
          throw new IllegalArgumentException(
              "pattern `" + text + "` needs one `}` for each `{`, and no braces within braces");
        }
        for (String alternative : split(one.substring(brace + 1, end), ',')) {
          open.add(one.substring(0, brace) + alternative.strip() + one.substring(end + 1));
        }
      }
      if (open.size() + done.size() > MOST_ALTERNATIVES) {
        throw new IllegalArgumentException(
            "pattern `" + text + "` stands for more than " + MOST_ALTERNATIVES + " alternatives");
      }
    }
    return done;
  }

  /** Cuts at a character that stands outside double quotes and parentheses. */
  static List<String> split(String text, char at) {
    List<String> parts = new ArrayList<>();
    int start = 0;
    int depth = 0;
    boolean quoted = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"') {
        quoted = !quoted;
      } else if (!quoted && c == '(') {
        depth++;
      } else if (!quoted && c == ')') {
        depth--;
      } else if (!quoted && depth == 0 && c == at) {
        parts.add(text.substring(start, i));
        start = i + 1;
      }
    }
    parts.add(text.substring(start));
    return parts;
  }

  /** Where a character first stands outside double quotes, or -1. */
  static int find(String text, int from, char wanted) {
    boolean quoted = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"') {
        quoted = !quoted;
      } else if (!quoted && i >= from && c == wanted) {
        return i;
      }
    }
    return -1;
  }
}
