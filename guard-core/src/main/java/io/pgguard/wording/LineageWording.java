package io.pgguard.wording;

/**
 * Why columns of a text cannot be followed, what in it depends on them, and where they would be
 * carried.
 */
public enum LineageWording implements PartWording {
  // why they cannot be followed
  TOO_LARGE("the statement is too large to follow"),
  MANY_COLUMNS("a list of more than {most} columns"),
  STATEMENT("a statement that is not followed"),
  EXPRESSION("an expression that is not followed: {kind}"),
  FROM_ITEM("an item of FROM that is not followed"),
  SAMPLING("a sampling method that is not known: {method}"),
  INSERT_TOO_WIDE("INSERT has more expressions than target columns"),
  AMBIGUOUS_COLUMN("column reference \"{column}\" is ambiguous"),
  AMBIGUOUS_TABLE("table reference \"{table}\" is ambiguous"),
  COLUMNS_UNKNOWN("the columns of \"{name}\" are not known"),
  COLUMN_UNKNOWN("column \"{column}\" is not known"),
  COLUMN_OF_UNKNOWN("column \"{column}\" of {relation} is not known"),
  USING_UNKNOWN("column \"{column}\" of USING is not known on both sides"),
  WITH_TWICE("WITH names \"{name}\" twice"),
  REFERS_TO_ITSELF("\"{name}\" refers to itself"),
  NOT_SETTLED("\"{name}\" does not settle"),
  RECURSIVE_VIEW("a recursive view"),
  INTO_THERE("INTO where it is not allowed"),
  MANY_NAMES("more column names than columns"),
  PREPARED_UNKNOWN("what \"{name}\" was prepared as is not known"),
  CURSOR_UNKNOWN("what the cursor was declared for is not known"),
  COPY_SERVER_FILE("COPY with a file or program of the server"),
  COPY_NOTHING("COPY of nothing"),
  POSITION_OUTSIDE("position {position} is not in the select list"),
  POSITION_UNREAD("a position that is not read: {position}"),
  FIELDS_UNKNOWN("the fields of a row are not known"),
  OTHER_DATABASE("a name of another database: {name}"),
  NOT_IN_FROM("nothing in FROM is named \"{name}\""),
  NO_RELATION("no relation \"{name}\" is known"),
  CANNOT_BE_READ("\"{name}\" cannot be read"),
  TEMPORARY_HIDES("a temporary relation that hides a permanent one: {name}"),
  TEMPORARY("a temporary relation: {name}"),
  SIZE("a size, where the catalog of relations is not known"),
  OPERATION_WIDTH("the parts of a set operation differ in width"),
  HAS_RULES("{relation} has rewrite rules"),
  SET_WIDTH("SET assigns a row of another width"),
  CHANGED_BY_TRANSACTION("the open transaction may have changed what it names"),
  NO_TREE("it has no tree"),
  NO_STACK("it nests too deep for the stack at hand"),
  NESTS("it nests too deep"),
  LONG("it has more than {most} words and marks"),
  // what depends on them
  PARTITIONS("choice of the partition that a row is kept in"),
  PARTITION("the partition in which rows are kept"),
  SUBSCRIPT("a subscript"),
  PART_ASSIGNED("an assignment to a part of a column"),
  PATTERN("a pattern"),
  ARRAY("an array"),
  ARRAY_OF_ARRAYS("an array of arrays"),
  DIFFERENT_TYPES("{what} of values of different types"),
  ARGUMENT("an argument of {function}"),
  TERM("a term that is not always evaluated"),
  COMPARED_ROWS("a comparison of rows"),
  GROWING("a recursive query that makes a value longer"),
  CAST("a cast to {type}"),
  USED_OFTEN("an expression that uses a column more than {most} times"),
  FUNCTION_IN_FROM("a function in FROM"),
  ROWS_OF("the number of rows of {function}"),
  VOLATILE_FUNCTION("a volatile function: {function}"),
  OF_VIEW("{part} of the view {view}"),
  COLUMN_OF_VIEW("a column of the view {view}"),
  MANY_CONSTANTS("{part}, with more than {most} constants,"),
  EXPLAIN("EXPLAIN ANALYZE, which shows sizes,"),
  WRITTEN_ROW("the row that is written"),
  // where they would be carried
  EFFECT("a function with side effects {function}"),
  NEW_VIEW("a new view {name}"),
  NEW_MATERIALIZED_VIEW("a new materialized view {name}"),
  NEW_TABLE("a new table {name}"),
  // why a column counts as protected
  MARKED("{column} is marked"),
  HOLDS_ROWS("holds rows of {relation}: {why}"),
  SHOWS_OTHERS("{column} shows values or statements of others"),
  NOT_JUDGED("{column} is none of those of PostgreSQL 15 to 19 that were judged"),
  TELLS_SIZES("{column} tells how large what is stored is"),
  MADE_OF("made of what is protected: {why}"),
  VIEW_CALLS("a view that calls: {why}"),
  HOLDS_LONG("holds long protected values"),
  WHOLE_ROW("a whole row"),
  // what compares stored values
  UNIQUE_KEY("a unique key"),
  FOREIGN_KEY("a foreign key"),
  EXCLUSION("an exclusion constraint"),
  CHECK("a check"),
  SAME_ROWS_LEFT_OUT("a trigger that leaves out updates which change nothing"),
  ROW_POLICY("a row policy"),
  INDEX("an index"),
  SOME_RELATION("a relation"),
  COLUMN_OF_OID("a column of relation {oid}");

  private final SplitForm form;

  LineageWording(String form) {
    this.form = new SplitForm(form);
  }

  @Override
  public String room() {
    return "lineage";
  }

  @Override
  public SplitForm form() {
    return form;
  }
}
