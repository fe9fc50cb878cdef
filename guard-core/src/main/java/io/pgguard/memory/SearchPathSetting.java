package io.pgguard.memory;

import io.pgguard.catalog.SearchPath;
import io.pgguard.statement.Identifiers;
import io.pgguard.statement.Quoted;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the setting {@code search_path} into the schemas that are searched (PostgreSQL
 * documentation, "The Schema Search Path"): the session's temporary schema and pg_catalog come
 * first unless named.
 */
public final class SearchPathSetting {
  /** The comma, and what PostgreSQL's scanner takes for white space. */
  private static final String SEPARATORS = ", \t\n\r\f\u000b";

  private SearchPathSetting() {}

  public static SearchPath resolve(String setting, String role) {
    List<String> named = names(setting);
    List<String> schemas = new ArrayList<>();
    if (!named.contains("pg_catalog")) {
      schemas.add("pg_catalog");
    }
    for (String name : named) {
      schemas.add(name.equals("$user") ? role : name);
    }
    return new SearchPath(schemas);
  }

  /** The setting that names these schemas. */
  public static String quoted(List<String> schemas) {
    StringBuilder text = new StringBuilder();
    for (String schema : schemas) {
      text.append(Quoted.name(schema)).append(',');
    }
    return text.toString();
  }

  /**
   * The identifiers of a comma-separated list, unquoted ones folded and all cut as PostgreSQL does
   * it.
   */
  static List<String> names(String setting) {
    List<String> names = new ArrayList<>();
    int i = 0;
    while (i < setting.length()) {
      char c = setting.charAt(i);
      if (SEPARATORS.indexOf(c) >= 0) {
        i++;
      } else if (c == '"') {
        StringBuilder name = new StringBuilder();
        i = quoted(setting, i + 1, name);
        if (!name.isEmpty()) {
          names.add(Identifiers.cut(name.toString()));
        }
      } else {
        int end = i;
        while (end < setting.length() && SEPARATORS.indexOf(setting.charAt(end)) < 0) {
          end++;
        }
        names.add(Identifiers.cut(folded(setting.substring(i, end))));
        i = end;
      }
    }
    return names;
  }

  /** ASCII letters only, as in UTF8 databases (PostgreSQL source, downcase_identifier). */
  private static String folded(String name) {
    StringBuilder folded = new StringBuilder(name.length());
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      folded.append(c >= 'A' && c <= 'Z' ? (char) (c + ('a' - 'A')) : c);
    }
    return folded.toString();
  }

  private static int quoted(String setting, int from, StringBuilder name) {
    int i = from;
    while (i < setting.length()) {
      char c = setting.charAt(i++);
      if (c != '"') {
        name.append(c);
      } else if (i < setting.length() && setting.charAt(i) == '"') {
        name.append('"');
        i++;
      } else {
        return i;
      }
    }
    return i;
  }
}
