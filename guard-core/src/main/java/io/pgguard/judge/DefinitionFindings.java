package io.pgguard.judge;

import io.pgguard.catalog.Column;
import io.pgguard.catalog.Relation;
import io.pgguard.policy.Verdict;
import io.pgguard.statement.Keyword;
import io.pgguard.statement.MadeRelation;
import io.pgguard.statement.StatementFacts;
import io.pgguard.statement.Tokens;
import io.pgguard.wording.FindingWording;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * What a definition (DDL) that no person looks at may not do to protected columns: take their class
 * away by another name ({@link NameFindings}), or have the server compute something from stored
 * values, which fails or not as they are. Where a rule asks for an approval, whoever approves sees
 * the text and decides.
 *
 * <p>Judged by tokens, since definitions have no tree here: what is not one of the forms that read
 * no value counts as one that does.
 */
final class DefinitionFindings {
  private static final Set<Keyword> ACTIONS =
      EnumSet.of(Keyword.ADD, Keyword.ALTER, Keyword.DROP, Keyword.VALIDATE);

  /** Words of what ALTER COLUMN works out from stored values. */
  private static final Set<Keyword> COMPUTING =
      EnumSet.of(Keyword.TYPE, Keyword.USING, Keyword.EXPRESSION);

  /** Words between ALTER and the name of a relation. */
  private static final Set<Keyword> AROUND =
      EnumSet.of(Keyword.TABLE, Keyword.VIEW, Keyword.IF, Keyword.EXISTS, Keyword.ONLY);

  private final Perspective perspective;
  private final StatementFacts facts;
  private final Tokens tokens;

  private DefinitionFindings(StatementFacts facts, Tokens tokens, Perspective perspective) {
    this.perspective = perspective;
    this.facts = facts;
    this.tokens = tokens;
  }

  /** Why the statement needs a person's approval; empty where it needs none. */
  static Optional<Verdict> of(StatementFacts facts, Tokens tokens, Perspective perspective) {
    if (!perspective.protections().hides()) {
      return Optional.empty();
    }
    DefinitionFindings findings = new DefinitionFindings(facts, tokens, perspective);
    Supplier<Optional<Verdict>> ofPartition =
        () -> PartitionFindings.of(facts, tokens, perspective);
    return switch (facts.kind()) {
      case RENAME, ALTER_OBJECT_SCHEMA -> NameFindings.of(facts, tokens, perspective);
      case ALTER_TABLE ->
          findings
              .ofAlterTable()
              .or(ofPartition)
              .or(() -> TieFindings.of(facts, tokens, perspective));
      case CREATE_VIEW, CREATE_FUNCTION, ALTER_FUNCTION ->
          TieFindings.of(facts, tokens, perspective);
      case CREATE_DOMAIN, CREATE_TYPE, CREATE_RANGE -> findings.ofType();
      case CREATE_STATISTICS -> findings.ofStatistics().or(ofPartition);
      case CREATE_INDEX -> findings.ofIndex().or(ofPartition);
      case ALTER_DOMAIN ->
          DomainFindings.looksAt(facts, tokens, perspective).map(findings::computes);
      case CREATE_TABLE -> findings.ofReferences().or(ofPartition);
      case CREATE_TRIGGER, CREATE_RULE, CREATE_POLICY, ALTER_POLICY ->
          findings.firstProtectedWord(facts.from(), facts.to(), false).map(findings::computes);
      case CLUSTER -> findings.firstProtected().map(findings::orders);
      case REPACK ->
          findings.has(facts.from(), facts.to(), Keyword.USING)
              ? findings.firstProtected().map(findings::orders)
              : Optional.empty();
      case DROP, TRUNCATE, VACUUM -> ofPartition.get();
      default -> Optional.empty();
    };
  }

  /**
   * Each action of an ALTER TABLE that names a protected column must be of a form that reads no
   * value.
   */
  private Optional<Verdict> ofAlterTable() {
    int start = facts.from();
    int depth = 0;
    for (int i = facts.from(); i <= facts.to(); i++) {
      boolean end = i == facts.to() || (depth == 0 && tokens.is(i, ','));
      if (!end) {
        depth += tokens.is(i, '(') ? 1 : tokens.is(i, ')') ? -1 : 0;
        continue;
      }
      Optional<Verdict> found = ofAction(action(start, i), i);
      if (found.isPresent()) {
        return found;
      }
      start = i + 1;
    }
    return Optional.empty();
  }

  /** Where an action's own keyword stands: behind the table's name in the first one. */
  private int action(int start, int end) {
    if (start != facts.from()) {
      return start;
    }
    int i = name(start + 1);
    while (i < end && !ACTIONS.contains(tokens.keyword(i))) {
      i++;
    }
    return i;
  }

  /** The index behind the table's name, which may hold such a word itself. */
  private int name(int object) {
    int last = facts.to() - 1;
    int i = Math.min(object + 1, last);
    while (i < last && AROUND.contains(tokens.keyword(i))) {
      i++;
    }
    while (i + 2 < last && tokens.is(i + 1, '.')) {
      i += 2;
    }
    return i + 1;
  }

  /** Temporary types are in no snapshot, so nothing is known of what they bring. */
  private Optional<Verdict> ofType() {
    int at = facts.from() + 2;
    for (; at + 1 < facts.to() && tokens.is(at + 1, '.'); at += 2) {
      if (MadeRelation.isTemporary(tokens.value(at))) {
        return Optional.of(Findings.verdict(FindingWording.TEMPORARY_TYPE));
      }
    }
    return Optional.empty();
  }

