package io.pgguard.statement;

/**
 * Names and texts as SQL writes them in quotes (PostgreSQL documentation, "Lexical Structure"), so
 * that they read the same whatever the settings say. Stateless and thread-safe.
 */
public final class Quoted {
  private Quoted() {}

  /** A name that stands exactly for what it is given. */
  public static String name(String name) {
    return "\"" + name.replace("\"", "\"\"") + "\"";
  }

  /** A string constant that reads the same whatever standard_conforming_strings says. */
  public static String text(String text) {
    String doubled = text.replace("'", "''");
    return text.indexOf('\\') < 0
        ? "'" + doubled + "'"
        : " E'" + doubled.replace("\\", "\\\\") + "'";
  }
}
