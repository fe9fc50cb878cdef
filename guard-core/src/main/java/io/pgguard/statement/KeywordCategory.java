package io.pgguard.statement;

/** What an unquoted keyword can name (PostgreSQL documentation, appendix "SQL Key Words"). */
public enum KeywordCategory {
  /** Any name: column, table, type, function, label. */
  UNRESERVED,
  /** A column or table, but no function or type. */
  COLUMN_NAME,
  /** A function or type, but no column or table. */
  TYPE_FUNCTION_NAME,
  /** No name at all, except as a label after {@code AS}. */
  RESERVED
}
