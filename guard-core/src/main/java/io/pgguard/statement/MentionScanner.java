package io.pgguard.statement;

import static io.pgguard.statement.Keyword.*;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Goes over a statement's tokens once and gathers what they mention and what clauses they hold. It
 * keeps a state for each level of parentheses and takes a name for a relation wherever the grammar
 * could. Used by one thread, for one statement.
 */
final class MentionScanner {
  private final Span span;
  private final FactsBuilder facts;
  private final ScanLevels levels;
  private final WithClause with;
  private final Clauses clauses;
  private final List<Span> carried;
  private int nextCarried;

  /**
   * @param carried the parts of the span that are statements of their own, in order; passed over
   */
  MentionScanner(Span span, ScanState first, FactsBuilder facts, List<Span> carried) {
    this.span = span;
    this.facts = facts;
    this.levels = new ScanLevels(first);
    this.with = new WithClause(span);
    this.clauses = new Clauses(span, facts, levels);
    this.carried = carried;
  }

  void scan() {
    int at = span.from();
    while (at < span.to()) {
      if (nextCarried < carried.size() && at >= carried.get(nextCarried).from()) {
        at = carried.get(nextCarried++).to();
      } else {
        at = step(at);
      }
    }
    leave();
  }

  private int step(int i) {
    if (span.isWord(i)) {
      return word(i);
    }
    if (span.opens(i)) {
      open(i);
    } else if (span.is(i, ')') || span.is(i, ']')) {
      leave();
      levels.pop();
    } else if (span.is(i, ',')) {
      comma();
    } else if (span.is(i, '.')) {
      return span.isWord(i + 1) ? i + 2 : i + 1;
    } else {
      noQuery();
    }
    return i + 1;
  }

  private void noQuery() {
    switch (levels.state()) {
      case QUERY, STATEMENT -> levels.state(ScanState.EXPRESSION);
      case UTILITY_OR_QUERY, ONE_NAME, NAMES -> levels.state(ScanState.UTILITY);
      default -> {
        // A query cannot begin here anyway.
      }
    }
  }

  private void comma() {
    if (levels.state() == ScanState.AFTER_ITEM) {
      levels.state(ScanState.ITEM);
    } else if (levels.state() == ScanState.AFTER_NAME) {
      levels.state(ScanState.NAMES);
    }
  }

  private void open(int i) {
    if (with.isBody(i)) {
      levels.push(ScanState.STATEMENT, 0);
      return;
    }
    int flag = FunctionSyntax.takesFrom(span, i - 1) ? ScanLevels.NO_FROM : 0;
    boolean names = levels.has(ScanLevels.IN_NAMES);
    levels.clear(ScanLevels.IN_NAMES);
    ScanState inner =
        switch (levels.state()) {
          case ITEM, ITEM_OR_QUERY -> ScanState.ITEM_OR_QUERY;
          case TARGET -> ScanState.ITEM;
          case NAMES, ONE_NAME -> span.is(i, '[') ? ScanState.UTILITY : ScanState.NAMES;
          case UTILITY, UTILITY_OR_QUERY, AFTER_NAME ->
              names ? ScanState.NAMES : ScanState.UTILITY_OR_QUERY;
          default -> names ? ScanState.NAMES : ScanState.QUERY;
        };
    levels.push(inner, flag);
  }

  /** A level or the statement ends: an UPDATE or DELETE that has no WHERE yet has none. */
  private void leave() {
    if (levels.has(ScanLevels.AWAITS_WHERE)) {
      facts.where = facts.where.and(WhereClause.MISSING);
      levels.clear(ScanLevels.AWAITS_WHERE);
    }
  }

  private int word(int i) {
    @Nullable Keyword keyword = span.keyword(i);
    if (levels.state() == ScanState.WITH_LIST) {
      if (i < levels.resume()) {
        return i + 1;
      }
      levels.targetSeen();
    }
    FunctionSyntax.addSpecial(span, i, facts);
    switch (levels.state()) {
      case STATEMENT, QUERY, ITEM_OR_QUERY, INSERT_SOURCE, UTILITY_OR_QUERY -> {
        int next = keyword == null ? -1 : verb(i, keyword);
        if (next >= 0) {
          return next;
        }
      }
      default -> {
        // Nothing can begin here but what the keyword below says.
      }
    }
    return switch (levels.state()) {
      case ITEM, ITEM_OR_QUERY -> item(i, keyword);
      case TARGET -> target(i, keyword);
      case NAMES, ONE_NAME -> relationName(i, keyword);
      default -> other(i, keyword);
    };
  }

  /** The first word of a query or statement; -1 when this is none. */
  private int verb(int i, Keyword keyword) {
    boolean mayWrite = levels.state() == ScanState.STATEMENT;
    switch (keyword) {
      case SELECT -> {
        levels.clear(ScanLevels.LOCKED);
        levels.state(ScanState.SELECT_LIST);
      }
      case VALUES -> levels.state(ScanState.EXPRESSION);
      case TABLE -> levels.target(ScanState.EXPRESSION);
      case WITH -> with(i);
      default -> {
        return mayWrite ? writeVerb(i, keyword) : -1;
      }
    }
    return i + 1;
  }

