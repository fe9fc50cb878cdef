package io.pgguard.wording;

/**
 * What stands in place of the server's own words, which may quote values: by its SQLSTATE, which
 * goes out as it came (PostgreSQL documentation, "PostgreSQL Error Codes").
 */
public enum NeutralWording implements Wording {
  CANCELLED("canceling statement: it was cancelled or ran over its time limit"),
  NOTICE("notice ({state})"),
  CONNECTION("the connection to the server failed"),
  NOT_SUPPORTED("the server does not support something in this statement"),
  CARDINALITY("a subquery returned more rows than one"),
  DIVISION("division by zero"),
  RANGE("a number is out of range"),
  DATA("a value has a form, a length or a range that does not fit"),
  CONSTRAINT("a constraint was violated"),
  TRANSACTION_STATE("the transaction's state does not allow this statement"),
  ROLLED_BACK("the transaction was rolled back; run it again"),
  SYNTAX_OR_PRIVILEGE("a name, a type or a privilege in this statement is wrong"),
  RESOURCES("the server lacks resources, or a limit was reached"),
  OBJECT_STATE("an object is not in the state that this statement needs"),
  INTERRUPTED("the server was interrupted"),
  RAISED("a function raised an error"),
  OTHER("the server reported an error");

  private static final String WITHHELD =
      "The server's own words are withheld because this statement touches protected columns and"
          + " they may quote values.";

  private final Phrase phrase;

  NeutralWording(String message) {
    this.phrase = new Phrase(null, message, WITHHELD, null);
  }

  @Override
  public String room() {
    return "neutral";
  }

  @Override
  public Phrase phrase() {
    return phrase;
  }
}
