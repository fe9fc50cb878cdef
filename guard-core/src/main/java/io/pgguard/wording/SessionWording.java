package io.pgguard.wording;

/** What a session says of a statement: refusals, holds and what became of them. */
public enum SessionWording implements Wording {
  REFUSED(
      denied("Guard refused this statement (rule {rule}): {reason}")
          .hint(
              "Nothing was run. Change the statement as said, or ask the people who keep the policy.")),
  REFUSED_WITH_WAY_OUT(
      denied("Guard refused this statement (rule {rule}): {reason}").hint("{hints}")),
  REFUSED_BY_SEVERAL(
      denied("Guard refused this statement (rule {rule}): {reason}")
          .detail("Also refused by {others}")
          .hint(
              "Nothing was run. Change the statement as said, or ask the people who keep the policy.")),
  REFUSED_BY_SEVERAL_WITH_WAY_OUT(
      denied("Guard refused this statement (rule {rule}): {reason}")
          .detail("Also refused by {others}")
          .hint("{hints}")),
  MASKED_WRITE(
      denied(Forms.MASKED_WRITE)
          .detail("Nothing was run.")
          .hint(
              "Leave {column} out of what you write, or give its real value. To empty it, write"
                  + " NULL as a constant in the text of the statement.")),
  MASKED_WRITE_NOT_KEPT(
      denied(Forms.MASKED_WRITE)
          .detail(
              "Nothing was run. A column keeps its stored value only in an UPDATE by itself that"
                  + " names one row of a table by a key (WHERE key = ...) and gives the column a"
                  + " constant, or a parameter that stands nowhere else.")
          .hint(
              "Leave {column} out of what you write, or give its real value. To empty it, write"
                  + " NULL as a constant in the text of the statement.")),
  MASKED_WRITE_KEPT(
      Phrase.of(
              SqlState.WARNING,
              "Guard: {column} keeps its stored value, since what would be written to it looks like"
                  + " its mask")
          .hint("To change it, give its real value; to empty it, write NULL as a constant.")),
  MASKED_COPY(
      denied(
              "Guard refused this COPY (rule guard.masked-write): a value for {column} looks like the"
                  + " mask that stands for values of that column here, and would be stored as if it"
                  + " were one")
          .detail("No row was stored.")
          .hint("Leave {column} out of what you write, or give real values.")),
  MASKED_COPY_NOT_READ(
      denied(
              "Guard refused this COPY (rule guard.masked-write): no mask may be stored in {column},"
                  + " and data that is written in this way cannot be looked through")
          .detail("No row was stored.")
          .hint(
              "Use the text, csv or binary format in UTF8, with one ASCII character as delimiter,"
                  + " quote and escape.")),
  GIVEN_PARAMETER(denied("parameter ${number}")),
  GIVEN_CONSTANT(denied("a constant")),
  GIVEN_VALUE(denied("a value of the statement")),
  KEPT(
      denied(
          "{column} keeps its stored value (maskedWrites: keep of the policy); the client's text"
              + " was: {text}")),
  UNDONE(
      denied("Guard undid this statement (rule {rule}): {reason}")
          .detail("Nothing of it remains.{others}")
          .hint("Change the statement as said, or ask the people who keep the policy.")),
  UNDONE_WITH_WAY_OUT(
      denied("Guard undid this statement (rule {rule}): {reason}")
          .detail("Nothing of it remains.{others}")
          .hint("{hints}")),
  UNDONE_ALSO(denied(" Also refused by {others}")),
  UNCOUNTED_EFFECT(denied("Guard's questions about what it did were not answered")),
  EFFECT_AS_PLANNED(denied("it changed rows while the server planned it")),
  CHANGED_AS_PLANNED(
      denied(
              "Guard undid this statement: a function that it calls changed rows while the server"
                  + " planned it, where nobody counts them")
          .detail("Nothing of it remains.")
          .hint(
              "A function that changes rows has to be VOLATILE: ask its owner to declare it so.")),
  EFFECT_UNKNOWN(denied("nobody can tell how many rows it changes")),
  EFFECT_COUNTED(
      denied("it changed {rows} rows, and was undone; an approval is good for up to {most}")),
  UNDONE_AND_HELD(
      denied("Guard undid this statement and holds it for approval (request {request}): {why}")
          .detail("Nothing of it remains. People were asked; they have not decided yet.")
          .hint(Forms.RUN_AGAIN)),
  MEANT_OTHERWISE(
      denied("The policy or the catalog has changed since Guard undid this statement")
          .detail("Nothing of it remains.")
          .hint("Run it again, to be judged by what holds now.")),
  UNCOUNTED(Forms.UNCOUNTED),
  UNCOUNTED_FOR_NOW(
      new Phrase(
          null, Forms.UNCOUNTED.message(), Forms.UNCOUNTED.detail(), Forms.UNCOUNTED.hint())),
  HELD(
      denied("Guard holds this statement for approval (request {request}): {why}")
          .detail("Nothing was run. People were asked; they have not decided yet.")
          .hint(Forms.RUN_AGAIN)),
  CHANGED_WHILE_HELD(
      denied(
              "What this statement means changed while it waited for approval (request {request}):"
                  + " the search path, a setting, a prepared statement, or a definition that it uses")
          .detail("Nothing was run.")
          .hint("Run it again: people are then asked about what it means now.")),
  TWICE_IN_ONE_TEXT(
      denied(
              "The same statement stands in this text twice, and each run of it needs an approval"
                  + " of its own")
          .detail("Nothing was run.")
          .hint("Run the two one after the other, as texts of their own.")),
  VALUES_UNKNOWN(
      denied(
              "A statement of this text needs approval, and its values are not known until those"
                  + " before it have run")
          .detail("Nothing was run.")
          .hint("Run it as a text of its own, or write the values into the text.")),
  TURNED_DOWN(
      denied("The approval of this statement was refused (request {request}): {who}")
          .detail("Nothing was run.")
          .hint("Do not run it again as it is; ask the person who refused what to change.")),
  APPROVAL_EXPIRED(
      denied("The approval request {request} expired at {time} without being used.")
          .detail("Nothing was run.")
          .hint("Run the statement again to ask anew.")),
  APPROVAL_USED(
      denied("The approval of request {request} was used by another run of the same statement.")
          .detail("Nothing was run here.")
          .hint("Run the statement again to ask anew.")),
  APPROVAL_REVOKED(denied("The approval of request {request} was revoked by {who}")),
  CANNOT_ASK(
      Phrase.of(SqlState.CONFIGURATION_LIMIT_EXCEEDED, "Guard cannot ask for approval: {why}")),
  UNREADABLE(
      Phrase.of(SqlState.SYNTAX_ERROR, "{what} (at character {position})")
          .detail("Near: {text}")
          .hint("Guard runs no text that PostgreSQL's lexical rules do not accept.")),
  TOO_LARGE(
      Phrase.of(SqlState.PROGRAM_LIMIT_EXCEEDED, "{what} (at character {position})")
          .detail("Near: {text}")
          .hint("Send it in several texts.")),
  COPY_NOT_COUNTED(
      denied(
              "Guard refused this COPY (rule guard.copy): the policy limits its rows or values, or"
                  + " looks for sensitive content in them, and rows of this format cannot be told"
                  + " apart")
          .detail("No row was sent.")
          .hint("Use the text, csv or binary format with default separators, or a plain SELECT.")),
  COPY_NOT_MASKED(
      denied(
              "Guard refused this COPY (rule guard.copy): columns of it are protected, and {data}"
                  + " cannot be masked")
          .detail("No row was sent.")
          .hint(
              "Use the text or csv format with its default separators and NULL, or a plain SELECT.")),
  TOKEN_EXPIRED(
      Phrase.of(
              SqlState.INVALID_AUTHORIZATION,
              "The token that proves who asks has expired at {time}")
          .detail("Nothing was run.")
          .hint(
              "Present a fresh one of the same person and run the statement again: SET guard.token ="
                  + " '...' on this connection; with JDBC also setClientInfo(\"guard.token\", ...), or"
                  + " a TokenSupplier on the DataSource.")),
  REVOKED(
      Phrase.of(
              SqlState.INVALID_AUTHORIZATION, "Who asks, or the token that proves it, was revoked")
          .hint("Ask the operator of Guard.")),
  TOKEN_NOT_TAKEN(
      Phrase.of(SqlState.INVALID_AUTHORIZATION, "Guard does not take this token")
          .hint(
              "Present an access token for Guard that has not expired, of the same person and agent"
                  + " whose connection this is, or open another connection with it.")),
  TOKEN_FORM(
      Phrase.of(
              SqlState.SYNTAX_ERROR,
              "A token is presented alone, as SET guard.token = '...', and never read")
          .detail("Nothing was run, and the text was not kept.")
          .hint("Send exactly that, with nothing else in the same text.")),
  POLICY_CHANGED(
      denied(
              "The policy changed while this result was open, and the rest of it may not go out as"
                  + " it began")
          .detail("The rows before the change were delivered; then the statement was ended.")
          .hint("Run the statement again: it is then judged by the policy in force.")),
  NAMES_CHANGED(
      Phrase.of(
              SqlState.FEATURE_NOT_SUPPORTED,
              "what this statement names was changed by another session while it was on its way")
          .detail(
              "No row was delivered: they could have been other columns than those that were"
                  + " decided on.")
          .hint("Run it again; Guard decides by what the names mean now.")),
  CATALOG_UNKNOWN(
      Phrase.of(SqlState.SYSTEM_ERROR, "Guard cannot read the database's catalog: {why}")
          .detail(Forms.NOT_RUN)
          .hint(Forms.LATER)),
  APPROVALS_UNKNOWN(
      Phrase.of(SqlState.SYSTEM_ERROR, "Guard cannot tell whether people approved this: {why}")
          .detail("Nothing of it was run, or nothing of it remains.")
          .hint(Forms.LATER)),
  NOT_LOGGED(
      Phrase.of(SqlState.IO_ERROR, "Guard cannot log this statement: {why}")
          .detail(Forms.NOT_RUN)
          .hint(Forms.LATER));

  private static final class Forms {
    static final String MASKED_WRITE =
        "Guard refused this statement (rule guard.masked-write): {given}, which it would write to"
            + " {column}, looks like the mask that stands for values of that column here, and would"
            + " replace the value that is stored";
    static final String NOT_RUN =
        "Nothing was run: Guard runs no statement that it cannot judge and log.";
    static final String LATER = "Try again later, or ask the operator of Guard.";
    static final String RUN_AGAIN =
        "Run exactly the same statement with the same values again after request {request} was"
            + " granted. It then runs once.";
    static final Phrase UNCOUNTED =
        denied("Guard undid this statement: the server did not answer how many rows it had changed")
            .detail("Nothing of it remains. SQLSTATE of the server's answer: {state}.")
            .hint(
                "The role must be able to read the relation that it changes. Run it again, or"
                    + " change fewer relations in one statement.");
  }

  private final Phrase phrase;

  SessionWording(Phrase phrase) {
    this.phrase = phrase;
  }

  private static Phrase denied(String message) {
    return Phrase.of(SqlState.INSUFFICIENT_PRIVILEGE, message);
  }

  @Override
  public String room() {
    return "session";
  }

  @Override
  public Phrase phrase() {
    return phrase;
  }
}
