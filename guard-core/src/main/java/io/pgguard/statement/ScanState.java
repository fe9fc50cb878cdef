package io.pgguard.statement;

/** What may come next at one level of parentheses. */
enum ScanState {
  /** A statement that may write: the text's start, a common table expression's body. */
  STATEMENT,
  /** A query, or else an expression. */
  QUERY,
  /** An item of a FROM list that is a parenthesis: a query, or a join. */
  ITEM_OR_QUERY,
  /** Expressions. */
  EXPRESSION,
  /** The list after SELECT, where INTO means SELECT INTO. */
  SELECT_LIST,
  /** An item of a FROM list. */
  ITEM,
  /** What follows such an item: alias, JOIN, ON, comma. */
  AFTER_ITEM,
  /** The relation that INSERT, UPDATE, DELETE or MERGE names. */
  TARGET,
  /** After the target of INSERT: columns, then a query. */
  INSERT_SOURCE,
  /** After the target of DELETE or MERGE: USING makes a FROM list. */
  TARGET_USING,
  /** One relation, in a statement that is no query. */
  ONE_NAME,
  /** A list of relations, in a statement that is no query. */
  NAMES,
  /** Behind such a list's item. */
  AFTER_NAME,
  /** A statement that is no query. */
  UTILITY,
  /** Parentheses in such a statement: a query, or else more of it. */
  UTILITY_OR_QUERY,
  /** Between WITH and the verb behind its list. */
  WITH_LIST;

  /** Whether the words here are of a statement that is no query. */
  boolean isUtility() {
    return switch (this) {
      case UTILITY, UTILITY_OR_QUERY, AFTER_NAME, NAMES, ONE_NAME -> true;
      default -> false;
    };
  }
}
