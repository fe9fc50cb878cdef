package io.pgguard.catalog;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The names of settings that stored code reads: constants that {@code current_setting} is given, as
 * a stored tree holds them. Stateless.
 */
final class SettingNames {
  private SettingNames() {}

  /** What a value of variable length begins with (varatt.h): its length. */
  private static final int HEADER = 4;

  /**
   * One row for each call in the stored trees: of which relation, what part it is, its number, and
   * the bytes of the first argument where that is a constant. Both forms of current_setting have
   * had their OIDs since they came (pg_proc.dat).
   */
  static final String OF_TREES =
      """
      SELECT DISTINCT t.relation, t.part, t.number, m.found[1]
        FROM trees t
       CROSS JOIN LATERAL pg_catalog.regexp_matches(t.tree,
               ':funcid (?:2077|3294) [^}{]*[{]CONST [^}{]*:constvalue [0-9]+ \\[ ([-0-9 ]+)\\]'
               || '|:funcid (?:2077|3294) ', 'g') AS m(found)
       WHERE (t.tree LIKE '%:funcid 2077 %' OR t.tree LIKE '%:funcid 3294 %')
         AND t.relation NOT IN (TABLE away)
      """;

  /** The name that bytes stand for, in lower case; {@link Refers#ANY} where there are none. */
  static String of(@Nullable String bytes) {
    if (bytes == null) {
      return Refers.ANY;
    }
    String[] numbers = bytes.strip().split(" ");
    byte[] name = new byte[Math.max(0, numbers.length - HEADER)];
    for (int i = 0; i < name.length; i++) {
      name[i] = (byte) Integer.parseInt(numbers[i + HEADER]);
    }
    return new String(name, StandardCharsets.UTF_8).toLowerCase(Locale.ROOT);
  }
}
