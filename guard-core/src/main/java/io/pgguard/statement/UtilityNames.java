package io.pgguard.statement;

import static io.pgguard.statement.Keyword.*;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/**
 * After which keywords a statement that is no query names relations, by kind. Thread-safe:
 * constant.
 */
final class UtilityNames {
  private static final Set<Keyword> ALWAYS = EnumSet.of(TABLE, VIEW, SEQUENCE, ONLY, REFERENCES);
  private static final Map<StatementKind, Set<Keyword>> MORE = new EnumMap<>(StatementKind.class);

  static {
    MORE.put(StatementKind.CREATE_TABLE, EnumSet.of(INHERITS, LIKE, OF, PARTITION));
    MORE.put(StatementKind.CREATE_FOREIGN_TABLE, EnumSet.of(INHERITS, LIKE, OF, PARTITION));
    MORE.put(StatementKind.CREATE_SEQUENCE, EnumSet.of(BY));
    MORE.put(StatementKind.ALTER_SEQUENCE, EnumSet.of(BY));
    MORE.put(StatementKind.ALTER_TABLE, EnumSet.of(INDEX, INHERIT, OF, PARTITION, TYPE));
    MORE.put(StatementKind.RENAME, EnumSet.of(INDEX, TYPE, ON));
    MORE.put(StatementKind.ALTER_OBJECT_DEPENDS, EnumSet.of(INDEX, ON));
    MORE.put(StatementKind.CREATE_INDEX, EnumSet.of(ON));
    MORE.put(StatementKind.CREATE_TRIGGER, EnumSet.of(ON, FROM));
    MORE.put(StatementKind.CREATE_RULE, EnumSet.of(TO));
    MORE.put(StatementKind.CREATE_STATISTICS, EnumSet.of(FROM));
    MORE.put(StatementKind.CREATE_POLICY, EnumSet.of(ON));
    MORE.put(StatementKind.ALTER_POLICY, EnumSet.of(ON));
    MORE.put(StatementKind.GRANT, EnumSet.of(ON));
    MORE.put(StatementKind.COMMENT, EnumSet.of(ON, INDEX, COLUMN));
    MORE.put(StatementKind.SECURITY_LABEL, EnumSet.of(ON, COLUMN));
    MORE.put(StatementKind.DROP, EnumSet.of(ON, INDEX));
    MORE.put(StatementKind.REINDEX, EnumSet.of(INDEX));
    MORE.put(StatementKind.CLUSTER, EnumSet.of(ON, CLUSTER));
    MORE.put(StatementKind.REPACK, EnumSet.of(REPACK));
    MORE.put(StatementKind.VACUUM, EnumSet.of(VACUUM, ANALYZE, ANALYSE));
    MORE.put(StatementKind.LOCK, EnumSet.of(LOCK));
    MORE.put(StatementKind.TRUNCATE, EnumSet.of(TRUNCATE));
    MORE.put(StatementKind.COPY, EnumSet.of(COPY));
    MORE.put(StatementKind.SET_CONSTRAINTS, EnumSet.of(CONSTRAINTS));
    MORE.put(StatementKind.IMPORT_FOREIGN_SCHEMA, EnumSet.of(TO, EXCEPT));
  }

  private static final Set<Keyword> LISTS =
      EnumSet.of(
          TABLE,
          VIEW,
          INDEX,
          SEQUENCE,
          ON,
          VACUUM,
          ANALYZE,
          ANALYSE,
          LOCK,
          TRUNCATE,
          CONSTRAINTS,
          FROM);

  private UtilityNames() {}

  /**
   * Whether relations follow the keyword at i in a statement of this kind. One that a parenthesis
   * follows may be a function's name, and LIKE behind an operand is an operator.
   *
   * @param outermost whether it stands outside all parentheses
   */
  static boolean follow(Span span, int i, StatementKind kind, Keyword keyword, boolean outermost) {
    boolean known = ALWAYS.contains(keyword) || MORE.getOrDefault(kind, Set.of()).contains(keyword);
    int offset = i - span.from();
    if (!known || (offset > 0 && span.is(i + 1, '(') && !inParentheses(keyword))) {
      return false;
    }
    return switch (keyword) {
      case TYPE -> offset == 1;
      case VACUUM, ANALYZE, ANALYSE, CLUSTER, REPACK, LOCK, TRUNCATE, COPY -> offset == 0;
      case LIKE -> span.is(i - 1, '(') || span.is(i - 1, ',');
      case REFERENCES, ONLY, SEQUENCE -> true;
      default -> outermost;
    };
  }

  /** Whether more than one may follow, with commas. */
  static boolean isList(Keyword keyword) {
    return LISTS.contains(keyword);
  }

  /** Whether the parentheses behind this keyword hold the list. */
  static boolean inParentheses(Keyword keyword) {
    return keyword == INHERITS || keyword == TO || keyword == EXCEPT;
  }

  /** Whether this keyword may stand between such a keyword and the relation's name. */
  static boolean isNoise(Keyword keyword) {
    return switch (keyword) {
      case ONLY,
          TABLE,
          IF,
          NOT,
          EXISTS,
          CONCURRENTLY,
          VERBOSE,
          FULL,
          FREEZE,
          ANALYZE,
          ANALYSE,
          BINARY,
          ALL ->
          true;
      default -> false;
    };
  }

  /** Whether a word says what kind of object the name behind it is. */
  static boolean isObject(Keyword keyword) {
    return switch (keyword) {
      case VIEW,
          SEQUENCE,
          INDEX,
          SCHEMA,
          DATABASE,
          FUNCTION,
          PROCEDURE,
          ROUTINE,
          DOMAIN,
          TYPE,
          LANGUAGE,
          LARGE,
          TABLESPACE,
          PARAMETER,
          SERVER,
          MATERIALIZED,
          AGGREGATE,
          EXTENSION,
          POLICY,
          ROLE,
          RULE,
          TRIGGER,
          STATISTICS,
          SUBSCRIPTION,
          PUBLICATION,
          CONVERSION,
          OPERATOR,
          TEXT,
          TRANSFORM,
          EVENT,
          ACCESS,
          OF,
          FOR ->
          true;
      default -> false;
    };
  }
}
