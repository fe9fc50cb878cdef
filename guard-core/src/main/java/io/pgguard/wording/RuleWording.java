package io.pgguard.wording;

/**
 * What a rule of the policy says of a statement: its verdict, the facts that it goes by, and what
 * would be allowed instead.
 */
public enum RuleWording implements PartWording {
  // verdicts
  REFUSES("rule `{rule}` refuses this statement: it {facts}"),
  ASKS("rule `{rule}` asks for approval by {people}: it {facts}"),
  IN_THE_POLICYS_WORDS("{message} ({sentence})"),
  ALLOWS("rule `{rule}` allows the statement"),
  WOULD_REFUSE("rule `{rule}`, which only observes, would refuse this statement: it {facts}"),
  WOULD_ASK("rule `{rule}`, which only observes, would ask for approval by {people}: it {facts}"),
  WOULD_ALLOW("rule `{rule}`, which only observes, would allow this statement: it {facts}"),
  TRANSACTION("transaction control carries no data and is allowed unless a rule denies it"),
  UNSPOKEN_REFUSED(
      "no rule of the policy speaks for this statement ({kinds}), and the policy refuses what no"
          + " rule speaks for"),
  UNSPOKEN_HELD(
      "no rule of the policy speaks for this statement ({kinds}), so it asks for approval by"
          + " {people}"),
  UNSPOKEN_ALLOWED("the policy allows what no rule speaks for"),
  COSTS("the planner expects this statement to cost more than the policy's limit, {limit}"),
  COST_UNKNOWN(
      "the planner could not tell the cost of this statement; the policy's limit is {limit}"),
  // who must approve
  ONE_PERSON("1 person"),
  PEOPLE("{count} different people"),
  BUT_THE_REQUESTER("{people} other than the requester"),
  OF_GROUPS("{people} of {groups}"),
  OR(" or "),
  // facts: it ...
  EVERY("speaks for every statement"),
  AND(" and "),
  AND_MORE("{names} and {count} more"),
  OF_KIND("is of kind {kinds}"),
  NO_WHERE("has no WHERE clause that picks rows"),
  WHERE("has a WHERE clause"),
  READS("reads {relations}"),
  MAY_READ("may read anything, by code whose words Guard does not see"),
  CHANGES("changes {relations}"),
  MAY_CHANGE("may change anything, by code whose words Guard does not see"),
  CALLS("calls {functions}"),
  MAY_CALL("may call anything, by code whose words Guard does not see"),
  READS_NOTHING("reads no relation"),
  READS_COLUMNS("reads {columns}"),
  MAY_READ_COLUMNS("may read columns of {columns} by a way that Guard cannot follow"),
  SETS_COLUMNS("writes {columns}"),
  MAY_SET_COLUMNS("may write columns of {columns} by a way that Guard cannot follow"),
  STAR("asks for columns without naming them (`*`)"),
  NO_STAR("names the columns that it asks for"),
  LOCKS("locks the rows that it reads"),
  LOCKS_NOTHING("locks no rows"),
  STATES_INTENT("states an intent"),
  STATES_NO_INTENT("states no intent"),
  CHANGES_ROWS("would change more than {limit} rows"),
  CHANGES_UNKNOWN("would change a number of rows that cannot be told (the limit is {limit})"),
  BRINGS_ROWS("is expected to bring more than {limit} rows"),
  BRINGS_UNKNOWN(
      "is expected to bring a number of rows that cannot be told (the limit is {limit})"),
  NEEDS_COST("is expected to need more than {limit} cost units"),
  NEEDS_UNKNOWN(
      "is expected to need a number of cost units that cannot be told (the limit is {limit})"),
  ASKED_BY("is asked for by a member of {groups}"),
  ASKED_BY_NONE("is asked for by nobody of {groups}"),
  FROM_AGENT("comes from agent {agent}"),
  FROM_MODEL("comes from model {model}"),
  OF_DATABASE("is for database {databases}"),
  IN_ENVIRONMENT("is for a server of {environments}"),
  FROM_SOURCE("comes by {source}"),
  AT_TIME("is asked at {time}"),
  INTENT_LIKE("states an intent of the form {form}"),
  DAYS_OF("{days} ({zone})"),
  HOURS_OF("{days} {from} to {to} ({zone})"),
  // what would be allowed
  ONCE_APPROVED(
      "It runs once after {people} approved it, within {time}; ask them, and then send exactly the"
          + " same statement."),
  PICK_ROWS("Add a WHERE clause that picks the rows you mean."),
  CHANGE_AT_MOST("Change at most {limit} rows in one statement."),
  ASK_FOR_AT_MOST("Ask for at most {limit} rows: add conditions or a LIMIT."),
  ASK_FOR_LESS("Ask for less: select fewer rows, join on indexed columns, or add conditions."),
  STATE_INTENT("State why you need it (the intent), and ask again."),
  LOCK_NOTHING("Leave out the locking clause (FOR UPDATE, FOR SHARE)."),
  // which rule nearly spoke, and what it wanted
  NEARLY_READS(
      "Rule {rule} speaks for statements that read {relations} alone, and this one reads {other}."),
  NEARLY_READS_NONE(
      "Rule {rule} speaks for statements that read {relations}, and this one reads none."),
  NEARLY_CHANGES(
      "Rule {rule} speaks for statements that change {relations} alone, and this one changes {other}."),
  NEARLY_CHANGES_NONE(
      "Rule {rule} speaks for statements that change {relations}, and this one changes none."),
  NEARLY_CALLS("Rule {rule} speaks for statements that call {functions} alone."),
  NEARLY_READS_COLUMNS(
      "Rule {rule} speaks for statements that read {columns} alone, and this one reads {other}."),
  NEARLY_READS_NO_COLUMNS(
      "Rule {rule} speaks for statements that read {columns} alone, and of this one it cannot be told."),
  NEARLY_READS_NOTHING("Rule {rule} speaks for statements that read no relation."),
  NEARLY_SETS_COLUMNS(
      "Rule {rule} speaks for statements that write {columns} alone, and this one writes {other}."),
  NEARLY_SETS_NO_COLUMNS(
      "Rule {rule} speaks for statements that write {columns} alone, and of this one it cannot be told."),
  NEARLY_STAR("Rule {rule} speaks for statements that ask for columns by `*`."),
  NEARLY_NO_STAR("Rule {rule} speaks for statements that name the columns that they ask for."),
  NEARLY_PRINCIPAL("Rule {rule} speaks for other people, agents or models."),
  NEARLY_DATABASE("Rule {rule} speaks for database {databases}."),
  NEARLY_ENVIRONMENT("Rule {rule} speaks for servers of {environments}."),
  NEARLY_SOURCE("Rule {rule} speaks for what comes by {source}."),
  NEARLY_TIME("Rule {rule} speaks at {time}."),
  NEARLY_INTENT_LIKE(
      "Rule {rule} speaks for statements whose intent has the form {form}: state it so, and ask again."),
  NEARLY_WHERE("Rule {rule} speaks for statements with a WHERE clause that picks rows."),
  NEARLY_NO_WHERE("Rule {rule} speaks for statements without a WHERE clause."),
  NEARLY_INTENT("Rule {rule} speaks for statements whose intent is stated."),
  NEARLY_LOCKS("Rule {rule} speaks for statements that lock rows."),
  NEARLY_LOCKS_NOTHING("Rule {rule} speaks for statements that lock no rows."),
  NEARLY_FIGURES("Rule {rule} speaks for statements of other figures (rows or cost)."),
  NEARLY_KINDS("Rule {rule} speaks for part of it: it has to name each of {kinds}."),
  OPEN_TO_THE_FORGOTTEN(
      "rule {rule} allows who is not in a group (notGroups): whoever the identity provider leaves"
          + " out of it is allowed too; name the groups that may instead"),
  NO_ROLE("the policy names no PostgreSQL role for any of your groups, so nothing can run"),
  NO_CLAIM(
      "the claim {claim} is not proved, which role {role} needs for its setting {setting}, so nothing"
          + " can run"),
  CLAIM_NOT_ASCII(
      "the setting {setting} gets a value beyond ASCII, which the driver cannot hand over, so nothing"
          + " can run"),
  ALLOWED_KINDS("The policy has rules for statements of these kinds: {kinds}.");

  private final SplitForm form;

  RuleWording(String form) {
    this.form = new SplitForm(form);
  }

  @Override
  public String room() {
    return "rule";
  }

  @Override
  public SplitForm form() {
    return form;
  }
}
