package io.pgguard.statement;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The kinds of statement: one for each statement node of PostgreSQL 19's grammar, and one for what
 * Guard does not recognise. Thread-safe: constants.
 */
public enum StatementKind {
  SELECT("Select", Effect.READ),
  INSERT("Insert", Effect.WRITE, "write"),
  UPDATE("Update", Effect.WRITE, "write"),
  DELETE("Delete", Effect.WRITE, "write"),
  MERGE("Merge", Effect.WRITE, "write"),
  TRUNCATE("Truncate", Effect.DDL, "write", "ddl"),
  COPY("Copy", Effect.WRITE),
  CALL("Call", Effect.CODE, "code"),
  DO("Do", Effect.CODE, "code"),
  EXPLAIN("Explain", Effect.READ),
  PREPARE("Prepare", Effect.PREPARED, "prepare"),
  EXECUTE("Execute", Effect.PREPARED, "prepare"),
  DEALLOCATE("Deallocate", Effect.PREPARED, "prepare"),
  DECLARE("DeclareCursor", Effect.CURSOR, "cursor"),
  FETCH("Fetch", Effect.CURSOR, "cursor"),
  CLOSE("ClosePortal", Effect.CURSOR, "cursor"),
  TRANSACTION("Transaction", Effect.TRANSACTION),
  SET("VariableSet", Effect.SESSION, "session"),
  SHOW("VariableShow", Effect.SESSION),
  SET_CONSTRAINTS("ConstraintsSet", Effect.SESSION, "session"),
  DISCARD("Discard", Effect.SESSION, "session"),
  LISTEN("Listen", Effect.NOTIFY, "session"),
  UNLISTEN("Unlisten", Effect.NOTIFY, "session"),
  NOTIFY("Notify", Effect.NOTIFY),
  LOCK("Lock", Effect.LOCK),
  VACUUM("Vacuum", Effect.MAINTENANCE, "maintenance"),
  CLUSTER("Cluster", Effect.MAINTENANCE, "maintenance"),
  REPACK("Repack", Effect.MAINTENANCE, "maintenance"),
  WAIT("Wait", Effect.MAINTENANCE, "maintenance"),
  REINDEX("Reindex", Effect.MAINTENANCE, "maintenance"),
  CHECKPOINT("CheckPoint", Effect.MAINTENANCE, "maintenance"),
  LOAD("Load", Effect.CODE, "maintenance", "code"),
  REFRESH_MATERIALIZED_VIEW("RefreshMatView", Effect.DDL, "ddl"),
  CREATE_TABLE("Create", Effect.DDL, "ddl"),
  CREATE_TABLE_AS("CreateTableAs", Effect.DDL, "ddl"),
  CREATE_FOREIGN_TABLE("CreateForeignTable", Effect.DDL, "ddl"),
  CREATE_VIEW("View", Effect.DDL, "ddl"),
  CREATE_INDEX("Index", Effect.DDL, "ddl"),
  CREATE_SEQUENCE("CreateSeq", Effect.DDL, "ddl"),
  CREATE_SCHEMA("CreateSchema", Effect.DDL, "ddl"),
  CREATE_FUNCTION("CreateFunction", Effect.DDL, "ddl", "code"),
  CREATE_TRIGGER("CreateTrig", Effect.DDL, "ddl", "code"),
  CREATE_EVENT_TRIGGER("CreateEventTrig", Effect.DDL, "ddl", "code"),
  CREATE_RULE("Rule", Effect.DDL, "ddl", "code"),
  CREATE_LANGUAGE("CreatePLang", Effect.DDL, "ddl", "code"),
  CREATE_EXTENSION("CreateExtension", Effect.CODE, "ddl", "code"),
  CREATE_TYPE("CompositeType", Effect.DDL, "ddl"),
  CREATE_ENUM("CreateEnum", Effect.DDL, "ddl"),
  CREATE_RANGE("CreateRange", Effect.DDL, "ddl"),
  CREATE_DOMAIN("CreateDomain", Effect.DDL, "ddl"),
  CREATE_CAST("CreateCast", Effect.DDL, "ddl"),
  CREATE_CONVERSION("CreateConversion", Effect.DDL, "ddl"),
  CREATE_TRANSFORM("CreateTransform", Effect.DDL, "ddl"),
  CREATE_OPERATOR_CLASS("CreateOpClass", Effect.DDL, "ddl"),
  CREATE_OPERATOR_FAMILY("CreateOpFamily", Effect.DDL, "ddl"),
  CREATE_ACCESS_METHOD("CreateAm", Effect.DDL, "ddl"),
  CREATE_STATISTICS("CreateStats", Effect.DDL, "ddl"),
  CREATE_TABLESPACE("CreateTableSpace", Effect.DDL, "ddl"),
  CREATE_DATABASE("Createdb", Effect.DDL, "ddl"),
  CREATE_PUBLICATION("CreatePublication", Effect.DDL, "ddl"),
  CREATE_SUBSCRIPTION("CreateSubscription", Effect.DDL, "ddl"),
  CREATE_FOREIGN_DATA_WRAPPER("CreateFdw", Effect.DDL, "ddl"),
  CREATE_SERVER("CreateForeignServer", Effect.DDL, "ddl"),
  CREATE_USER_MAPPING("CreateUserMapping", Effect.DDL, "ddl"),
  IMPORT_FOREIGN_SCHEMA("ImportForeignSchema", Effect.DDL, "ddl"),
  DEFINE("Define", Effect.DDL, "ddl"),
  CREATE_POLICY("CreatePolicy", Effect.PRIVILEGE, "privilege"),
  CREATE_ROLE("CreateRole", Effect.PRIVILEGE, "privilege"),
  ALTER_TABLE("AlterTable", Effect.DDL, "ddl"),
  ALTER_TABLE_MOVE_ALL("AlterTableMoveAll", Effect.DDL, "ddl"),
  ALTER_TABLESPACE("AlterTableSpaceOptions", Effect.DDL, "ddl"),
  ALTER_DOMAIN("AlterDomain", Effect.DDL, "ddl"),
  ALTER_ENUM("AlterEnum", Effect.DDL, "ddl"),
  ALTER_TYPE("AlterType", Effect.DDL, "ddl"),
  ALTER_SEQUENCE("AlterSeq", Effect.DDL, "ddl"),
  ALTER_FUNCTION("AlterFunction", Effect.DDL, "ddl", "code"),
  ALTER_EXTENSION("AlterExtension", Effect.CODE, "ddl", "code"),
  ALTER_EXTENSION_CONTENTS("AlterExtensionContents", Effect.DDL, "ddl"),
  ALTER_OBJECT_SCHEMA("AlterObjectSchema", Effect.DDL, "ddl"),
  ALTER_OBJECT_DEPENDS("AlterObjectDepends", Effect.DDL, "ddl"),
  ALTER_OWNER("AlterOwner", Effect.PRIVILEGE, "privilege"),
  ALTER_OPERATOR("AlterOperator", Effect.DDL, "ddl"),
  ALTER_OPERATOR_FAMILY("AlterOpFamily", Effect.DDL, "ddl"),
  ALTER_COLLATION("AlterCollation", Effect.DDL, "ddl"),
  ALTER_STATISTICS("AlterStats", Effect.DDL, "ddl"),
  ALTER_EVENT_TRIGGER("AlterEventTrig", Effect.DDL, "ddl"),
  ALTER_FOREIGN_DATA_WRAPPER("AlterFdw", Effect.DDL, "ddl"),
  ALTER_SERVER("AlterForeignServer", Effect.DDL, "ddl"),
  ALTER_USER_MAPPING("AlterUserMapping", Effect.DDL, "ddl"),
  ALTER_PUBLICATION("AlterPublication", Effect.DDL, "ddl"),
  ALTER_SUBSCRIPTION("AlterSubscription", Effect.DDL, "ddl"),
  ALTER_TEXT_SEARCH_CONFIGURATION("AlterTSConfiguration", Effect.DDL, "ddl"),
  ALTER_TEXT_SEARCH_DICTIONARY("AlterTSDictionary", Effect.DDL, "ddl"),
  ALTER_DATABASE("AlterDatabase", Effect.DDL, "ddl"),
  ALTER_DATABASE_SET("AlterDatabaseSet", Effect.PRIVILEGE, "ddl", "privilege"),
  ALTER_DATABASE_REFRESH_COLLATION("AlterDatabaseRefreshColl", Effect.DDL, "ddl"),
  ALTER_SYSTEM("AlterSystem", Effect.CODE, "privilege", "maintenance", "code"),
  ALTER_POLICY("AlterPolicy", Effect.PRIVILEGE, "privilege"),
  ALTER_ROLE("AlterRole", Effect.PRIVILEGE, "privilege"),
  ALTER_ROLE_SET("AlterRoleSet", Effect.PRIVILEGE, "privilege"),
  ALTER_DEFAULT_PRIVILEGES("AlterDefaultPrivileges", Effect.PRIVILEGE, "privilege"),
  RENAME("Rename", Effect.DDL, "ddl"),
  COMMENT("Comment", Effect.DDL, "ddl"),
  SECURITY_LABEL("SecLabel", Effect.PRIVILEGE, "privilege"),
  GRANT("Grant", Effect.PRIVILEGE, "privilege"),
  GRANT_ROLE("GrantRole", Effect.PRIVILEGE, "privilege"),
  REASSIGN_OWNED("ReassignOwned", Effect.PRIVILEGE, "privilege"),
  DROP("Drop", Effect.DDL, "drop", "ddl"),
  DROP_DATABASE("Dropdb", Effect.DDL, "drop", "ddl"),
  DROP_TABLESPACE("DropTableSpace", Effect.DDL, "drop", "ddl"),
  DROP_SUBSCRIPTION("DropSubscription", Effect.DDL, "drop", "ddl"),
  DROP_USER_MAPPING("DropUserMapping", Effect.DDL, "drop", "ddl"),
  DROP_ROLE("DropRole", Effect.PRIVILEGE, "drop", "privilege"),
  DROP_OWNED("DropOwned", Effect.PRIVILEGE, "drop", "ddl", "privilege"),
  UNKNOWN("Unknown", Effect.CODE);

  private final String nodeName;
  private final Effect effect;
  private final Set<String> policyWords;

  StatementKind(String nodeName, Effect effect, String... groups) {
    this.nodeName = nodeName;
    this.effect = effect;
    Set<String> words = new LinkedHashSet<>();
    words.add(name().toLowerCase(Locale.ROOT).replace('_', '-'));
    words.addAll(List.of(groups));
    this.policyWords = Collections.unmodifiableSet(words);
  }

  /** PostgreSQL's name for the parse node, without its "Stmt". */
  public String nodeName() {
    return nodeName;
  }

  /** What a statement of this kind does by itself, before what it carries is counted. */
  public Effect effect() {
    return effect;
  }

  /**
   * The words by which a policy speaks of this kind: its own, then the groups it belongs to. A
   * single statement may have others; {@link StatementFacts#policyWords} tells.
   */
  public Set<String> policyWords() {
    return policyWords;
  }
}
