package io.pgguard.catalog;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A query whose every row belongs to an owner, such as a relation, and that can be asked for all
 * owners or for some. Where it narrows, its text has the owner's column in braces, as in {@code
 * WHERE {c.oid}}.
 *
 * @param text the text with its markers
 */
record OwnedQuery(String text) {
  private static final Pattern MARKER = Pattern.compile("\\{([a-z]+\\.[a-z_]+)\\}");

  /** The text for all owners. */
  String all() {
    return MARKER.matcher(text).replaceAll("true");
  }

  /** The question for owners of these OIDs. */
  CatalogQuestion of(Collection<Integer> oids, Consumer<CatalogRow> rows) {
    String array = array(oids);
    List<String> values = new ArrayList<>();
    Matcher matcher = MARKER.matcher(text);
    String some =
        matcher.replaceAll(
            found -> {
              values.add(array);
              return found.group(1) + " = ANY ({}::pg_catalog.oid[])";
            });
    return new CatalogQuestion(some, values, rows);
  }

  /** As PostgreSQL writes an array of OIDs, without its quotes. */
  static String array(Collection<Integer> oids) {
    StringBuilder array = new StringBuilder(2 + 7 * oids.size()).append('{');
    for (int oid : oids) {
      if (array.length() > 1) {
        array.append(',');
      }
      array.append(Integer.toUnsignedLong(oid));
    }
    return array.append('}').toString();
  }
}
