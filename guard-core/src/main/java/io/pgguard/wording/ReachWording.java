package io.pgguard.wording;

/**
 * Why code that a statement makes the server run, or a setting, is not let through; and where such
 * code stands.
 */
public enum ReachWording implements PartWording {
  // code that may not run
  FUNCTION("function {function} {why}"),
  TRIGGER_FUNCTION("the trigger function {function} {why}"),
  EVENT_TRIGGER(
      "the event trigger's function {function} mentions the protected relation {relation}"),
  BECAUSE("{code}: {why}"),
  NOT_KNOWN("function {oid} is not known"),
  TOO_DEEP("{function} calls others too deeply"),
  NONE_ON_PATH(
      "no function {call} is known on the search path; name its schema, or wait until Guard has"
          + " read the catalog again"),
  REWRITE_RULES("rewrite rules of {relation}"),
  TRIGGER_NOT_KNOWN("a trigger of {relation} is not known"),
  // what is wrong with it
  RUNS_TEXT_OR_READS("runs SQL text or reads whole relations"),
  SHOWS_OTHERS("shows what other sessions or files hold"),
  TELLS_SIZES("tells how large what is stored is, protected values too"),
  VOLATILE_OF_SYSTEM("is volatile: it may change something or show the server's insides"),
  NOT_JUDGED("is none of those of PostgreSQL 15 to 19 that were judged"),
  OWNERS_RIGHTS("runs with its owner's rights (SECURITY DEFINER)"),
  OF_EXTENSION("of extension {extension} is not immutable"),
  VOLATILE("is volatile"),
  OTHER_LANGUAGE("is written in {language}: Guard cannot see inside"),
  BODY_UNREADABLE("has a body that Guard cannot read"),
  MENTIONS("mentions the protected relation {relation}"),
  READING_RUNS("reads what runs {code}: {why}"),
  RUNS("runs {code}: {why}"),
  UNREADABLE("cannot be read"),
  RUNS_TEXT("runs SQL text or copies data"),
  LOUD("tells other sessions or moves settings"),
  CHANGES_DATA("changes data"),
  CARRIES("may carry protected values of the row elsewhere"),
  DECIDED_BY_STORED("runs or does not by what is stored of protected columns of {relation}"),
  LOOKS_AT_STORED(
      "looks at {column} of the stored row, so that which rows it leaves out, or that it fails, would tell"),
  // where code stands
  DEFINITION("the definition of {name}"),
  RULE("a rewrite rule of {relation}"),
  DEFAULT("the default of {relation}.{column}"),
  GENERATED("the generated column {relation}.{column}"),
  CHECK("a check of {relation}"),
  FOREIGN_KEY("a foreign key of {relation}"),
  KEY("a constraint of {relation}"),
  INDEX("an index of {relation}"),
  PARTITION_KEY("the partition key of {relation}"),
  POLICY("a row policy of {relation}"),
  TRIGGER_CONDITION("the condition of a trigger of {relation}"),
  TRIGGER("a trigger of {relation}"),
  OPERATOR("the operator {operator}"),
  TYPE("the type {type}"),
  ORDER_OF_TYPE("the order of the type {type}"),
  CHECK_OF_TYPE("a check of the type {type}"),
  SOME_TYPE("a type"),
  SOME_COLUMN("a column"),
  WHOLE_ROW("the whole"),
  // settings
  SET_CONFIG_NAME("set_config needs a constant name, so that Guard can judge it"),
  SET_CONFIG_PATH("set_config may only empty search_path; use SET search_path"),
  SET_CONFIG("set_config: {why}"),
  PATH_NOT_CONSTANT("search_path decides what names mean, so it can only be set to constants"),
  PATH_BEFORE_SYSTEM(
      "search_path puts schemas before pg_catalog, in which {hiding} hides what is PostgreSQL's"
          + " own; leave pg_catalog out or put it first"),
  PATH_TEMPORARY("search_path may not name pg_temp; temporary tables are found first anyway"),
  SETTING_WRITES_FILES("the setting {setting} makes the server write files"),
  SETTING_SAYS_WHO("the setting {setting} says who asks, which only Guard may say"),
  SETTING_NOT_LISTED("the setting {setting} is not one that a session may change"),
  SETTING_AMONG("the setting {setting} may only be one of {values}"),
  SETTING_AT_MOST("the setting {setting} may be {most} at most, written as a constant"),
  SETTING_READ("{code} reads the setting {setting}, so it decides what is shown or done"),
  SETTING_MAY_BE_READ(
      "{code} reads settings whose names cannot be known, and {setting} may be one of them"),
  SETTING_OF_MODULE(
      "the setting {setting} says how the module {module} works, which is not a session's to say"),
  SETTING_MOVES_COSTS("the setting {setting} moves the costs that the policy holds statements to");

  private final SplitForm form;

  ReachWording(String form) {
    this.form = new SplitForm(form);
  }

  @Override
  public String room() {
    return "reach";
  }

  @Override
  public SplitForm form() {
    return form;
  }
}