  /** The list's names are passed over; its bodies are met when they open. */
  private void with(int i) {
    int resume = with.skip(i);
    facts.malformed |= resume < 0;
    levels.withList(Math.max(resume, i + 1));
  }

  private int writeVerb(int i, Keyword keyword) {
    switch (keyword) {
      case INSERT -> write(StatementKind.INSERT, ScanState.INSERT_SOURCE, 0);
      case UPDATE -> write(StatementKind.UPDATE, ScanState.EXPRESSION, ScanLevels.AWAITS_WHERE);
      case DELETE -> write(StatementKind.DELETE, ScanState.TARGET_USING, ScanLevels.AWAITS_WHERE);
      case MERGE -> write(StatementKind.MERGE, ScanState.TARGET_USING, ScanLevels.MERGE);
      default -> {
        return -1;
      }
    }
    return span.isAny(i + 1, INTO, FROM) ? i + 2 : i + 1;
  }

  private void write(StatementKind kind, ScanState after, int flag) {
    facts.writes.add(kind);
    facts.modifyingWith |= !levels.outermost();
    levels.target(after);
    levels.set(flag);
  }

  private int item(int i, @Nullable Keyword keyword) {
    if (keyword == LATERAL || keyword == ONLY) {
      return i + 1;
    }
    levels.state(ScanState.AFTER_ITEM);
    if (keyword == ROWS && span.is(i + 1, FROM) && span.is(i + 2, '(')) {
      return i + 2;
    }
    int end = span.afterName(i);
    if (span.is(end, '(')) {
      return function(i, end);
    }
    if (!span.isColumnName(i)) {
      return i + 1;
    }
    facts.relations.add(span.name(i, end));
    return alias(span.isOperator(end, "*") ? end + 1 : end);
  }

  /** Steps over a bare alias behind a relation, so that its column list is no function call. */
  private int alias(int i) {
    return span.isColumnName(i) && !span.is(i, SET) && span.is(i + 1, '(') ? i + 1 : i;
  }

  private int target(int i, @Nullable Keyword keyword) {
    if (keyword == ONLY) {
      return i + 1;
    }
    levels.targetSeen();
    if (!span.isColumnName(i)) {
      return i + 1;
    }
    int end = span.afterName(i);
    facts.relations.add(span.name(i, end));
    return end;
  }

  private int relationName(int i, @Nullable Keyword keyword) {
    if (keyword != null && UtilityNames.isNoise(keyword) && !standsAlone(i)) {
      return i + 1;
    }
    boolean list = levels.state() == ScanState.NAMES;
    levels.state(list ? ScanState.AFTER_NAME : ScanState.UTILITY);
    boolean objectWord =
        keyword != null && UtilityNames.isObject(keyword) && span.isWord(i + 1) && !endsName(i + 1);
    if (!span.isColumnName(i) || objectWord) {
      return other(i, keyword);
    }
    int end = span.afterName(i);
    boolean column = span.isAny(i - 1, COLUMN, BY) && end >= i + 3;
    facts.relations.add(span.name(i, column ? end - 2 : end));
    return end;
  }

  /** A word that may also be noise is the name when nothing more follows it. */
  private boolean standsAlone(int i) {
    return span.isColumnName(i) && !span.isWord(i + 1);
  }

  private boolean endsName(int i) {
    @Nullable Keyword keyword = span.keyword(i);
    return keyword != null && keyword.category() == KeywordCategory.RESERVED;
  }

  private int other(int i, @Nullable Keyword keyword) {
    if (keyword != null) {
      int next = levels.state().isUtility() ? utility(i, keyword) : clauses.read(i, keyword);
      if (next >= 0) {
        return next;
      }
      if (keyword.category() == KeywordCategory.RESERVED) {
        return i + 1;
      }
    }
    noQuery();
    int end = span.afterName(i);
    return span.is(end, '(') ? function(i, end) : end;
  }

  private int function(int i, int end) {
    boolean utility = levels.state().isUtility();
    if (!FunctionSyntax.isOwnName(span, i, facts.kind, utility)
        && (!utility || UtilityCalls.mayCall(span, i, facts.kind, levels.depth()))
        && FunctionSyntax.isFunction(span, i, end, levels.state())) {
      facts.functions.add(span.name(i, end));
    }
    return end;
  }

  private int utility(int i, Keyword keyword) {
    if (!UtilityNames.follow(span, i, facts.kind, keyword, levels.outermost())) {
      return -1;
    }
    if (UtilityNames.inParentheses(keyword) && span.is(i + 1, '(')) {
      levels.set(ScanLevels.IN_NAMES);
      return i + 1;
    }
    int next = i + 1;
    if (i == span.from() && facts.kind != StatementKind.COPY) {
      next = span.afterBracket(next);
    }
    if (span.is(i, SEQUENCE) && span.is(next, NAME) && span.isWord(next + 1)) {
      next++;
    }
    boolean none = keyword == PARTITION && span.isAny(next, BY, OF, FOR);
    if (!none) {
      levels.state(UtilityNames.isList(keyword) ? ScanState.NAMES : ScanState.ONE_NAME);
    }
    return next;
  }
}