  private Optional<Verdict> ofAction(int at, int end) {
    if (at >= end || tokens.is(at, Keyword.DROP)) {
      return Optional.empty();
    }
    if (tokens.is(at, Keyword.VALIDATE)) {
      return firstProtected().map(this::computes);
    }
    if (tokens.is(at, Keyword.ALTER)) {
      boolean computes = COMPUTING.stream().anyMatch(word -> has(at, end, word));
      if (!computes && !(has(at, end, Keyword.SET) && has(at, end, Keyword.NOT))) {
        return Optional.empty();
      }
      return firstProtectedWord(at, end, !computes).map(this::computes);
    }
    return firstProtectedWord(at, end, false).map(this::computes);
  }

  private boolean has(int from, int to, Keyword keyword) {
    for (int i = from; i < to; i++) {
      if (tokens.is(i, keyword)) {
        return true;
      }
    }
    return false;
  }

  /** An index over bare columns reads values and tells nothing, unless it is unique. */
  private Optional<Verdict> ofIndex() {
    boolean unique = has(facts.from(), facts.to(), Keyword.UNIQUE);
    int depth = 0;
    boolean where = false;
    for (int i = facts.from(); i < facts.to(); i++) {
      depth += tokens.is(i, '(') ? 1 : tokens.is(i, ')') ? -1 : 0;
      where |= depth == 0 && tokens.is(i, Keyword.WHERE);
      if (unique || where || depth > 1) {
        Optional<Verdict> found = firstProtectedWord(i, i + 1, false).map(this::computes);
        if (found.isPresent()) {
          return found;
        }
      }
    }
    return Optional.empty();
  }

  /** Statistics of an expression have ANALYZE work it out for stored rows. */
  private Optional<Verdict> ofStatistics() {
    int on = facts.from();
    while (on < facts.to() && !tokens.is(on, Keyword.ON)) {
      on++;
    }
    int depth = 0;
    for (int i = on; i < facts.to(); i++) {
      depth += tokens.is(i, '(') ? 1 : tokens.is(i, ')') ? -1 : 0;
      Optional<Verdict> found =
          depth == 0 ? Optional.empty() : firstProtectedWord(i, i + 1, false).map(this::computes);
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  /** A foreign key compares what is written with the column that it names. */
  private Optional<Verdict> ofReferences() {
    for (int i = facts.from(); i < facts.to(); i++) {
      if (tokens.is(i, Keyword.REFERENCES)) {
        int open = i + 1;
        while (open < facts.to() && !tokens.is(open, '(') && !tokens.is(open, ',')) {
          open++;
        }
        int close = open;
        while (close < facts.to() && !tokens.is(close, ')')) {
          close++;
        }
        Optional<Verdict> found = firstProtectedWord(open, close, false).map(this::computes);
        if (found.isPresent()) {
          return found;
        }
      }
    }
    return Optional.empty();
  }

  private Optional<String> firstProtected() {
    for (Relation relation : perspective.mentioned(facts)) {
      for (Column column : relation.columns()) {
        if (perspective.protections().of(relation.oid(), column.number()).isPresent()) {
          return Optional.of(relation.qualifiedName() + "." + column.name());
        }
      }
    }
    return Optional.empty();
  }

  /**
   * The first protected column of a relation that the statement names, or the relation as a whole
   * row, among some tokens.
   *
   * @param nulls whether only those count that do not show where they are NULL
   */
  private Optional<String> firstProtectedWord(int from, int to, boolean nulls) {
    Set<String> words = words(from, to);
    for (Relation relation :
        TiedRelations.below(perspective.mentioned(facts), perspective.catalog())) {
      for (Column column : relation.columns()) {
        OutputTreatment treatment =
            perspective.protections().of(relation.oid(), column.number()).orElse(null);
        if (treatment != null
            && !(nulls && treatment.showsNulls())
            && (words.contains(column.name()) || wholeRow(relation, from, to))) {
          return Optional.of(relation.qualifiedName() + "." + column.name());
        }
      }
    }
    return Optional.empty();
  }

  private Set<String> words(int from, int to) {
    Set<String> words = new HashSet<>();
    for (int i = from; i < to; i++) {
      if (tokens.isIdentifier(i)) {
        words.add(tokens.value(i));
      }
    }
    return words;
  }

  /** Whether the relation's name stands inside parentheses, where it means a row of it. */
  private boolean wholeRow(Relation relation, int from, int to) {
    int depth = 0;
    for (int i = facts.from(); i < to; i++) {
      depth += tokens.is(i, '(') ? 1 : tokens.is(i, ')') ? -1 : 0;
      if (i >= from
          && depth > 0
          && tokens.isIdentifier(i)
          && tokens.value(i).equals(relation.name())
          && !follows(i, Keyword.REFERENCES)
          && !follows(i, Keyword.LIKE)) {
        return true;
      }
    }
    return false;
  }

  private boolean follows(int i, Keyword keyword) {
    int before = i - 1;
    while (before > facts.from() && (tokens.is(before, '.') || tokens.is(before - 1, '.'))) {
      before--;
    }
    return before >= facts.from() && tokens.is(before, keyword);
  }

  private Verdict computes(String column) {
    return Findings.verdict(FindingWording.COMPUTES, column);
  }

  private Verdict orders(String column) {
    return Findings.verdict(FindingWording.ORDERS, column);
  }
}
