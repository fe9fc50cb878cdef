package io.pgguard.catalog;

import java.util.Collection;
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

  /** The text for owners of these OIDs. */
  String of(Collection<Integer> oids) {
    String only = Matcher.quoteReplacement(" = ANY ('" + array(oids) + "'::pg_catalog.oid[])");
    return MARKER.matcher(text).replaceAll("$1" + only);
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
