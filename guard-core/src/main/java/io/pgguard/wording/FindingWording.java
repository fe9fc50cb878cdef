package io.pgguard.wording;

/**
 * What Guard finds in a statement of its own accord, whatever the policy's rules: the reason of a
 * verdict, which a refusal puts behind the name of its rule.
 */
public enum FindingWording implements Wording {
  UNREADABLE(
      "guard.unreadable",
      "this is no statement that Guard knows",
      "Write one plain SQL statement of PostgreSQL."),
  RESERVED_NAME(
      "guard.reserved",
      "names of prepared statements and cursors that begin with {prefix} are Guard's own, and it"
          + " names {name}",
      "Name it otherwise."),
  NESTING(
      "guard.nesting", "its parentheses nest {depth} deep, more than {most}", "Write it flatter."),
  LOCKS_ALL(
      "guard.lock",
      "it locks every row of what it reads, and holds the locks until the transaction ends",
      "Add a WHERE clause that names the rows to lock, or a LIMIT; or ask for a rule of the policy that"
          + " allows it and says `locking: true`."),
  LOCKS_BY_NUMBER(
      "guard.lock",
      "{function} takes an advisory lock, for which others may wait",
      "Ask for a rule of the policy that allows it and says `locking: true`."),
  READS_SERVER_FILE(
      "guard.server-file",
      "it reads the server's configuration files",
      "Read pg_settings, which shows what is in force."),
  COPIES_SERVER_FILE(
      "guard.server-file",
      "COPY with a file or program of the server goes past every mask and log",
      "Use COPY ... TO STDOUT or COPY ... FROM STDIN."),
  LONG_VALUE(
      "guard.size",
      "it would make a value of more than {most} characters or elements",
      "Ask for less."),
  SETTING("guard.setting", "{why}", "Leave the setting, or ask for a session that has it."),
  PLANNER_SETTING("guard.setting", "{why}", "Leave the setting."),
  PATH_HIDES(
      "guard.setting",
      "search_path has schemas before pg_catalog, in which {hiding} hides what is PostgreSQL's own,"
          + " so that its names could mean something else",
      "SET search_path so that pg_catalog is left out or comes first."),
  SETS_READ_WRITE(
      "guard.setting",
      "it makes all later transactions READ WRITE",
      "Set the isolation level alone, or say READ WRITE for one transaction."),
  DISCARDS_PLANS(
      "guard.setting",
      "it makes the server plan anew all that this session prepared, Guard's own questions too",
      "Leave it out: the server plans anew by itself where something changed."),
  DISCARDS_AMONG_OTHERS(
      "guard.setting",
      "DISCARD ALL cannot run among other statements of one text",
      "Send it alone."),
  WRITES_SYSTEM(
      "guard.system",
      "it writes {relation}, which belongs to PostgreSQL itself",
      "Use the statement that PostgreSQL has for the purpose."),
  SETS_OFF_RULES(
      "guard.rule",
      "writing {relation} sets off rewrite rules that Guard does not follow",
      "Write the table behind it."),
  LISTENS(
      "guard.channel",
      "functions of this database send protected values on the channel {channel}",
      "Poll a table that holds nothing protected."),
  CHANGED_BEFORE(
      "guard.transaction",
      "an earlier statement of this transaction may have changed what names in it stand for, which"
          + " Guard cannot see before the COMMIT",
      "COMMIT first, or send it as a text of its own in a READ COMMITTED transaction, which Guard"
          + " asks what it has changed."),
  NOT_FOLLOWED(
      "guard.lineage",
      "it may reach protected relations, and Guard cannot follow its columns ({why}), so it cannot"
          + " tell what would come out",
      "Write it more plainly: name the columns, and leave out what is not needed."),
  CARRIES(
      "guard.carries",
      "it writes {column}, which is protected, to {target}, where it could be read unmasked",
      "Write only values that are not protected."),
  CHANGES_ITSELF(
      "guard.carries",
      "it computes what it writes to {target} from the value that is stored in {column}, which is"
          + " protected: what its mask shows afterwards, or that it fails, would tell of that value",
      "Write only values that are not protected."),
  TELLS(
      "guard.inference",
      Forms.TELLS,
      "Leave the column out there; select it, and you get it masked."),
  TELLS_WHERE_EQUALITY_PASSES(
      "guard.inference",
      Forms.TELLS,
      "Leave the column out there, or compare it with = to a constant or parameter only."),
  TELLS_NULLS(
      "guard.inference", Forms.TELLS, "Its mask hides where it is NULL: leave it out there."),
  TELLS_WHAT_IS_ALIKE(
      "guard.inference",
      Forms.TELLS,
      "Only columns of one class with a hash mask may be compared or grouped."),
  MAY_FAIL(
      "guard.inference",
      "{part} may fail for some values of {column}, which is protected ({class}), and a failure"
          + " would tell of them",
      "{passing}Or leave the column out there; select it, and you get it masked."),
  HIDES(
      "guard.hides",
      "a temporary relation named {name} would hide the permanent one, and show protected columns"
          + " in its place",
      "Give it a name that no other relation has."),
  CALLS(
      "guard.function",
      "it calls {function}: {why}",
      "Leave the call out, or ask for the function to be named in the policy's functions: allow."),
  RUNS(
      "guard.function",
      "it makes the server run {what}",
      "Leave out what calls it, or ask for the function to be named in the policy's functions:"
          + " allow."),
  ATTACHES_UNKNOWN(
      "guard.function",
      "it makes {function} a trigger's function, and there is none of that name as Guard knows the"
          + " catalog",
      "Make the function first, or wait until Guard has read the catalog again."),
  SETS_OFF_TRIGGER(
      "guard.trigger",
      "writing {relation} sets off {trigger}",
      "Write another relation, or ask for the trigger's function to be named in the policy's"
          + " functions: allow."),
  CONSTRAINT(
      "guard.constraint",
      "{constraint} compares what it writes with {column}, which is protected, so that whether it"
          + " runs would tell its value",
      "Leave the columns of that constraint as they are."),
  CONFLICT_ROW_BY_ROW(
      "guard.constraint",
      "ON CONFLICT would tell of each row that a query brings whether {column}, which is protected,"
          + " holds its value",
      "Give the rows by VALUES, each of which counts as one guess, or leave out ON CONFLICT."),
  KEY_OF_MANY_ROWS(
      "guard.constraint",
      "{constraint} compares any number of values that it computes with {column}, which is"
          + " protected, and whether it runs would tell of all of them at once",
      "Give the values by VALUES or SET, each of which counts as one guess."),
  BLOCK_IN_OTHER_LANGUAGE(
      "guard.code",
      "it runs a code block that is written in {language}, which Guard cannot read",
      Forms.BLOCK),
  BLOCK_NOT_FOUND("guard.code", "it runs a code block that Guard cannot find", Forms.BLOCK),
  BLOCK_UNREADABLE("guard.code", "it runs a code block that Guard cannot read: {why}", Forms.BLOCK),
  BLOCK_RUNS_TEXT(
      "guard.code",
      "it runs a code block that may run text that it puts together ({word})",
      Forms.BLOCK),
  BLOCK_NAMES_PROTECTED(
      "guard.code",
      "it runs a code block that names {relation}, which holds protected columns",
      Forms.BLOCK),
  BLOCK_REACHES(
      "guard.code",
      "it runs a code block that reaches code that is not safe to call: {code}",
      Forms.BLOCK),
  TAKES_FROM_CLASS(
      "guard.definition",
      "it gives {column}, which is protected ({class}), a name that no class of the policy covers",
      Forms.DEFINITION),
  TO_WEAKER_CLASS(
      "guard.definition",
      "it gives {column}, which is protected ({class}), a name of a class whose mask shows more",
      Forms.DEFINITION),
  UNTIES(
      "guard.definition",
      "it unties {column}, which is protected, from what protects it: no class of the policy covers it"
          + " by its own name",
      Forms.DEFINITION),
  PLACED(
      "guard.definition",
      "it makes a partition a table of its own, and which rows that holds tells {column}, which is protected",
      Forms.DEFINITION),
  PLACED_REMOVED(
      "guard.definition",
      "it removes the rows of one partition, and how many those are tells {column}, which is protected",
      Forms.DEFINITION),
  PLACED_LOOKED(
      "guard.definition",
      "it looks at the rows of one partition, and which those are tells {column}, which is protected",
      Forms.DEFINITION),
  PLACED_TOLD(
      "guard.definition",
      "VERBOSE tells which partitions hold rows, and that tells {column}, which is protected",
      Forms.DEFINITION),
  COMPUTES(
      "guard.definition",
      "it has the server compute or compare with stored values of {column}, which is protected, and"
          + " whether that succeeds would tell them",
      Forms.DEFINITION),
  TEMPORARY_TYPE(
      "guard.definition",
      "it makes a type among the temporary objects, where no catalog shows what its checks and parts"
          + " run",
      "Make the type in a schema of the database."),
  ORDERS(
      "guard.definition",
      "it may order the rows of a table by {column}, which is protected",
      Forms.DEFINITION);

  private static final class Forms {
    static final String TELLS =
        "its {part} depends on {column}, which is protected ({class}), so that what appears would"
            + " tell its value";
    static final String BLOCK =
        "Send the statements of the block by themselves, or ask for a rule under which a person"
            + " approves code blocks.";
    static final String DEFINITION =
        "Ask for a rule under which a person approves such definitions.";
  }

  private final String rule;
  private final Phrase phrase;

  FindingWording(String rule, String reason, String hint) {
    this.rule = rule;
    this.phrase = Phrase.of(SqlState.INSUFFICIENT_PRIVILEGE, reason).hint(hint);
  }

  /** The built-in rule that says it. */
  public String rule() {
    return rule;
  }

  @Override
  public String room() {
    return "finding";
  }

  @Override
  public Phrase phrase() {
    return phrase;
  }
}
